"""The heat map."""

from typing import Any
from uuid import UUID

from governance.models import Project
from readiness.choices import FindingState
from readiness.pages.heat import heat_columns, heat_rows
from readiness.policy.representation import HEAT_COLUMNS

PROCESS = "9ac3a3fc-ef1f-4098-bb82-2aab98da060a"
PROJECT = Project(public_id=UUID(int=7))


def body() -> dict[str, Any]:
    """Return a body with one process, every cell missed."""
    cell = {"state": FindingState.MISSED, "done": 0, "due": 2, "text": "0 of 2"}
    return {
        "heat_map": {
            "columns": [{"key": key, "title": title} for key, title in HEAT_COLUMNS],
            "rows": [
                {
                    "process": PROCESS,
                    "code": "10",
                    "name": "Order to cash",
                    "owner": "",
                    "cells": [cell for _ in HEAT_COLUMNS],
                }
            ],
        }
    }


class TestHeatColumns:
    def test_are_the_recorded_ones(self) -> None:
        assert heat_columns(body()) == [title for _, title in HEAT_COLUMNS]
        assert heat_columns({}) == []


class TestHeatRows:
    def test_open_the_process_and_every_cell_its_rows(self) -> None:
        (row,) = heat_rows(body(), PROJECT)
        process = f"/p/{PROJECT.public_id}/processes/{PROCESS}/"
        assert (row.name, row.href) == ("10 Order to cash", process)
        by_label = {cell.label: cell.href for cell in row.cells}
        assert by_label["Order to cash, Owner and deputy"] == f"{process}#e-owner"
        assert by_label["Order to cash, Training"] == (
            f"/p/{PROJECT.public_id}/training/people/?need=mandatory&process={PROCESS}"
        )
        assert by_label["Order to cash, Decisions"] == f"{process}#e-questions"
        assert by_label["Order to cash, Sign-off"] == f"{process}#e-history"
        assert by_label["Order to cash, Reversal"] == (
            f"/p/{PROJECT.public_id}/scenarios/?process={PROCESS}&kind=REVERSAL"
        )
        assert len(row.cells) == len(HEAT_COLUMNS)

    def test_show_a_column_of_an_older_judgement_by_its_own_title(self) -> None:
        old = body()
        old["heat_map"]["columns"][0] = {"key": "heat.gone", "title": "Gone"}
        (row,) = heat_rows(old, PROJECT)
        assert (row.cells[0].label, row.cells[0].href) == ("Order to cash, Gone", row.href)

    def test_say_that_nothing_is_there(self) -> None:
        empty = body()
        cell = {"state": "INSUFFICIENT", "done": 0, "due": 0, "text": "Nothing there"}
        empty["heat_map"]["rows"][0]["cells"] = [cell for _ in HEAT_COLUMNS]
        (row,) = heat_rows(empty, PROJECT)
        assert row.cells[0].text == "Nothing there"

    def test_are_none_before_the_first_judgement(self) -> None:
        assert heat_rows({}, PROJECT) == []
