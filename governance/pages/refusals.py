"""The rows of a file that were refused: find them, page through them, take them along."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.exports import csv_text
from governance.forms.imports import RefusalSearch
from governance.models import ImportRun
from governance.pages.remarks import remark

ROWS_ON_A_PAGE = 100
WHOLE_ROW = "(whole row)"
COLUMNS = ("file", "row", "column", "value", "reason", "remedy")
Refusal = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RefusalList:
    """The refused rows that fit what somebody looks for."""

    form: RefusalSearch
    page: "Page[Refusal]"
    found: str
    not_kept: int

    @property
    def several_files(self) -> bool:
        """Say whether the rows come from more than one table."""
        return len({row.get("file") for row in self.page}) > 1


def refusal_list(run: ImportRun, *, asked: Mapping[str, Any]) -> RefusalList:
    """Return one page of the refused rows of an import."""
    rows: list[Refusal] = run.refusals
    told = [_told(row) for row in rows]
    columns = dict.fromkeys(row["column"] for row in told if row.get("column"))
    form = RefusalSearch(asked, columns=columns)
    kept = form.kept()
    fitting = [row for row in told if _fits(row, kept)]
    return RefusalList(
        form=form,
        page=Paginator(fitting, ROWS_ON_A_PAGE).get_page(asked.get("page", "1")),
        found=_found(len(fitting), of=len(rows)),
        not_kept=max(run.refused - len(rows), 0),
    )


def _told(row: Refusal) -> Refusal:
    """Return a refused row in the reader's language."""
    said = {name: remark(row.get(name, "")) for name in ("reason", "remedy")}
    column = row.get("column", "")
    return {**row, **said, "column": _("(whole row)") if column == WHOLE_ROW else column}


def _fits(row: Refusal, kept: Mapping[str, str]) -> bool:
    if kept.get("column", row.get("column")) != row.get("column"):
        return False
    words = kept.get("q", "").casefold()
    return not words or any(words in str(row.get(name, "")).casefold() for name in COLUMNS)


def _found(number: int, *, of: int) -> str:
    if number == of:
        return ngettext("%(n)d refused row.", "%(n)d refused rows.", of) % {"n": of}
    return _("%(n)d of %(of)d refused rows.") % {"n": number, "of": of}


def refusals_csv(run: ImportRun) -> str:
    """Return the refused rows as a file to mend by; formulas in cells are disarmed."""
    return csv_text(COLUMNS, _whole(map(_told, run.refusals)))


def _whole(rows: Iterable[Refusal]) -> Iterable[Mapping[str, Any]]:
    return ({name: row.get(name, "") for name in COLUMNS} for row in rows)
