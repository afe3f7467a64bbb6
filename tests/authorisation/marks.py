"""Canaries: a word of its own in every text of every tenant, and who owns which row."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from governance.record.guards import bring_back, lay_aside

APPS = ("governance", "training", "uat", "readiness", "reports")
SHARED = ""
"""Owns what belongs to no client: shipped policies, the partner, its accounts."""
# Texts that a program reads: they would mean something else with a word more.
NOT_WORDS = frozenset(
    {
        *("slug", "kind", "state", "metric", "gate_key", "criterion_key", "template_version"),
        *("language", "time_zone", "key", "table", "headings_key", "prefix", "secret_hash"),
        *("evidence_hash", "sha256", "body_hash", "inputs_hash", "etag", "password", "source"),
        *("authentication", "evidence", "body", "code_version", "content", "request_hash"),
        *("role", "session_key", "session_data", "email", "level", "first_result", "steps"),
        *("course_version", "version", "agent"),
    }
)
# Columns that are read letter by letter; the words stand in them by what they are about.
_EXACT = {
    *("governance.RecordHead.origin", "governance.Checkpoint.note", "governance.Anchor.token"),
    *("governance.Signoff.statement", "governance.Signoff.receipt"),
    *("governance.RecordEntry.leaf_hash", "governance.RecordText.commitment"),
    *("governance.RecordText.nonce", "governance.Checkpoint.root"),
}
_SWEPT = (models.CharField, models.TextField)


def all_models() -> list[type[models.Model]]:
    """Return every table of the product, those between two others too."""
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if not model._meta.proxy
    ]


def word_fields(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    """Yield the columns in which somebody writes words."""
    for field in model._meta.local_concrete_fields:
        if str(field) in _EXACT or field.name in NOT_WORDS:
            continue
        if isinstance(field, _SWEPT) and not field.choices:
            yield field


def sweep(words: dict[str, str], owners: "Owners") -> int:
    """Add each owner's word to every text it owns; return how many texts there were.

    The word goes behind what is there, so that a code is still the code of this tenant.
    """
    laid_aside = lay_aside(connection)
    count = 0
    for model in all_models():
        if model._meta.label == "governance.Organisation":
            continue  # a client's own name carries a word of its own
        fields = list(word_fields(model))
        for pk, owner in owners.of_table(model).items() if fields else ():
            count += _mark(model, pk=pk, fields=fields, word=words.get(owner, ""))
    bring_back(connection, laid_aside)
    return count


def _mark(
    model: type[models.Model], *, pk: int, fields: "list[models.Field[Any, Any]]", word: str
) -> int:
    if not word:
        return 0
    row = model._base_manager.filter(pk=pk).values().get()
    changed = {
        field.attname: f"{row[field.attname]} {word}"
        for field in fields
        if row[field.attname] and word not in row[field.attname]
    }
    kept = {
        name: text
        for name, text in changed.items()
        if len(text) <= (getattr(model._meta.get_field(name), "max_length", None) or len(text))
    }
    if kept:
        model._base_manager.filter(pk=pk).update(**kept)
    return len(kept)


class Owners:
    """Who owns each row: a project's code, a tenant's, or nobody (shared)."""

    def __init__(self, *, projects: dict[int, str], clients: dict[int, str]) -> None:
        """Remember project key -> code and organisation key -> tenant."""
        self.projects = projects
        self.clients = clients
        self._tables: dict[str, dict[int, str]] = {}

    def of_table(self, model: type[models.Model]) -> dict[int, str]:
        """Return primary key -> owner of every row of a table."""
        label = model._meta.label
        if label not in self._tables:
            self._tables[label] = {}  # a row that leads back to its own table owns nothing by it
            self._tables[label] = self._ask(model)
        return self._tables[label]

    def _ask(self, model: type[models.Model]) -> dict[int, str]:
        names = [field.attname for field in model._meta.local_concrete_fields]
        return {
            row["id" if "id" in row else model._meta.pk.attname]: self.of_row(model, row)
            for row in model._base_manager.values(*names)
        }

    def of_row(self, model: type[models.Model], row: dict[str, Any]) -> str:
        """Return who owns a row, given by its columns."""
        if model._meta.label == "governance.Project":
            return self.projects.get(row["id"], SHARED)
        if model._meta.label == "governance.Organisation":
            return self.clients.get(row["id"], SHARED)
        if row.get("project_id"):
            return self.projects.get(row["project_id"], SHARED)
        if row.get("organisation_id"):
            return self.clients.get(row["organisation_id"], SHARED)
        return next((owner for owner in self._by_keys(model, row) if owner), SHARED)

    def _by_keys(self, model: type[models.Model], row: dict[str, Any]) -> Iterator[str]:
        for field in foreign_keys(model):
            if row.get(field.attname):
                yield self.of_table(field.related_model).get(row[field.attname], SHARED)


def foreign_keys(model: type[models.Model]) -> "list[models.ForeignKey[Any, Any]]":
    """Return the columns of a table that lead to another row of the product."""
    labels = {each._meta.label for each in all_models()}
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model._meta.label in labels
    ]


UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def public_ids(owners: Owners) -> dict[bytes, str]:
    """Return the public identifier of every row that somebody owns -> its owner."""
    found: dict[bytes, str] = {}
    for model in all_models():
        if not any(field.name == "public_id" for field in model._meta.local_concrete_fields):
            continue
        held = owners.of_table(model)
        for pk, public_id in model._base_manager.values_list("pk", "public_id"):
            if held[pk]:
                found[str(public_id).encode()] = held[pk]
    return found
