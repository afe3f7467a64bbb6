"""Tell a recorded judgement again in a reader's language, from the numbers it recorded.

The record stays as it is; what comes out here is only shown. A sentence is told again where
the same numbers give, in English, exactly the sentence that was recorded; any other is shown
as it was recorded, so that a translation can never say something else than the record.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison, FindingState, Verdict
from readiness.policy.headlines import gate_headline, project_headline
from readiness.policy.outcomes import Finding, GateJudgement, Judgement, ProjectJudgement
from readiness.policy.sentences import measured_text, sentence_of, todo_of
from readiness.policy.speech import ENGLISH, Speech
from readiness.policy.terms import CriterionTerms, GateTerms, ProjectCase
from readiness.policy.told_terms import acceptance_of, exemption_of, stop_of

Body = Mapping[str, Any]
Pair = tuple[CriterionTerms, CriterionTerms]
_NAME_AND_ROLE = re.compile(r"^(?P<name>.*) \((?P<role>[^()]*)\)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Translation:
    """A policy's texts in one language.

    `criteria` maps a criterion to its terms in English and in the language, `texts` every
    other text of the policy to its translation.
    """

    criteria: Mapping[str, Pair]
    texts: Mapping[str, str]

    def text(self, text: str) -> str:
        """Return a text of the policy in the language, or as it is where nobody translated it."""
        return self.texts.get(text, text)


def retold(body: Body, *, translation: Translation, speech: Speech) -> dict[str, Any]:
    """Return a recorded body with every sentence of the product in another language."""
    return _Retelling(body, translation, speech).body()


def summary(body: Body, *, translation: Translation, speech: Speech) -> dict[str, Any]:
    """Return the same, with no more retold than the headline, the colours and the first action."""
    return _Retelling(body, translation, speech).summary()


def who_in(who: list[str], speech: Speech) -> list[str]:
    """Return the accountable with their roles in another language; names stay."""
    return [_who(each, speech) for each in who]


def _who(text: str, speech: Speech) -> str:
    found = _NAME_AND_ROLE.match(text)
    if found is None:
        return speech.text(text)
    return f"{found['name']} ({speech.text(found['role'])})"


class _Retelling:
    """Hold what the parts of one body have in common."""

    def __init__(self, body: Body, translation: Translation, speech: Speech) -> None:
        self._body, self._translation, self._speech = body, translation, speech
        self._text = translation.text
        self._zone = ZoneInfo(body["project"]["time_zone"])
        self._days_left: int = body["days_left"] or 0
        self._risks = {risk["id"]: risk for risk in body["accepted_risks"]}
        self._exempted = {each["criterion"]: each for each in body["exempted"]}
        self._told: dict[str, dict[str, Any]] = {}

    def summary(self) -> dict[str, Any]:
        """Return the body with headline, colours and first action retold."""
        actions = self._body["actions"][:1]
        for action in actions:
            self._tell(action["criterion"])
        return {**self._head(), "actions": [self._action(each) for each in actions]}

    def _head(self) -> dict[str, Any]:
        body = self._body
        return {
            **body,
            "headline": self._headline(body["headline"], self._project_headline),
            "reported": [self._with_texts(each, "name") for each in body["reported"]],
        }

    def _tell(self, *keys: str) -> None:
        """Tell the findings of some criteria again; of all when none is named."""
        for gate in self._body["gates"]:
            for finding in gate["findings"]:
                if not keys or finding["criterion"] in keys:
                    self._told[finding["criterion"]] = self._finding(finding)

    def body(self) -> dict[str, Any]:
        """Return the whole body, retold."""
        body, text = self._body, self._text
        self._tell()
        return {
            **self._head(),
            "exempted": [self._with_texts(each, "wording") for each in body["exempted"]],
            "accepted_risks": [self._risk(each) for each in body["accepted_risks"]],
            "heat_map": {
                **body["heat_map"],
                "columns": [
                    {**column, "title": self._speech.text(column["title"])}
                    for column in body["heat_map"]["columns"]
                ],
            },
            "actions": [self._action(each) for each in body["actions"]],
            "gates": [
                {
                    **gate,
                    "name": text(gate["name"]),
                    "question": text(gate["question"]),
                    "headline": self._headline(gate["headline"], self._gate_headline(gate)),
                    "in_meeting": [self._in_meeting(each) for each in gate["in_meeting"]],
                    "findings": [self._told[each["criterion"]] for each in gate["findings"]],
                }
                for gate in body["gates"]
            ],
        }

    def _with_texts(self, recorded: Body, *names: str) -> dict[str, Any]:
        return {**recorded, **{name: self._text(recorded[name]) for name in names}}

    def _risk(self, risk: Body) -> dict[str, Any]:
        role = self._speech.text(risk["approver_role"])
        return {**self._with_texts(risk, "wording"), "approver_role": role}

    def _in_meeting(self, recorded: Body) -> dict[str, Any]:
        who = who_in(recorded["who"], self._speech)
        return {**self._with_texts(recorded, "wording"), "who": who}

    def _action(self, action: Body) -> dict[str, Any]:
        told = self._told[action["criterion"]]
        return {**action, **{name: told[name] for name in ("sentence", "todo", "who")}}

    def _finding(self, recorded: Body) -> dict[str, Any]:
        told = self._with_texts(recorded, "wording", "unit")
        told["who"] = who_in(recorded["who"], self._speech)
        pair = self._translation.criteria.get(recorded["criterion"])
        if pair is not None:
            english = self._words(recorded, pair[0], ENGLISH)
            again = self._words(recorded, pair[1], self._speech)
            told |= {name: again[name] for name in again if english[name] == recorded[name]}
        return told

    def _words(self, recorded: Body, terms: CriterionTerms, speech: Speech) -> dict[str, str]:
        finding = self._found(recorded, terms)
        return {
            "measured": measured_text(finding, speech=speech),
            "sentence": sentence_of(
                finding, days_left=self._days_left, zone=self._zone, speech=speech
            ),
            "todo": todo_of(finding, speech=speech),
        }

    def _found(self, recorded: Body, terms: CriterionTerms) -> Finding:
        """Return a recorded finding as it was judged."""
        return Finding(
            criterion=terms,
            state=FindingState(recorded["state"]),
            beneath=FindingState(recorded["beneath"]),
            reading=_reading(recorded),
            due_today=_number(recorded["due_today"]),
            target=_number(recorded["target"]),
            acceptance=acceptance_of(self._risks.get(recorded["acceptance"])),
            exemption=exemption_of(self._exempted.get(recorded["criterion"])),
        )

    def _headline(self, recorded: str, make: Callable[[Speech], str]) -> str:
        return make(self._speech) if make(ENGLISH) == recorded else recorded

    def _project_headline(self, speech: Speech) -> str:
        body = self._body
        pairs = [(gate["is_deciding"], self._judged(gate, speech)) for gate in body["gates"]]
        as_of, go_live = datetime.fromisoformat(body["as_of"]), _day(body["go_live_date"])
        case = ProjectCase(as_of=as_of, zone=self._zone, go_live=go_live, gates=(), readings={})
        case = replace(case, freeze=body.get("freeze") or "")
        project = ProjectJudgement(
            case=case,
            verdict=Verdict(body["verdict"]),
            gates=tuple(judged for _, judged in pairs),
            deciding=tuple(judged for is_deciding, judged in pairs if is_deciding),
            next_change_at=None,
            inputs_hash="",
        )
        return project_headline(project, speech=speech)

    def _gate_headline(self, gate: Body) -> Callable[[Speech], str]:
        return lambda speech: gate_headline(self._judged(gate, speech), speech=speech)

    def _judged(self, gate: Body, speech: Speech) -> GateJudgement:
        opens_date, go_live = _day(gate["opens_date"]), _day(self._body["go_live_date"])
        terms = GateTerms(
            key=gate["key"],
            name=gate["name"] if speech is ENGLISH else self._text(gate["name"]),
            opens_days=0,
            digest="",
            after_go_live=bool(opens_date and go_live and opens_date > go_live),
        )
        findings = tuple(map(_counted, gate["findings"]))
        verdict = Verdict(gate["verdict"])
        is_frozen = bool(self._body.get("freeze")) and verdict is not Verdict.NOT_OPEN
        stop = None if is_frozen or verdict is Verdict.NOT_OPEN else stop_of(gate.get("stop"))
        return GateJudgement(terms, Judgement(verdict, findings, is_frozen, stop), opens_date)


def translated(terms: CriterionTerms, words: Mapping[str, Any]) -> CriterionTerms:
    """Return a criterion in another language; what nobody translated stays."""
    known = {name: words[name] for name in ("wording", "why", "says", "todo", "unit", "noun")
             if name in words}  # fmt: skip
    return replace(terms, **known, due_noun=words.get("due_noun"))


def _of_class(*, hard: bool) -> CriterionTerms:
    return CriterionTerms(
        key="",
        gate="",
        metric="",
        kind=ReadingKind.COUNT,
        comparison=Comparison.AT_LEAST,
        target=Decimal(0),
        hard=hard,
    )


_HARD, _SOFT = _of_class(hard=True), _of_class(hard=False)


def _counted(recorded: Body) -> Finding:
    """Return of a finding what a headline counts: its state, and whether it is hard."""
    state = FindingState(recorded["state"])
    terms = _HARD if recorded["class"] == "HARD" else _SOFT
    return Finding(terms, state, state, None, None, None)


def _reading(recorded: Body) -> Reading | None:
    numbers = (recorded["done"], recorded["due"], recorded["value"])
    is_silent = recorded["beneath"] == FindingState.NOT_REPORTED and recorded["report"] is None
    if is_silent and numbers == (None, None, None):
        return None
    report = recorded["report"] or {}
    expires_at = report.get("expires_at")
    return Reading(
        metric=recorded["metric"],
        kind=ReadingKind(recorded["kind"]),
        as_of=datetime.min,  # noqa: DTZ901 - no sentence asks for it
        done=recorded["done"],
        due=recorded["due"],
        value=_number(recorded["value"]),
        population=recorded["population"],
        expires_at=None if expires_at is None else datetime.fromisoformat(expires_at),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
