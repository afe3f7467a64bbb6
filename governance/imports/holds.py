"""What keeps an import from being undone: signatures, later rows, decisions, later imports."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import ImportState, SignoffAct
from governance.models import ImportChange, Imported, ImportRun, Signoff

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason why an import stays: what builds on it, which rows, and what to do first."""

    reason: str
    rows: tuple[str, ...]
    remedy: str


def imported_models() -> list[type[Imported]]:
    """Return every table whose rows may come from a file, in a stable order."""
    found = [model for model in apps.get_models() if issubclass(model, Imported)]
    return sorted(found, key=lambda model: model._meta.label)


def rows_of(model: type[Imported], run: ImportRun) -> models.QuerySet[Imported]:
    """Return the rows that an import brought into a table."""
    # every table of facts has a project, which the mixin does not know
    return model._base_manager.filter(import_run=run, project=run.project_id)  # type: ignore[misc]


def brought_by(run: ImportRun) -> dict[type[Imported], int]:
    """Return how many rows an import brought into each table; empty ones are left out."""
    counts = {model: rows_of(model, run).count() for model in imported_models()}
    return {model: number for model, number in counts.items() if number}


def by_table(changes: Iterable[ImportChange]) -> dict[type[Imported], list[ImportChange]]:
    """Return what an import changed, for each table that it changed."""
    found: defaultdict[type[Imported], list[ImportChange]] = defaultdict(list)
    for change in changes:
        found[apps.get_model(change.table)].append(change)
    return found


def holds_on(run: ImportRun, *, brought: Collection[type[Imported]] | None = None) -> list[Hold]:
    """Return everything that builds on the rows an import brought or changed.

    `brought` are the tables with rows of it, where the caller has asked already.
    """
    tables = brought_by(run) if brought is None else brought
    changes = list(ImportChange.objects.filter(import_run=run))
    return [
        *_signatures(run, tables, changes),
        *_later_imports(run),
        *(hold for model in tables for hold in _references(model, run)),
        *_later_changes(run, tables, changes),
    ]


def _signatures(
    run: ImportRun, brought: Iterable[type[Imported]], changes: list[ImportChange]
) -> Iterator[Hold]:
    """Yield the signatures that were given with the import's rows in their evidence."""
    acts = Signoff.objects.filter(process_id__in=_touched(run, brought, changes)).select_related(
        "process"
    )
    newest = {act.process_id: act for act in acts.order_by("signed_at", "pk")}
    standing = [
        act
        for act in newest.values()
        if act.act == SignoffAct.SIGNED and run.finished_at and act.signed_at >= run.finished_at
    ]
    if standing:
        yield Hold(
            _("A signature was given on evidence that has these rows in it."),
            tuple(map(_signature, standing)),
            _("Ask the owner to withdraw the signature first."),
        )


def _signature(act: Signoff) -> str:
    return f"{act.process}: {act.signer_name}, {act.signed_at:%Y-%m-%d}"


def _touched(
    run: ImportRun, brought: Iterable[type[Imported]], changes: list[ImportChange]
) -> set[int]:
    """Return the accountable processes whose evidence the import is part of."""
    found: set[int | None] = set()
    for model in brought:
        for path in model.process_paths:
            found.update(rows_of(model, run).values_list(path, flat=True).distinct())
    for model, group in by_table(changes).items():
        rows = model._base_manager.filter(pk__in=[change.row_id for change in group])
        for path in model.process_paths:
            found.update(rows.values_list(path, flat=True).distinct())
    return {process for process in found if process is not None}


def _later_imports(run: ImportRun) -> Iterator[Hold]:
    """Yield the later imports that found rows there already, which may be these.

    The same file handed in again says nothing of its own: it goes with the first.
    """
    later = ImportRun.objects.filter(
        project=run.project,
        kind=run.kind,
        state=ImportState.DONE,
        unchanged__gt=0,
        undo__isnull=True,
        pk__gt=run.pk,
    ).select_related("attachment")
    if run.attachment:
        later = later.exclude(taken=0, attachment__sha256=run.attachment.sha256)
    names = [f"{each.attachment or each.kind}, {each.created_at:%Y-%m-%d %H:%M}" for each in later]
    if names:
        yield Hold(
            _("A later import of the same kind found rows there already, perhaps these."),
            tuple(names),
            _("Undo the later import first, or correct the rows by a new file."),
        )


def _references(model: type[Imported], run: ImportRun) -> Iterator[Hold]:
    """Yield the rows of other origin that point at rows of this import."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or _is_derived(relation):
            continue
        found = _pointing(relation, run)
        names = [str(row) for row in found[:SHOWN]]
        if names:
            number = found.count()
            words = {
                "number": number,
                "rows": _noun(relation.related_model),
                "what": model._meta.verbose_name,
            }
            yield Hold(
                ngettext(
                    "%(number)d row (%(rows)s) entered elsewhere hangs on a %(what)s of it.",
                    "%(number)d rows (%(rows)s) entered elsewhere hang on a %(what)s of it.",
                    number,
                )
                % words,
                (*names, *(["…"] if number > SHOWN else [])),
                _("Take these back first, or correct the rows instead of undoing the import."),
            )


def _is_derived(relation: models.ManyToOneRel) -> bool:
    label = relation.related_model._meta.label
    return not settings.DERIVED_FROM_FACTS.isdisjoint({label, f"{label}.{relation.field.name}"})


def _pointing(relation: models.ManyToOneRel, run: ImportRun) -> models.QuerySet[models.Model]:
    """Return the rows that point there, but for those that came, or point, by this import."""
    related = relation.related_model
    rows = related._base_manager.filter(**{f"{relation.field.name}__import_run": run})
    if issubclass(related, Imported):
        rows = rows.exclude(import_run=run).exclude(import_run__undo__isnull=False)
        turned = ImportChange.objects.filter(
            import_run=run, table=related._meta.label, after__has_key=relation.field.attname
        )
        rows = rows.exclude(pk__in=turned.values("row_id"))
    return rows.order_by("pk")


def _noun(model: type[models.Model]) -> str:
    """Return what a reader calls a table; a link between two is named by what it links."""
    owner: Any = model._meta.auto_created
    if owner:
        return str(owner._meta.verbose_name)
    return str(model._meta.verbose_name)


def _later_changes(
    run: ImportRun, brought: Iterable[type[Imported]], changes: Iterable[ImportChange]
) -> Iterator[Hold]:
    """Yield the rows that somebody changed after this import brought or changed them."""
    names = [*_changed_after(run, brought), *_differ_now(changes)]
    if names:
        yield Hold(
            _("Rows of this import were changed since."),
            (*names[:SHOWN], *(["…"] if len(names) > SHOWN else [])),
            _("Undo the later import first, or correct the rows by a new file."),
        )


def _changed_after(run: ImportRun, brought: Iterable[type[Imported]]) -> Iterator[str]:
    """Yield the added rows that a later import changed."""
    later = ImportChange.objects.filter(
        project=run.project, import_run__undo__isnull=True, import_run_id__gt=run.pk
    )
    tables = set(later.values_list("table", flat=True).distinct())
    for model in brought:
        if model._meta.label in tables:
            ids = later.filter(table=model._meta.label).values("row_id")
            yield from (str(row) for row in rows_of(model, run).filter(pk__in=ids))


def _differ_now(changes: Iterable[ImportChange]) -> Iterator[str]:
    """Yield the changed rows that do not look as this import left them."""
    for model, group in by_table(changes).items():
        rows = model._base_manager.in_bulk([change.row_id for change in group])
        yield from (str(rows[each.row_id]) for each in group if _differs(rows[each.row_id], each))


def _differs(row: models.Model, change: ImportChange) -> bool:
    return any(
        getattr(row, name) != value_of(type(row), name=name, kept=value)
        for name, value in change.after.items()
    )


def value_of(model: type[models.Model], *, name: str, kept: Any) -> Any:
    """Return a column's value as Python has it, out of what JSON keeps of a change."""
    return model._meta.get_field(name).to_python(kept)  # type: ignore[union-attr]
