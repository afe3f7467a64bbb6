"""The shipped policy in other languages: whole, and with the fields of the English text."""

import string
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from readiness.imports.languages import (
    LANGUAGES,
    LanguageRefused,
    policy_in,
    read_language,
)
from readiness.imports.policies import read_policy
from readiness.policy.terms import CriterionTerms

SPOKEN = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
POLICY = read_policy()
CRITERIA = {each.key: each for gate in POLICY.gates for each in gate.criteria}
NOUN = CriterionTerms.__dataclass_fields__["noun"].default


def fields(text: str) -> list[str]:
    """Return the fields a text is filled with."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", SPOKEN)
class TestEveryLanguage:
    def test_says_every_text_of_every_criterion(self, language: str) -> None:
        words = read_language(LANGUAGES / f"{language}.yaml")["criteria"]
        assert set(words) == set(CRITERIA)
        for key, terms in CRITERIA.items():
            wanted = {"wording", "why", "says", "todo"}
            wanted |= {"unit"} if terms.unit else set()
            wanted |= {"noun"} if terms.noun != NOUN else set()
            assert set(words[key]) - {"due_noun"} == wanted, key

    def test_fills_in_the_same_fields(self, language: str) -> None:
        words = read_language(LANGUAGES / f"{language}.yaml")["criteria"]
        for key, terms in CRITERIA.items():
            for name in ("wording", "why", "says", "todo"):
                assert fields(words[key][name]) == fields(getattr(terms, name)), (key, name)

    def test_says_every_gate_and_its_meetings(self, language: str) -> None:
        words = read_language(LANGUAGES / f"{language}.yaml")
        assert words["policy"] == POLICY.key
        assert words["language"] == language
        for gate in POLICY.gates:
            said = words["gates"][gate.key]
            assert set(said) == {"name", "question", "decisions"}
            assert set(said["decisions"]) == {each.name for each in gate.decisions}

    def test_leaves_nothing_in_english(self, language: str) -> None:
        translation = policy_in(language)
        same = [text for text, said in translation.texts.items() if text == said]
        assert set(same) <= {"Go/No-Go"}
        for english, other in translation.criteria.values():
            assert english.says != other.says
            assert english.todo != other.todo


class TestPolicyIn:
    def test_is_empty_where_nobody_translated(self) -> None:
        assert policy_in("xx").texts == {}
        assert policy_in("xx").text("anything") == "anything"


class TestReadLanguage:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"language": "deutsch"},
            {"criteria": {"DX-01": {"noun": ["nur eins"]}}},
            {"criteria": {"DX-01": {"wordings": "mit Tippfehler"}}},
            {"gates": {"G1": {"name": ""}}},
        ],
    )
    def test_refuses_what_the_schema_does_not_know(
        self, tmp_path: Path, wrong: dict[str, object]
    ) -> None:
        path = tmp_path / "de.yaml"
        right = {"language": "de", "policy": "p", "noun": ["a", "b"], "gates": {}, "criteria": {}}
        path.write_text(yaml.safe_dump({**right, **wrong}))
        with pytest.raises(LanguageRefused, match=r"de\.yaml"):
            read_language(path)
