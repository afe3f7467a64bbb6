"""Options of a decision, and what waits for it or rests on an assumption: as the record tells."""

from governance.choices import RecordKind
from governance.models import DecisionOption, Dependency
from governance.record.witnessing import Told, Witness, id_of


def _option(row: DecisionOption) -> Told:
    terms = {
        "decision": id_of(row.decision),
        "position": row.position,
        "is_recommended": row.is_recommended,
        "by": id_of(row.offered_by),
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"title": row.title, "consequence": row.consequence})


def _dependency(row: Dependency) -> Told:
    terms = {
        "decision": id_of(row.decision),
        "assumption": id_of(row.assumption),
        "dependent": row.kind,
        "code": row.code,
        "waiting": id_of(row.waiting),
        "by": id_of(row.noted_by),
        "noted_at": row.noted_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms)


WITNESSED = (
    Witness(
        kind=RecordKind.OPTION_OFFERED,
        model=DecisionOption,
        noun="option",
        tell=_option,
        by="offered_by",
        related=("decision", "offered_by"),
    ),
    Witness(
        kind=RecordKind.DEPENDENCY_NOTED,
        model=Dependency,
        noun="dependency",
        tell=_dependency,
        by="noted_by",
        related=("decision", "assumption", "waiting", "noted_by"),
    ),
)
