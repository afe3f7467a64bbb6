"""Assumptions and decisions that files bring: written once, never edited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from governance.imports.importers import Context, Tally
from governance.imports.settling import editions
from governance.models import Assumption, Decision
from governance.record.witnessing import witness_all

LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is assumed, or has to be decided, as a file has it."""

    code: str
    words: str
    asked_by: str
    affiliation: str
    raised_at: datetime
    due_date: date | None = None
    detail: str = ""


def write_questions(asked: Sequence[Question], *, context: Context, as_decisions: bool) -> Tally:
    """Write those that are not there yet; what is there keeps its words."""
    model: type[Decision] | type[Assumption] = Decision if as_decisions else Assumption
    codes = model.objects.filter(project=context.project).values_list("code", flat=True)
    known = set(codes)
    earlier = editions(model, context=context, key=("code",))
    rows: list[Any] = [
        model.objects.create(
            organisation_id=context.project.organisation_id,
            project=context.project,
            import_run=context.run,
            edition=earlier.get((each.code,), 0),
            **(_decision(each) if as_decisions else _assumption(each)),
        )
        for each in asked
        if each.code not in known
    ]
    witness_all(rows, actor=context.run.actor if context.run else None)
    tally = Tally(taken=len(rows), unchanged=len(asked) - len(rows))
    if asked:
        tally.counts["decisions" if as_decisions else "assumptions"] = len(rows)
    return tally


def _decision(asked: Question) -> dict[str, Any]:
    whole = asked.words if len(asked.words) > LONGEST_TITLE else ""
    return {
        "code": asked.code,
        "title": asked.words[:LONGEST_TITLE],
        "detail": "\n\n".join(filter(None, (whole, asked.detail))),
        "raised_by": asked.asked_by,
        "raised_affiliation": asked.affiliation,
        "raised_at": asked.raised_at,
        "due_date": asked.due_date,
    }


def _assumption(asked: Question) -> dict[str, Any]:
    return {
        "code": asked.code,
        "statement": asked.words,
        "made_by": asked.asked_by,
        "made_affiliation": asked.affiliation,
        "raised_at": asked.raised_at,
        "due_date": asked.due_date,
    }
