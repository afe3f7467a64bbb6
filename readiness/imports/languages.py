"""Read what a language says for the policy that ships: one YAML file a language, beside it."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from readiness.imports.policies import BUILT_IN
from readiness.policy.parsing import criterion_of
from readiness.policy.retelling import Translation, translated
from readiness.policy.terms import CriterionTerms

LANGUAGES = BUILT_IN / "languages"
WORDS = ("wording", "why", "says", "todo", "unit")
Words = Mapping[str, Any]


class LanguageRefused(Exception):
    """Say what is wrong with a file of translations."""


@cache
def policy_in(language: str) -> Translation:
    """Return the shipped policy's texts in a language; nothing where nobody translated it.

    :raises LanguageRefused: the file is not as its schema wants it.
    """
    path = LANGUAGES / f"{language}.yaml"
    if not path.is_file():
        return Translation({}, {})
    words = read_language(path)
    gates = list(_gates())
    terms = {each.key: each for gate in gates for each in _criteria(gate)}
    said = {key: {"noun": words["noun"], **each} for key, each in words["criteria"].items()}
    known = {key: each for key, each in said.items() if key in terms}
    return Translation(
        criteria={key: (terms[key], translated(terms[key], each)) for key, each in known.items()},
        texts=dict(_texts(gates, terms, words)),
    )


def read_language(path: Path) -> Words:
    """Return one file of translations.

    :raises LanguageRefused: it is not as the schema wants it.
    """
    words: Words = _plain(path)
    schema = json.loads((LANGUAGES / "schema.json").read_text())
    for error in Draft202012Validator(schema).iter_errors(words):
        place = ".".join(map(str, error.absolute_path))
        raise LanguageRefused(f"{path.name}, {place}: {error.message[:200]}")
    return words


def _plain(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a SafeLoader


def _gates() -> Iterator[Words]:
    for name in _plain(BUILT_IN / "policy.yaml")["gates"]:
        yield _plain(BUILT_IN / name)


def _criteria(gate: Words) -> Iterator[CriterionTerms]:
    for each in gate["criteria"]:
        yield criterion_of(each, gate=gate["gate"])


def _texts(
    gates: list[Words], terms: Mapping[str, CriterionTerms], words: Words
) -> Iterator[tuple[str, str]]:
    """Yield each text of the policy with its translation."""
    for gate in gates:
        said = words["gates"].get(gate["gate"], {})
        yield from ((gate[name], said[name]) for name in ("name", "question") if name in said)
        yield from said.get("decisions", {}).items()
    for key, said in words["criteria"].items():
        if key in terms:
            yield from ((getattr(terms[key], name), said[name]) for name in WORDS if name in said)
