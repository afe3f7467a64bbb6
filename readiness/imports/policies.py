"""Read a policy's YAML files into terms, or say by file, criterion and field what is wrong."""

import json
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from readiness.models import Policy
from readiness.policy.checking import problems_of
from readiness.policy.hashing import canonical_json, decimal_text, digest_of
from readiness.policy.parsing import PolicyText, gates_of_body
from readiness.services.policies import store_policy

BUILT_IN = Path(__file__).resolve().parents[1] / "policies"
MAX_BYTES = 1_000_000
_SCHEMA = BUILT_IN / "schema.json"


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """Say what is wrong at one place of a policy file and what to do about it."""

    file: str
    criterion: str
    field: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem as one line."""
        place = ", ".join(part for part in (self.file, self.criterion, self.field) if part)
        return f"{place}: {self.reason}; {self.remedy}"


class PolicyRefused(Exception):
    """List everything that is wrong with a policy; nothing of it was taken."""

    def __init__(self, problems: Iterable[PolicyProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class _StrictLoader(yaml.SafeLoader):
    """Load plain YAML: no aliases, no key twice in one mapping."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse aliases, by which a small file becomes a huge one."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias (*) is not allowed; write the value out")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a key that stands twice, of which plain YAML keeps the last."""
        keys = [key.value for key, _ in node.value]
        repeated = sorted({key for key in keys if keys.count(key) > 1})
        if repeated:
            line = node.start_mark.line + 1
            raise yaml.YAMLError(f"{', '.join(repeated)} stands twice, from line {line}")
        return super().construct_mapping(node, deep)


def read_policy(folder: Path = BUILT_IN) -> PolicyText:
    """Return the policy that `policy.yaml` of a folder names.

    :raises PolicyRefused: a file is missing, is no plain YAML, breaks the schema, or
        does not make sense; every problem is listed.
    """
    index = _mapping(folder / "policy.yaml")
    names = [str(name) for name in index.get("gates") or []]
    sources = _mapping(folder / str(index.get("sources", "sources.yaml")))
    gates = [_mapping(folder / name) for name in names]
    body = {**{key: index[key] for key in index if key != "sources"}, "gates": gates}
    _refuse(_schema_problems(body, names))
    text = canonical_json(_without_floats(body))
    terms = tuple(gates_of_body(text).values())
    files = {gate["gate"]: name for gate, name in zip(gates, names, strict=True)}
    if len(files) < len(gates):
        repeated = "two files describe the same gate"
        _refuse([PolicyProblem("policy.yaml", "", "gates", repeated, "give each its own key")])
    _refuse(
        PolicyProblem(files[each.gate], each.criterion, each.field, each.reason, each.remedy)
        for each in problems_of(terms, sources=sources)
    )
    return PolicyText(body["key"], body["version"], body["name"], text, digest_of(text), terms)


@cache
def built_in_policy() -> PolicyText:
    """Return the policy that ships with the product, read once."""
    return read_policy()


def import_built_in_policy() -> Policy:
    """Put the policy that ships with the product on record; once there, nothing changes.

    :raises PolicyConflict: this version is on record with other words.
    """
    return store_policy(policy=built_in_policy())


def read_sources(folder: Path = BUILT_IN) -> dict[str, str]:
    """Return source code -> what it is, for the pages that show a criterion's source."""
    return {str(code): str(title) for code, title in _mapping(folder / "sources.yaml").items()}


def _refuse(problems: Iterable[PolicyProblem]) -> None:
    found = list(problems)
    if found:
        raise PolicyRefused(found)


def _mapping(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
        if len(content) > MAX_BYTES:
            raise yaml.YAMLError(f"the file is larger than {MAX_BYTES:,} bytes")
        loaded = yaml.load(content.decode(), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
    except FileNotFoundError:
        remedy = "put it into the folder or take it out of policy.yaml"
        raise PolicyRefused([PolicyProblem(path.name, "", "", "missing", remedy)]) from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        reason = " ".join(str(error).split()) or "nested too deeply"
        problem = PolicyProblem(path.name, "", "", reason, "write plain YAML in UTF-8")
        raise PolicyRefused([problem]) from None
    if not isinstance(loaded, dict):
        problem = PolicyProblem(path.name, "", "", "not a mapping", "write one `key: value` a line")
        raise PolicyRefused([problem])
    return loaded


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(_SCHEMA.read_text()))


def _schema_problems(body: dict[str, Any], names: list[str]) -> Iterator[PolicyProblem]:
    errors = sorted(_validator().iter_errors(body), key=lambda error: list(map(str, error.path)))
    for error in errors:
        yield _schema_problem(error, body, names)


def _schema_problem(
    error: ValidationError, body: dict[str, Any], names: list[str]
) -> PolicyProblem:
    path = list(error.absolute_path)
    file, criterion = "policy.yaml", ""
    if len(path) > 1 and path[0] == "gates":
        file, path = names[int(path[1])], path[2:]
        if len(path) > 1 and path[0] == "criteria":
            place = int(path[1])
            criterion = _criterion_name(body["gates"][names.index(file)]["criteria"][place], place)
            path = path[2:]
    field = ".".join(map(str, path))
    return PolicyProblem(file, criterion, field, error.message[:200], _remedy(error))


def _criterion_name(criterion: object, place: int) -> str:
    key = criterion.get("key") if isinstance(criterion, dict) else None
    return str(key) if key else f"criterion {place + 1}"


def _remedy(error: ValidationError) -> str:
    remedies = {
        "required": "add the field",
        "additionalProperties": "take the field out or correct its name",
        "enum": "write one of the words listed",
        "type": f"write a value of type {error.validator_value}",
    }
    return remedies.get(str(error.validator), f"see {_SCHEMA.name} for what is allowed")


def _without_floats(value: Any) -> Any:
    """Return the body with broken numbers as exact text: 99.5 -> '99.5'."""
    if isinstance(value, dict):
        return {key: _without_floats(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_floats(each) for each in value]
    return decimal_text(Decimal(str(value))) if isinstance(value, float) else value
