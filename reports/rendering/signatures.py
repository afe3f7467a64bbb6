"""The table of sign-offs: who signed what, when, with which meaning."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from governance.choices import SignoffAct
from governance.models import Signoff
from governance.pages.holds import reset_note
from readiness.choices import FindingState
from readiness.metrics.signatures import HEAT_SIGNOFF
from reports.rendering.contents import SignatureLine
from reports.rendering.wording import kept_apart, local_words, utc_words

Recorded = Mapping[str, Any]


def signature_lines(
    heat_map: Recorded, signoffs: Mapping[str, Signoff], *, zone: ZoneInfo
) -> tuple[tuple[SignatureLine, ...], tuple[str, ...]]:
    """Return one line a process of the heat map, and the meanings that lines name by number.

    A signature is out of date when the snapshot counts the process as not signed for.
    """
    keys = [column["key"] for column in heat_map["columns"]]
    meanings = _meanings(signoffs.values())
    lines = []
    for row in heat_map["rows"]:
        cell = row["cells"][keys.index(HEAT_SIGNOFF)] if HEAT_SIGNOFF in keys else None
        counts = cell is None or cell["state"] == FindingState.MET
        lines.append(_line(row, signoffs.get(row["process"]), meanings, counts, zone))
    return tuple(lines), tuple(meanings)


def _meanings(signoffs: Iterable[Signoff]) -> list[str]:
    signed = {act.meaning for act in signoffs if act.act == SignoffAct.SIGNED}
    return sorted(signed)


def _line(
    row: Recorded, act: Signoff | None, meanings: list[str], counts: bool, zone: ZoneInfo
) -> SignatureLine:
    process = f"{row['code']} {row['name']}"
    owner = row["owner"]
    if act is None:
        return SignatureLine(process, owner, "", "", "", "", "", "", is_stale=False)
    is_signed = act.act == SignoffAct.SIGNED
    return SignatureLine(
        process=process,
        owner=owner,
        act=act.act,
        who=kept_apart(act.signer_name),
        authority=f"{act.signer_organisation_name}, {act.authority}",
        when_utc=utc_words(act.signed_at),
        when_local=local_words(act.signed_at, zone=zone),
        meaning=f"[{meanings.index(act.meaning) + 1}]" if is_signed else act.reason or act.meaning,
        is_stale=is_signed and not counts,
        note=reset_note(
            kept_apart(act.signer_name),
            reset_at=getattr(act, "authenticator_reset_at", None),
            at=act.signed_at,
        ),
    )
