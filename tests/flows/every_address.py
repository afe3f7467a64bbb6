"""Every address there is, filled with the rows of one project, for tests that walk them all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter

from governance.models import Project

# What an address calls a row -> the model; every other name is the model's own.
ROWS = {
    "process": "BusinessProcess",
    "run": "ImportRun",
    "asked": "AcceptanceRequest",
    "token": "ApiToken",
    "account": "User",
    "session": "SignedInSession",
    "pack": "Job",
    "people_request": "ParticipationRequest",
    "requested": "RequestedPerson",
    "leader": "User",
}
# Rows of which the address means only some.
SOME = {"pack": {"kind": "pack"}}
WORDS = {
    "gate": "G3",
    "criterion": "UX-01",
    "metric": "gov.policy_frozen",
    "kind": "closure",
}
NOBODY = UUID(int=7)


@dataclass(frozen=True, slots=True)
class Address:
    """One address and the name it goes by."""

    name: str
    path: str


def every_address(project: Project) -> list[Address]:
    """Return each address of the product, those of the project's rows where it has some."""
    return [Address(name, _path_of(parts, project)) for name, parts in _leaves(get_resolver())]


def _leaves(
    resolver: URLResolver, space: str = "", above: tuple[Any, ...] = ()
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for entry in resolver.url_patterns:
        parts = (*above, entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _leaves(entry, inner, parts)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", parts


def _path_of(parts: tuple[Any, ...], project: Project) -> str:
    return "/" + "".join(_filled(part, project) for part in parts)


def _filled(pattern: Any, project: Project) -> str:
    route = getattr(pattern, "_route", None)
    if route is None:
        return _example(str(pattern))
    for name, converter in pattern.converters.items():
        value = _row_of(name, project) if isinstance(converter, UUIDConverter) else _word(name)
        kind = "uuid" if isinstance(converter, UUIDConverter) else ""
        for written in (f"<{kind}:{name}>", f"<{name}>", f"<str:{name}>", f"<slug:{name}>",
                        f"<int:{name}>", f"<path:{name}>"):  # fmt: skip
            route = route.replace(written, str(value))
    return str(route)


def _word(name: str) -> str:
    return WORDS.get(name, "7")


def _example(regex: str) -> str:
    """Return what fits the few patterns that others wrote as expressions."""
    if "uidb36" in regex:
        return "password/reset/key/1-abc/"
    if "key" in regex:
        return "confirm-email/abc/"
    return "nothing/at/all/"


def _row_of(name: str, project: Project) -> UUID:
    """Return the public id of a row of the project; of nobody's where it has none."""
    model = _model_of(ROWS.get(name, name))
    if model is None:
        return NOBODY
    if model is Project:
        return project.public_id
    rows: Any = model._default_manager.all()
    if any(field.name == "project" for field in model._meta.get_fields()):
        rows = rows.filter(project=project)
    row = rows.filter(**SOME.get(name, {})).order_by("pk").first()
    found: UUID = row.public_id if row else NOBODY
    return found


def _model_of(word: str) -> type[Model] | None:
    wanted = word.lower()
    return next((each for each in apps.get_models() if each.__name__.lower() == wanted), None)
