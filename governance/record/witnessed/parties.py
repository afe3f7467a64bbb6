"""A partner or a consultant is replaced, with what they held: how the record tells it."""

from governance.choices import RecordKind
from governance.models import Handover, HeldItem, Replacement
from governance.record.witnessing import Told, Witness, id_of


def _replacement(row: Replacement) -> Told:
    terms = {
        "decision": id_of(row.decision),
        "partner": id_of(row.partner),
        "consultant": id_of(row.consultant),
        "leaves_date": row.leaves_date,
        "by": id_of(row.replaced_by),
        "replaced_at": row.replaced_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _held(row: HeldItem) -> Told:
    terms = {
        "replacement": id_of(row.replacement),
        "held": row.kind,
        "code": row.code,
        "due_date": row.due_date,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"title": row.title})


def _handover(row: Handover) -> Told:
    terms = {
        "item": id_of(row.item),
        "taken_by": id_of(row.taken_by),
        "by": id_of(row.noted_by),
        "taken_at": row.taken_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"note": row.note})


WITNESSED = (
    Witness(
        kind=RecordKind.PARTY_REPLACED,
        model=Replacement,
        noun="replacement",
        tell=_replacement,
        by="replaced_by",
        related=("decision", "partner", "consultant", "replaced_by"),
    ),
    Witness(
        kind=RecordKind.HELD_LISTED,
        model=HeldItem,
        noun="held",
        tell=_held,
        related=("replacement",),
    ),
    Witness(
        kind=RecordKind.HANDED_OVER,
        model=Handover,
        noun="handover",
        tell=_handover,
        by="noted_by",
        related=("item", "taken_by", "noted_by"),
    ),
)
