"""Let every attacker try every attack, and count what both verifiers say of the packs."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from tests.record_packs import attackers, attacks, judging, packs, signature_attacks, worlds
from tests.record_packs.attackers import ATTACKERS
from tests.record_packs.attacks import Attack, Touched
from tests.record_packs.cases import INVALID, UNANCHORED, Case
from tests.record_packs.judging import Said
from tests.record_packs.logs import Log

TRUNCATE = "truncate the tail"
EARLIER = "one earlier checkpoint"
RECEIPTS = "that, and the signers' receipts"
Row = tuple[str, str, str]
ATTACKS: dict[str, Attack] = {
    **attacks.BASIC,
    TRUNCATE: attacks.truncate,
    **attacks.OTHERS,
    **signature_attacks.OTHERS,
}


@dataclass(frozen=True)
class Attempt:
    """One attack by one attacker against one record, with what was kept outside of it."""

    case: Case
    attack: str
    attacker: str
    outside: str
    is_open: bool
    """Whether it touched only what no anchor covers: nobody outside can know."""

    def is_detected_as(self, said: Said) -> bool:
        """Tell whether a verifier saw it, or said truly since when nobody vouches."""
        if self.is_open and said.verdict == UNANCHORED:
            return said.since == self.case.since
        return said.verdict == INVALID


@dataclass
class Outcome:
    """What came of the attempts, counted by attack, attacker and what was kept outside.

    What touched only entries newer than anything outside may be `unanchored` instead of `invalid`.
    """

    disagreements: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    invalid: Counter[Row] = field(default_factory=Counter)
    unanchored: Counter[Row] = field(default_factory=Counter)

    @property
    def detected(self) -> int:
        """Return how many attempts both verifiers detected."""
        return self.invalid.total() + self.unanchored.total()

    @property
    def attempts(self) -> int:
        """Return how many attempts there were."""
        return self.detected + len(self.missed)

    def add(self, other: "Outcome") -> None:
        """Count what came of other attempts too."""
        self.disagreements += other.disagreements
        self.missed += other.missed
        self.invalid += other.invalid
        self.unanchored += other.unanchored


def against(number: int) -> Iterator[Attempt]:
    """Yield every attack, by each attacker, on one record; the plain ones at three places."""
    was = worlds.mixed(17 + 2 * number, seed=f"attacked {number}")
    for name, attack in ATTACKS.items():
        for place in range(3 if name in {*attacks.BASIC, TRUNCATE} else 1):
            chance = random.Random(f"{name} {number} {place}")  # noqa: S311 - the same runs
            changed = was.copy()
            touched = attack(changed, chance)
            attackers.rekey(changed, was)
            attacks.tidy(changed)
            assert not attackers.says_the_same(changed, was), name
            yield from _attempts((changed, was), touched, name, f"{name}, {number}.{place}")


def _attempts(logs: tuple[Log, Log], touched: Touched, name: str, label: str) -> Iterator[Attempt]:
    changed, was = logs
    receipts = _receipts(was.seed, len(was.entries))
    last = attacks.signed(was)[-1] + 1
    earlier = len(was.entries) // 2
    for attacker, packing in ATTACKERS.items():
        for variant, pack in enumerate(packing(changed.copy(), was)):
            for outside, size in ((EARLIER, earlier), (RECEIPTS, max(earlier, last))):
                anchors = (was.checkpoint(earlier), *(receipts if outside == RECEIPTS else ()))
                is_open = not touched.is_forbidden and touched.first >= size
                since = was.entries[size - 1]["at"] if is_open else None
                called = f"{label}, {attacker} ({variant}), outside: {outside}"
                case = Case(called, pack, INVALID, since, anchors)
                yield Attempt(case, name, attacker, outside, is_open)


@cache
def _receipts(seed: str, size: int) -> tuple[bytes, ...]:
    """Return what the last two signers of a record were handed when they signed."""
    log = worlds.mixed(size, seed=seed)
    return tuple(log.receipt(at, at + 1) for at in attacks.signed(log)[-2:])


def foreign() -> Iterator[Attempt]:
    """Show good packs and good receipts where they do not belong."""
    for number in range(10):
        log = worlds.mixed(12 + number, seed=f"foreign {number}")
        other = worlds.mixed(12 + number, seed=f"other {number}")
        kept = (log.checkpoint(8),)
        renamed = other.copy()
        _relabel(renamed, log)
        shown = {
            "the pack of another project": Case("", packs.make(other), anchors=kept),
            "the pack of another project, relabelled": Case("", packs.make(renamed), anchors=kept),
            "an old pack": Case("", packs.make(_cut(log, 7)), anchors=kept),
            "the receipt of another log": Case("", packs.make(log), anchors=(other.receipt(3),)),
            "two histories": Case("", packs.make(log), anchors=(*kept, _forked(log).checkpoint())),
        }
        for name, case in shown.items():
            called = replace(case, name=f"{name}, {number}")
            yield Attempt(called, name, attackers.SERVER, EARLIER, is_open=False)


def _cut(log: Log, size: int) -> Log:
    changed = log.copy()
    del changed.entries[size:]
    attackers.rekey(changed, log)
    attacks.tidy(changed)
    return changed


def _forked(log: Log) -> Log:
    changed = log.copy()
    changed.entries[9]["nonce"] = changed.nonce()
    return changed


def _relabel(log: Log, target: Log) -> None:
    """Give a record the name, the client and the key of another."""
    for entry in log.entries:
        entry.update(origin=target.origin, project=target.project)
    log.entries[0]["terms"]["client"] = log.client
    log.origin, log.project = target.origin, target.project
    key = target.keys[0][1]
    log.keys = [(seq, key) for seq, _ in log.keys]
    for seq, _ in log.keys:
        log.entries[seq]["terms"]["key"] = key.verifier
    for at in attacks.signed(log, "PASSWORD_TOTP"):
        attacks.restate(log, at, origin=target.origin, project=target.project)
    log.entries[:] = [e for e in log.entries if e["terms"].get("method") != "PASSKEY"]
    attacks.renumber(log)
    attackers.rekey(log, target)
    attacks.tidy(log)


def judged(attempts: list[Attempt]) -> Outcome:
    """Return what both verifiers say of the attempts."""
    cases = [attempt.case for attempt in attempts]
    python = judging.by_python(cases)
    node = judging.by_node(cases)
    outcome = Outcome()
    for attempt, one, other in zip(attempts, python, node, strict=True):
        row = (attempt.attack, attempt.attacker, attempt.outside)
        if not one.agrees(other):
            outcome.disagreements.append(f"{attempt.case.name}: {one} {other}")
        if attempt.is_detected_as(one) and attempt.is_detected_as(other):
            counted = outcome.invalid if one.verdict == INVALID else outcome.unanchored
            counted[row] += 1
        else:
            outcome.missed.append(f"{attempt.case.name}: {one} {other}")
    return outcome
