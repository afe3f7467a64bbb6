"""The shape of a stored judgement, for the OpenAPI document; `representation` writes it."""

from typing import Any

from readiness.choices import Comparison, FindingState, ReportedColour, SnapshotTrigger, Verdict

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "array", "items": TEXT}
NUMBER: Schema = {"type": ["string", "null"], "description": "A decimal, as text."}
COUNT: Schema = {"type": "integer"}
MAYBE_COUNT: Schema = {"type": ["integer", "null"]}
YES_NO: Schema = {"type": "boolean"}
DATE: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT: Schema = {"type": ["string", "null"], "format": "date-time"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
COUNTS: Schema = {
    "type": "object",
    "additionalProperties": COUNT,
    "description": "How many findings are in each state.",
}


def shape(**fields: Schema) -> Schema:
    """Return an object that has these fields and no others."""
    return {
        "type": "object",
        "required": list(fields),
        "properties": fields,
        "additionalProperties": False,
    }


def rows(**fields: Schema) -> Schema:
    """Return a list of such objects."""
    return {"type": "array", "items": shape(**fields)}


def one_of(words: Any) -> Schema:
    """Return a closed list of words."""
    return {"type": "string", "enum": list(words.values)}


STATE, VERDICT = one_of(FindingState), one_of(Verdict)
CLASS: Schema = {"type": "string", "enum": ["HARD", "SOFT"]}
FINDING = {
    "criterion": TEXT,
    "wording": TEXT,
    "class": CLASS,
    "metric": TEXT,
    "kind": TEXT,
    "comparison": one_of(Comparison),
    "unit": TEXT,
    "grade": TEXT,
    "threshold_grade": TEXT,
    "sources": TEXT,
    "who": WORDS,
    "state": STATE,
    "beneath": {**STATE, "description": "The state without the acceptance."},
    "done": MAYBE_COUNT,
    "due": MAYBE_COUNT,
    "value": NUMBER,
    "population": COUNT,
    "due_today": NUMBER,
    "target": NUMBER,
    "need": NUMBER,
    "measured": {**TEXT, "description": "The number in words."},
    "sentence": TEXT,
    "todo": TEXT,
    "acceptance": MAYBE_TEXT,
    "report": {
        "oneOf": [shape(source=TEXT, measured_at=MOMENT, expires_at=MOMENT), {"type": "null"}]
    },
}
GATE = {
    "key": TEXT,
    "name": TEXT,
    "question": TEXT,
    "verdict": VERDICT,
    "headline": TEXT,
    "is_deciding": YES_NO,
    "opens_date": DATE,
    "decision_date": DATE,
    "stop": {"oneOf": [shape(by=TEXT, reason=TEXT, at=MOMENT), {"type": "null"}]},
    "counts": COUNTS,
    "in_meeting": rows(criterion=TEXT, wording=TEXT, who=WORDS),
    "findings": rows(**FINDING),
}
RISK = {
    "id": TEXT,
    "gate": TEXT,
    "criterion": TEXT,
    "wording": TEXT,
    "reason": TEXT,
    "control": TEXT,
    "requester": TEXT,
    "approver": TEXT,
    "approver_role": TEXT,
    "accepted_at": MOMENT,
    "expires_at": MOMENT,
    "is_needed": YES_NO,
}
ACTION = {
    "gate": TEXT,
    "criterion": TEXT,
    "class": CLASS,
    "state": STATE,
    "sentence": TEXT,
    "todo": TEXT,
    "who": WORDS,
}
REPORTED = {
    "item": {**TEXT, "description": "PROJECT, or the key of a gate."},
    "name": TEXT,
    "colour": one_of(ReportedColour),
    "verdict": VERDICT,
    "by": TEXT,
    "at": MOMENT,
    "is_false_green": YES_NO,
}
CELL = shape(state=MAYBE_TEXT, done=MAYBE_COUNT, due=MAYBE_COUNT, text=TEXT)
HEAT_MAP = shape(
    columns=rows(key=TEXT, title=TEXT),
    rows=rows(
        process=TEXT, code=TEXT, name=TEXT, owner=TEXT, cells={"type": "array", "items": CELL}
    ),
)
PROJECT = shape(
    id=TEXT,
    name=TEXT,
    slug=TEXT,
    client=TEXT,
    from_platform=TEXT,
    to_platform=TEXT,
    time_zone=TEXT,
    phase=TEXT,
)
AUTHORITY: Schema = {
    "type": "object",
    "additionalProperties": {"type": "object"},
    "description": "Counts and a few lines each: charter, rights, decisions, partner, escalations,"
    " people, sponsor, dependencies; a part that has nothing to say is left out.",
}
BODY = shape(
    format={**COUNT, "description": "Version of this shape."},
    id=TEXT,
    trigger=one_of(SnapshotTrigger),
    is_late=YES_NO,
    as_of=MOMENT,
    local_date=DATE,
    go_live_date=DATE,
    days_left=MAYBE_COUNT,
    project=PROJECT,
    policy={"oneOf": [shape(key=TEXT, version=COUNT, hash=TEXT), {"type": "null"}]},
    inputs_hash=TEXT,
    code_version=TEXT,
    next_change_at=MOMENT,
    verdict=VERDICT,
    freeze={**MAYBE_TEXT, "description": "What of the record does not verify: a no-go."},
    headline=TEXT,
    counts=COUNTS,
    hard_misses=COUNT,
    exempted=rows(gate=TEXT, criterion=TEXT, wording=TEXT, reason=TEXT, approver=TEXT),
    reported=rows(**REPORTED),
    caveats=rows(id=TEXT, text=TEXT, by=TEXT, at=MOMENT, source=TEXT, opened_by=WORDS),
    authority=AUTHORITY,
    heat_map=HEAT_MAP,
    accepted_risks=rows(**RISK),
    actions=rows(**ACTION),
    gates=rows(**GATE),
)
