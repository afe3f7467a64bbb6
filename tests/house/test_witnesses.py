"""Every governance act is told in the record: by its row whole, and wherever one is written."""

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models

from governance.choices import RecordKind
from governance.models import AppendOnly, ProjectScoped
from governance.record.comparing import as_entered
from governance.record.witnessing import Witness, given, witness_of, witnesses
from readiness.models import Policy
from tests.factories import GO_LIVE, NOW
from tests.house.sources import SOURCES, name_of, nodes
from tests.witnessing import ACTS, make_place

EVIDENCE = "evidence: what a signature covers by hash, and a file by the hash in its import's entry"
THE_RECORD = "the record itself"
REASONS = {
    "governance.RecordEntry": THE_RECORD,
    "governance.Checkpoint": THE_RECORD,
    "governance.Anchor": THE_RECORD,
    "governance.RecordCheck": THE_RECORD,
    "governance.Signoff": "its own entry says so: SIGNED, REFUSED or WITHDRAWN, with its statement",
    "readiness.Snapshot": "computed: the same inputs give it again, and a night checks it",
    "reports.Report": "its entry says so when it is printed: REPORT_PRINTED, with its hash",
    "training.TrainingRecord": EVIDENCE,
    "uat.Change": EVIDENCE,
    "uat.DefectEvent": EVIDENCE,
    "uat.Execution": EVIDENCE,
    "uat.Photo": EVIDENCE,
    "uat.StepResult": EVIDENCE,
}
"""Append-only rows of a project that no witness tells, and why not."""
OF_EVERY_ROW = {"id", "organisation", "project", "public_id"}
"""What the entry says of every row: whose record it stands in, and what it is about."""
UNTOLD: dict[str, set[str]] = {
    "ImportRun": {
        "options", "state", "dry_run", "refusals", "skips", "counts", "recognised", "message",
        "created_at",
    },
    "ImportUndo": {"counts"},
    "RaidItem": {"owner", "owner_text", "state"},  # RAID_CHANGED tells them, or an import
    "LeadershipAssessment": {
        "erp_upgrades", "time_percent", "workstreams", "sponsor_hours", "has_office", "note",
    },
}  # fmt: skip
"""Columns whose change is not seen by changing them alone, and how else they are told."""
WRITERS = {"create", "bulk_create", "get_or_create", "update_or_create"}
WITNESSING = {"witness", "witness_all", "witness_everywhere"}
WITHOUT = {"readiness/management/demo/"}
"""Where rows are written as they would have been before, and recorded together at the end."""

TOLD_ELSEWHERE = [("governance/services/agreements.py", "agree", "SignatureAgreement")]
"""Rows whose entry is handed on and written together with a signature's."""


def witnessed_models() -> set[type[models.Model]]:
    return {each.model for each in witnesses()}


def test_every_append_only_row_of_a_project_is_told_or_says_why_not() -> None:
    rows = {
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, AppendOnly) and issubclass(model, ProjectScoped)
    }
    told = {model._meta.label for model in witnessed_models()}
    assert rows - told == set(REASONS)


def writers(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the function and the witnessed model that it writes."""
    names = {model.__name__ for model in witnessed_models()} - {"ImportRun", "SecurityEvent"}
    for function in nodes(path):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                yield from ((function.name, name) for name in _written(node) if name in names)


def _written(node: ast.Call) -> Iterator[str]:
    words = ast.unparse(node.func).split(".")
    if len(words) == 3 and words[1] == "objects" and words[2] in WRITERS:
        yield words[0]
    if words[-1] in {"insert_rows", "write_rows"}:
        yield from (ast.unparse(each) for each in (*node.args, *(k.value for k in node.keywords)))


def test_whoever_writes_an_act_appends_it() -> None:
    silent = []
    for path in SOURCES:
        if any(name_of(path).startswith(start) for start in WITHOUT):
            continue
        called = {
            ast.unparse(node.func).rpartition(".")[2]
            for node in nodes(path)
            if isinstance(node, ast.Call)
        }
        if not called & WITNESSING:
            silent += [(name_of(path), *written) for written in writers(path)]
    assert [each for each in silent if each not in TOLD_ELSEWHERE] == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ACTS)
def test_every_column_of_an_act_is_told(kind: RecordKind) -> None:
    row = ACTS[kind](make_place())
    found = witness_of(type(row), kind=kind)
    assert "kind" not in found.tell(row).terms  # the word of what is carried over
    left_out = OF_EVERY_ROW | UNTOLD.get(type(row).__name__, set())
    silent = [
        field.name
        for field in row._meta.concrete_fields
        if field.name not in left_out and not _is_seen(found, row, field)
    ]
    assert silent == [] or (kind, silent) in OF_THE_OTHER_ACT


OF_THE_OTHER_ACT = [
    (RecordKind.ROLE_GIVEN, ["ended_at", "ended_by"]),
    (RecordKind.ROLE_ENDED, ["started_at", "given_by"]),
    (RecordKind.RISK_DECLINED, ["acceptance"]),
]
"""Columns that another act of the same row tells."""


def _is_seen(witness: Witness, row: Any, field: "models.Field[Any, Any]") -> bool:
    """Say whether what is told differs once a column does."""
    before = _told(witness, row)
    kept = getattr(row, field.name)
    setattr(row, field.name, _another(field, kept))
    try:
        return _told(witness, row) != before
    finally:
        setattr(row, field.name, kept)


def _told(witness: Witness, row: Any) -> tuple[dict[str, Any], dict[str, str]]:
    told = witness.tell(row)
    return as_entered(told), given(told.texts)


def _another(field: "models.Field[Any, Any]", kept: Any) -> Any:
    """Return a value of the column's kind that it does not have."""
    if isinstance(field, models.ForeignKey):
        model = field.remote_field.model
        return model(public_id=uuid4(), **({"body": "{}"} if model is Policy else {}))
    for kind, change in OTHERWISE:
        if isinstance(field, kind):
            return change(kept)
    return f"{kept}+"


# a moment is a date too, so it comes first
OTHERWISE: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (models.DateTimeField, lambda kept: (kept or NOW) + timedelta(seconds=1)),
    (models.DateField, lambda kept: (kept or GO_LIVE) + timedelta(days=1)),
    (models.BooleanField, lambda kept: not kept),
    (models.DecimalField, lambda kept: (kept or Decimal(0)) + 1),
    (models.IntegerField, lambda kept: (kept or 0) + 1),
)


def test_every_kind_is_carried_out_here_or_belongs_to_an_account() -> None:
    told = {each.kind for each in witnesses() if not each.of_account}
    assert told == set(ACTS)
