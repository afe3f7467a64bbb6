"""A recorded judgement, told again in another language."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from governance.choices import Role
from readiness.choices import ReportedColour
from readiness.policy.projects import judge_project
from readiness.policy.representation import body_text
from readiness.policy.retelling import Translation, retold, summary, translated, who_in
from readiness.policy.speech import ENGLISH, Speech
from readiness.policy.terms import PROJECT_ITEM, CriterionTerms, ProjectCase
from tests.readiness.policy.cases import (
    DAY,
    NOW,
    acceptance,
    case,
    count_criterion,
    criterion,
    exemption,
    gate,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)
from tests.readiness.policy.test_representation import AROUND

GATES = (
    gate(
        "G3",
        criterion(accountable=(Role.SPONSOR, Role.IT)),
        count_criterion(hard=False),
        criterion(key="UX-02", metric="uat.low", min_population=20),
        criterion(key="UX-03", metric="uat.old"),
        name="UAT exit",
    ),
    gate(
        "G6",
        yes_criterion(in_meeting=True, accountable=(Role.SPONSOR,)),
        count_criterion(key="GO-05", metric="dec.blocking_open"),
    ),
    gate("G7", criterion(key="HX-01"), opens_days=-14, after_go_live=True),
)
READINGS = table(
    share_reading(1309, 2350),
    value_reading(1),
    share_reading(3, 3, "uat.low"),
    share_reading(1, 2, "uat.old", expires_at=NOW - 3 * DAY),
    value_reading(2, "dec.blocking_open"),
)
SPOKEN = Speech(
    text=lambda text: f"<{text}>",
    plural=lambda one, many, number: f"<{one if number == 1 else many}>",
    number=lambda text: text.replace(",", "."),
    day=date.isoformat,
)


def recorded(**more: Any) -> dict[str, Any]:
    """Return a body with findings of every kind, as it is recorded."""
    terms: ProjectCase = case(
        *GATES,
        readings=READINGS,
        acceptances=(acceptance("GO-05", public_id="a7", approver_role="Sponsor"),),
        exemptions=(exemption("UX-04"),),
        reported={PROJECT_ITEM: ReportedColour.GREEN, "G3": ReportedColour.RED},
        **more,
    )
    around = replace(
        AROUND,
        project={**AROUND.project, "time_zone": "Europe/Berlin"},
        holders={Role.SPONSOR: ["Ada (the elder) Brandt"]},
    )
    found: dict[str, Any] = json.loads(body_text(judge_project(terms), around))
    return found


def terms_of_all() -> dict[str, CriterionTerms]:
    """Return every criterion of these gates by its key."""
    return {each.key: each for terms in GATES for each in terms.criteria}


def in_words(words: dict[str, Any]) -> Translation:
    """Return a translation that says the same of every criterion."""
    criteria = {key: (each, translated(each, words)) for key, each in terms_of_all().items()}
    return Translation(criteria, {"UAT exit": "Abnahme"})


class TestRetold:
    @pytest.mark.parametrize(
        "more",
        [{}, {"go_live": None}, {"go_live": NOW.date() - 20 * DAY}, {"go_live": date(2199, 1, 1)}],
    )
    def test_gives_in_english_what_was_recorded(self, more: dict[str, Any]) -> None:
        body = recorded(**more)
        same = Translation({key: (each, each) for key, each in terms_of_all().items()}, {})
        assert retold(body, translation=same, speech=replace(ENGLISH)) == body

    def test_says_every_sentence_in_the_language(self) -> None:
        words = {"says": "{missing} von {due_noun} fehlen", "noun": ["Fall", "Fälle"],
                 "due_noun": ["Fall", "Fällen"]}  # fmt: skip
        told = retold(recorded(), translation=in_words(words), speech=SPOKEN)
        share, exempted, few, old = told["gates"][0]["findings"]
        assert share["measured"] == "<1.309 of 2.350 Fällen>"
        assert share["sentence"] == "1.041 von 2.350 Fällen fehlen; <100 % due today>"
        assert exempted["sentence"].startswith("<Does not apply: No warehouse")
        assert few["sentence"] == "<Nothing to measure yet: <only 3 on record>>"
        assert old["sentence"] == "<The last report is out of date since 2026-05-29>"
        assert old["todo"].startswith("<Report again: ")
        (accepted,) = told["gates"][1]["findings"]
        assert accepted["sentence"].endswith("Risk accepted by Ada Sponsor until 2026-06-08>")

    def test_says_headlines_names_and_roles(self) -> None:
        told = retold(recorded(), translation=in_words({}), speech=SPOKEN)
        assert told["headline"].startswith("<NO-GO>: <1 hard criterion missed>")
        assert told["headline"].endswith("(Abnahme)")
        assert told["gates"][0]["headline"].startswith("<NO-GO>: <1 hard criterion missed>")
        assert told["gates"][2]["headline"] == "<NOT OPEN>: <opens on 2026-06-29>"
        assert told["gates"][0]["name"] == "Abnahme"
        assert told["gates"][0]["findings"][0]["who"] == [
            "Ada (the elder) Brandt (<Sponsor>)",
            "<IT operations>",
        ]
        assert told["reported"][1]["name"] == "Abnahme"
        assert told["accepted_risks"][0]["approver_role"] == "<Sponsor>"
        assert told["actions"][0]["who"] == told["gates"][0]["findings"][0]["who"]

    def test_leaves_a_sentence_whose_english_is_not_the_recorded_one(self) -> None:
        body = recorded()
        older = body["gates"][0]["findings"][0]
        older["sentence"] = "1041 of 2350 scenarios as an older version said it"
        told = retold(body, translation=in_words({"says": "neu"}), speech=SPOKEN)
        assert told["gates"][0]["findings"][0]["sentence"] == older["sentence"]

    def test_leaves_the_words_of_a_policy_that_nobody_translated(self) -> None:
        body = recorded()
        told = retold(body, translation=Translation({}, {}), speech=SPOKEN)
        for before, after in zip(body["gates"], told["gates"], strict=True):
            for one, other in zip(before["findings"], after["findings"], strict=True):
                assert {**one, "who": None} == {**other, "who": None}

    def test_leaves_a_headline_that_today_would_be_another(self) -> None:
        body = {**recorded(), "headline": "NO-GO: as it was said then"}
        told = retold(body, translation=Translation({}, {}), speech=SPOKEN)
        assert told["headline"] == "NO-GO: as it was said then"

    def test_changes_nothing_of_the_record(self) -> None:
        body = recorded()
        before = json.dumps(body)
        retold(body, translation=in_words({"says": "neu"}), speech=SPOKEN)
        assert json.dumps(body) == before


class TestSummary:
    def test_says_the_same_as_the_whole_of_what_a_list_shows(self) -> None:
        body = recorded()
        whole = retold(body, translation=in_words({}), speech=SPOKEN)
        short = summary(body, translation=in_words({}), speech=SPOKEN)
        assert (short["headline"], short["reported"]) == (whole["headline"], whole["reported"])
        assert short["actions"] == whole["actions"][:1]

    def test_has_nothing_to_do_where_nothing_is_asked(self) -> None:
        body = {**recorded(), "actions": []}
        assert summary(body, translation=in_words({}), speech=SPOKEN)["actions"] == []


class TestWhoIn:
    def test_keeps_names_and_turns_roles(self) -> None:
        assert who_in(["Sponsor", "Eva (IT operations)", "(x"], SPOKEN) == [
            "<Sponsor>",
            "Eva (<IT operations>)",
            "<(x>",
        ]
