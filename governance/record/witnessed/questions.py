"""Decisions, assumptions, caveats and the date: how the record tells them."""

from typing import Any

from governance.choices import RecordKind
from governance.models import (
    Assumption,
    AssumptionRuling,
    Caveat,
    Decision,
    DecisionOutcome,
    GoLiveDate,
)
from governance.record.witnessing import Told, Witness, id_of, ids_of


def _said(**terms: Any) -> dict[str, Any]:
    """Return the terms that say something: older entries were told without the others."""
    return {name: value for name, value in terms.items() if value}


def _file_of(row: Any) -> dict[str, Any]:
    """Return the import that brought a row, and how often it was brought."""
    return {"import": id_of(row.import_run), "edition": row.edition}


def _decision(row: Decision) -> Told:
    terms = {
        "code": row.code,
        "affiliation": row.raised_affiliation,
        "raised_at": row.raised_at,
        "decider": id_of(row.decider),
        "due_date": row.due_date,
        "blocks_go_live": row.blocks_go_live,
        "blocks": ids_of(row.blocked_processes),
        "recorded_at": row.recorded_at,
        **_said(about=row.kind, supersedes=id_of(row.supersedes), **_file_of(row)),
    }
    return Told(terms, {"title": row.title, "detail": row.detail, "raised_by": row.raised_by})


def _outcome(row: DecisionOutcome) -> Told:
    terms = {
        "decision": id_of(row.decision),
        "affiliation": row.decided_affiliation,
        "by": id_of(row.decided_by),
        "decided_at": row.decided_at,
        "recorded_at": row.recorded_at,
        **_said(option=id_of(row.option), meeting=id_of(row.meeting), **_file_of(row)),
    }
    return Told(terms, {"outcome": row.outcome, "reason": row.reason})


def _assumption(row: Assumption) -> Told:
    terms = {
        "code": row.code,
        "affiliation": row.made_affiliation,
        "raised_at": row.raised_at,
        "due_date": row.due_date,
        "blocks": ids_of(row.blocked_processes),
        "recorded_at": row.recorded_at,
        **_said(maker=id_of(row.maker), **_file_of(row)),
    }
    return Told(terms, {"statement": row.statement, "made_by": row.made_by})


def _ruling(row: AssumptionRuling) -> Told:
    terms = {
        "assumption": id_of(row.assumption),
        "ruling": row.ruling,
        "by": id_of(row.ruled_by),
        "ruled_at": row.ruled_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _caveat(row: Caveat) -> Told:
    terms = {
        "by": id_of(row.written_by),
        "written_at": row.written_at,
        "recorded_at": row.recorded_at,
        **_said(source_noun=row.source_noun, source_id=row.source_id),
    }
    return Told(terms, {"text": row.text, "source_title": row.source_title})


def _date(row: GoLiveDate) -> Told:
    terms = {
        "go_live_date": row.go_live_date,
        "is_first": row.is_first,
        "decision": id_of(row.decision),
        "by": id_of(row.decided_by),
        "decided_at": row.decided_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


WITNESSED = (
    Witness(
        kind=RecordKind.DECISION_RAISED,
        model=Decision,
        noun="decision",
        tell=_decision,
        related=("decider", "blocked_processes", "supersedes", "import_run"),
    ),
    Witness(
        kind=RecordKind.DECIDED,
        model=DecisionOutcome,
        noun="outcome",
        tell=_outcome,
        by="decided_by",
        related=("decision", "decided_by", "option", "meeting", "import_run"),
    ),
    Witness(
        kind=RecordKind.ASSUMPTION_WRITTEN,
        model=Assumption,
        noun="assumption",
        tell=_assumption,
        related=("blocked_processes", "maker", "import_run"),
    ),
    Witness(
        kind=RecordKind.ASSUMPTION_RULED,
        model=AssumptionRuling,
        noun="ruling",
        tell=_ruling,
        by="ruled_by",
        related=("assumption", "ruled_by"),
    ),
    Witness(
        kind=RecordKind.CAVEAT_WRITTEN,
        model=Caveat,
        noun="caveat",
        tell=_caveat,
        by="written_by",
        related=("written_by",),
    ),
    Witness(
        kind=RecordKind.DATE_SET,
        model=GoLiveDate,
        noun="date",
        tell=_date,
        by="decided_by",
        related=("decision", "decided_by"),
        only={"is_first": True},
    ),
    Witness(
        kind=RecordKind.DATE_MOVED,
        model=GoLiveDate,
        noun="date",
        tell=_date,
        by="decided_by",
        related=("decision", "decided_by"),
        only={"is_first": False},
    ),
)
