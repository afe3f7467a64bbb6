"""Ask for a file to be imported: keep it, and write down the run and its job."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import Affiliation, ImportState
from governance.models import Attachment, ColumnMapping, ImportRun, Job, User
from governance.outbox import write_job
from governance.services.attachments import (
    AttachmentRefused,
    Place,
    head_of,
    store_attachment,
)
from governance.services.filetypes import READABLE, REMEDIES, type_of

AUTO = "auto"
KNOWN_OPTIONS = {
    "skip_refused": "import the rest when rows are refused",
    "dates": "dmy or mdy: how 03/04/2026 is to be read",
    "starts": "presentation or course to the date its day 0 stands for",
    "pass_mark": "the score that passes a check, in percent",
    "affiliation": "CLIENT, PARTNER or UNKNOWN for testers that the roster does not know",
    "map": "our field to the file's column, where the columns are none we know",
    "year": "the year of a portfolio report that does not name it",
    "on": "the day of rows whose file names none: 2026-03-31",
    "owners": "a name in the file to the e-mail of who is meant",
    "by": "the e-mail of who decided or answered, where the file does not say",
}
OPTION_WORDS = {"affiliation": Affiliation.values, "dates": ["dmy", "mdy"]}
ORGANISATION_KINDS = ("portfolio",)
MOST_MAPPED = 60


class ImportRefused(Exception):
    """Say why a file is not even looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be imported: the kind of file (or auto), how, and whether only to check it."""

    kind: str = AUTO
    options: Mapping[str, Any] = field(default_factory=dict)
    dry_run: bool = False


@transaction.atomic
def request_import(
    *,
    actor: User | None,
    place: Place,
    name: str,
    content: "bytes | File[bytes]",
    wish: Wish,
) -> ImportRun:
    """Keep the file and write its run and job; the door wakes a worker for `run_job(run)`.

    :raises ImportRefused: the file is empty, too large or of a type nobody can read, the
        kind or an option is unknown, or the kind needs a project and there is none.
    """
    _refuse_what_cannot_be(place=place, wish=wish)
    found = type_of(head_of(content))
    if found not in READABLE:
        raise ImportRefused(_(REMEDIES[found]))
    try:
        attachment = store_attachment(place=place, name=name, content=content, uploaded_by=actor)
    except AttachmentRefused as refusal:
        raise ImportRefused(str(refusal)) from refusal
    return _write_run(actor=actor, place=place, attachment=attachment, wish=wish)


@transaction.atomic
def request_again(*, actor: User | None, run: ImportRun, wish: Wish) -> ImportRun:
    """Ask for the file of an earlier run to be imported with other options (after a check, say).

    :raises ImportRefused: the earlier run kept no file, or as for `request_import`.
    """
    if run.attachment is None:
        raise ImportRefused(_("The file of that import is gone. Choose the file again."))
    place = Place(organisation=run.organisation, project=run.project)
    _refuse_what_cannot_be(place=place, wish=wish)
    return _write_run(actor=actor, place=place, attachment=run.attachment, wish=wish)


def job_of(run: ImportRun) -> Job:
    """Return the job that does an import run."""
    return Job.objects.get(key=_job_key(run))


def _refuse_what_cannot_be(*, place: Place, wish: Wish) -> None:
    if wish.kind != AUTO and wish.kind not in settings.IMPORT_KINDS:
        kinds = ", ".join(settings.IMPORT_KINDS)
        raise ImportRefused(f"“{wish.kind}” is not a kind of import. Choose auto or: {kinds}.")
    unknown = sorted(set(wish.options) - set(KNOWN_OPTIONS))
    if unknown:
        known = ", ".join(KNOWN_OPTIONS)
        raise ImportRefused(f"Unknown option {unknown[0]}. Known are: {known}.")
    if "map" in wish.options:
        _refuse_odd_mapping(wish)
    for name, words in OPTION_WORDS.items():
        if wish.options.get(name) and wish.options[name] not in words:
            raise ImportRefused(f"The option {name} is one of {', '.join(words)}.")
    if wish.kind in ORGANISATION_KINDS and place.project is not None:
        raise ImportRefused(_("A portfolio makes projects: choose an organisation, not a project."))
    if wish.kind not in (*ORGANISATION_KINDS, AUTO) and place.project is None:
        raise ImportRefused(_("Choose the project that these facts belong to."))


def _refuse_odd_mapping(wish: Wish) -> None:
    """Refuse what is no mapping, before anything is read."""
    told = wish.options["map"]
    if not isinstance(told, dict) or not told or len(told) > MOST_MAPPED:
        raise ImportRefused("The option map names a column of the file for each of our fields.")
    if any(not isinstance(word, str) or not word.strip() for word in told.values()):
        raise ImportRefused("The option map names columns by their headings.")
    if wish.kind == AUTO or wish.kind in ORGANISATION_KINDS:
        raise ImportRefused("Choose the kind of file whose columns are mapped.")


@transaction.atomic
def remember_mapping(
    *, run: ImportRun, headings: list[str], key: str, fields: Mapping[str, str], moment: datetime
) -> ColumnMapping:
    """Keep which column is which, for the next file of the kind with the same headings."""
    mapping, _ = ColumnMapping.objects.update_or_create(
        project=run.project,
        kind=run.kind,
        headings_key=key,
        defaults={
            "organisation": run.organisation,
            "headings": headings,
            "fields": dict(fields),
            "changed_by": run.actor,
            "changed_at": moment,
        },
    )
    return mapping


def forget_mapping(*, mapping: ColumnMapping) -> None:
    """Let the headings of such files speak for themselves again."""
    mapping.delete()


def _write_run(
    *, actor: User | None, place: Place, attachment: Attachment, wish: Wish
) -> ImportRun:
    run = ImportRun.objects.create(
        organisation=place.organisation,
        project=place.project,
        attachment=attachment,
        actor=actor,
        kind=wish.kind,
        options=dict(wish.options),
        dry_run=wish.dry_run,
        state=ImportState.PENDING,
    )
    write_job(
        kind="import",
        key=_job_key(run),
        payload={"import_run": run.pk},
        actor=actor,
        project=place.project,
    )
    return run


def _job_key(run: ImportRun) -> str:
    return f"import:{run.public_id}"
