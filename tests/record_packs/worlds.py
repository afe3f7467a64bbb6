"""Build logs of any size with all sorts of entries."""

from collections.abc import Callable, Iterable

from tests.record_packs import logs
from tests.record_packs.logs import Log, Signing
from tests.record_packs.passkeys import P256, Ceremony, Edwards, Rsa

ACTS = ("OWNER_NAMED", "DECISION_RECORDED", "ROLE_GRANTED", "DATE_MOVED", "RISK_ACCEPTED")
REASON = "Zwei Läufe fehlen — 𝄞 \u2028 \u0001 “zitiert” \\ / \x7f"


def _act(log: Log) -> None:
    kind = ACTS[len(log.entries) % len(ACTS)]
    by = ("CLIENT", "PARTNER", "SYSTEM")[len(log.entries) % 3]
    terms = {"from": "2026-03-01", "to": None, "count": len(log.entries), "share": "0.75"}
    log.add(kind, terms=terms, by=by, subject=log.subject("decision"), texts={"note": REASON})


def _sign(log: Log) -> None:
    log.sign()


def _sign_p256(log: Log) -> None:
    log.sign(Signing(ceremony=Ceremony(P256(f"{log.seed} signer"))))


def _sign_edwards(log: Log) -> None:
    log.sign(Signing(ceremony=Ceremony(Edwards(f"{log.seed} signer")), delegation={"days": 3}))


def _sign_rsa(log: Log) -> None:
    log.sign(Signing(ceremony=Ceremony(Rsa())))


def _refuse(log: Log) -> None:
    log.sign(Signing("REFUSED", reason=REASON, exhibit={}))


def _withdraw(log: Log) -> None:
    signed = [entry for entry in log.entries if entry["kind"] == "SIGNED"]
    subject = signed[-1]["subject"] if signed else log.subject()
    log.sign(Signing("WITHDRAWN", reason="", exhibit={"runs": []}), subject=subject)


def _rotate(log: Log) -> None:
    log.rotate()


def _erase(log: Log) -> None:
    kept = [text for entry in log.entries for text in entry["texts"].values() if text in log.texts]
    if kept:
        log.erase(kept[0])
    else:
        _act(log)


def _export(log: Log) -> None:
    files = {f"reports/{len(log.entries)}.pdf": b"%PDF-1.7 \x00\xff"}
    log.add("EXPORTED", terms={"files": [{"path": next(iter(files)), "sha256": "0" * 64}]})


Step = Callable[[Log], None]
STEPS: tuple[Step, ...] = (
    _act, _sign, _sign_p256, _refuse, _act, _rotate, _sign_edwards, _erase, _act, _withdraw,
    _sign_rsa, _export, _act, _act, _sign,
)  # fmt: skip


def mixed(size: int, *, seed: str = "mixed", steps: Iterable[Step] = STEPS) -> Log:
    """Return a log of a size in which everything occurs that a log may hold."""
    log, wanted = Log(seed), list(steps)
    while len(log.entries) < size:
        wanted[(len(log.entries) - 1) % len(wanted)](log)
    if log.entries[-1]["kind"] == "EXPORTED":
        log.entries[-1]["terms"]["files"].clear()
    return log


def plain(size: int, *, seed: str = "plain") -> Log:
    """Return a log of a size without signatures: quick to verify."""
    return mixed(size, seed=seed, steps=(_act, _act, _erase))


def whole(*, seed: str = "whole") -> Log:
    """Return a log that has everything a pack can hold: signatures, anchors sent, files."""
    log = mixed(16, seed=seed)
    log.export({"reports/pack.pdf": b"%PDF-1.7 \x00\xff", "reports/list.csv": b""})
    log.sizes = {1, 5, 6, 7, 12, 17}
    at = logs.moment(logs.START)
    log.sent = [{"at": at, "kind": "MAIL", "size": size, "to": "Größe <a@b>"} for size in (5, 12)]
    log.files |= {
        "timestamps/12.tsr": b"\x30\x03\x02\x01\x00",
        "VERIFY.txt": "So prüft man: …\n".encode(),
        "verify_record.py": b"print()\n",
        "verify_record.mjs": b"",
    }
    return log
