"""Rows of files that could not be taken: they wait, with the reason, until somebody answers."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from governance.choices import ImportState
from governance.forms.imports import AgainForm
from governance.imports.naming import NAME_A_CLIENT, SAY_SINCE_WHEN, SAY_THE_DAY, SAY_WHO
from governance.models import ImportRun, Project
from governance.pages.remarks import remark
from governance.pages.trail import file_of

KINDS = ("raid", "calendar", "adr")
LOOKED_AT = 40
SHOWN = 3
NAMES_ASKED = 50
# What a refused row asks for, and the field that takes the answer.
ANSWERED_BY = {
    SAY_SINCE_WHEN: "on",
    SAY_THE_DAY: "on",
    SAY_WHO: "owners",
    NAME_A_CLIENT: "owners",
}


@dataclass(frozen=True, slots=True)
class ParkedFile:
    """A file with rows that wait: how many, the commonest reasons, and where they are."""

    name: str
    number: int
    reasons: tuple[str, ...]
    href: str


def parked_files(project: Project) -> list[ParkedFile]:
    """Return the files whose newest import left rows out with a reason, the newest first."""
    runs = ImportRun.objects.filter(project=project, kind__in=KINDS, undo__isnull=True)
    ended = runs.filter(state__in=(ImportState.DONE, ImportState.REFUSED))
    newest: dict[str, ImportRun] = {}
    for run in ended.select_related("attachment").order_by("-pk")[:LOOKED_AT]:
        newest.setdefault(run.attachment.sha256 if run.attachment else str(run.pk), run)
    return [_parked(run) for run in newest.values() if run.refused]


def _parked(run: ImportRun) -> ParkedFile:
    counted = Counter(f"{row['value']}: {remark(row['reason'])}" for row in run.refusals)
    reasons = tuple(reason for reason, _number in counted.most_common(SHOWN))
    href = reverse("governance:import-detail", args=[run.public_id])
    return ParkedFile(file_of(run), run.refused, reasons, href)


def questions_of(run: ImportRun) -> AgainForm | None:
    """Return what has to be answered before the rows that wait can be taken."""
    fields = [ANSWERED_BY.get(str(row.get("remedy")), "") for row in run.refusals]
    if not any(fields):
        return None
    said = {str(name): str(who) for name, who in dict(run.options.get("owners") or {}).items()}
    for row, field in zip(run.refusals, fields, strict=True):
        if field == "owners" and len(said) < NAMES_ASKED:
            said.setdefault(str(row["value"]), "")
    owners = "\n".join(f"{name} = {who}" for name, who in said.items())
    form = AgainForm(initial={"on": run.options.get("on", ""), "owners": owners})
    for name in {"on", "owners"}.difference(fields):
        del form.fields[name]
    del form.fields["skip_refused"]
    return form
