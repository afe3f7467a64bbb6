"""The heat map: processes against what is asked of each; every cell opens the rows behind it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Project
from readiness.pages.recorded import Body
from readiness.pages.rows import HeatCell, HeatRow

CLASSES = {
    "heat.happy": "HAPPY_PATH",
    "heat.exception": "EXCEPTION",
    "heat.reversal": "REVERSAL",
    "heat.edge": "EDGE",
    "heat.report": "REPORT",
}
EVIDENCE = {
    "heat.owner": "e-owner",
    "heat.decisions": "e-questions",
    "heat.signoff": "e-history",
}
"""Where on the page of a process the rows of a column stand."""


def heat_columns(body: Body) -> list[str]:
    """Return the titles of the columns."""
    return [column_title(column) for column in _map(body).get("columns", ())]


def column_title(column: Mapping[str, str]) -> str:
    """Return the title of a column for the reader; the recorded one where it is unknown."""
    titles = {
        "heat.owner": _("Owner and deputy"),
        "heat.training": _("Training"),
        "heat.happy": _("Happy path"),
        "heat.exception": _("Exception"),
        "heat.reversal": _("Reversal"),
        "heat.edge": _("Edge case"),
        "heat.report": _("Report"),
        "heat.decisions": _("Decisions"),
        "heat.signoff": _("Sign-off"),
    }
    return titles.get(column["key"], column["title"])


def heat_rows(body: Body, project: Project) -> list[HeatRow]:
    """Return one row for each process."""
    columns = _map(body).get("columns", ())
    return [_row(row, columns, project) for row in _map(body).get("rows", ())]


def _map(body: Body) -> Mapping[str, Any]:
    found: Mapping[str, Any] = body.get("heat_map", {})
    return found


def _row(row: Mapping[str, Any], columns: Any, project: Project) -> HeatRow:
    process = reverse("readiness:process-detail", args=[project.public_id, row["process"]])
    cells = tuple(
        HeatCell(
            state=cell["state"],
            text=_cell_text(cell),
            label=f"{row['name']}, {column_title(column)}",
            href=_cell_href(column["key"], row["process"], project, page=process),
        )
        for column, cell in zip(columns, row["cells"], strict=True)
    )
    return HeatRow(name=f"{row['code']} {row['name']}", cells=cells, href=process)


def _cell_text(cell: Mapping[str, Any]) -> str:
    """Return what is read in a cell, or the recorded words where nothing was counted."""
    if not cell["due"]:
        return _("Nothing there")
    return _("%(done)s of %(due)s") % {"done": cell["done"], "due": cell["due"]}


def _cell_href(column: str, process: str, project: Project, *, page: str) -> str:
    """Return where exactly the rows of a cell are."""
    if column in EVIDENCE:
        return f"{page}#{EVIDENCE[column]}"
    if column == "heat.training":
        trainees = reverse("training:trainee-list", args=[project.public_id])
        return f"{trainees}?{urlencode({'need': 'mandatory', 'process': process})}"
    if column not in CLASSES:
        return page
    scenarios = reverse("uat:scenario-list", args=[project.public_id])
    return f"{scenarios}?{urlencode({'process': process, 'kind': CLASSES[column]})}"
