"""The heat map: processes against what is asked of each; every cell opens the rows behind it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

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


def heat_columns(body: Body) -> list[str]:
    """Return the titles of the columns."""
    return [column["title"] for column in _map(body).get("columns", ())]


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
            text=cell["text"],
            label=f"{row['name']}, {column['title'].lower()}",
            href=_cell_href(column["key"], row["process"], project) or process,
        )
        for column, cell in zip(columns, row["cells"], strict=True)
    )
    return HeatRow(name=f"{row['code']} {row['name']}", cells=cells, href=process)


def _cell_href(column: str, process: str, project: Project) -> str:
    """Return where the rows of a cell are; empty where the process page shows them."""
    if column not in CLASSES:
        return ""
    scenarios = reverse("uat:scenario-list", args=[project.public_id])
    return f"{scenarios}?{urlencode({'process': process, 'kind': CLASSES[column]})}"
