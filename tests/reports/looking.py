"""Read the gate page as a browser shows it: its criteria and its heat map, cell by cell."""

import re
from html.parser import HTMLParser

ASIDE = {"visually-hidden", "number-fresh", "row-note"}
"""What stands beside a figure and is no part of it."""
EMPTY = {"br", "hr", "img", "input", "link", "meta", "use", "polyline", "circle", "rect"}


class PageReader(HTMLParser):
    """Collect the rows of the criteria tables and of the heat map."""

    def __init__(self, html: str) -> None:
        """Read a page at once."""
        super().__init__()
        self.criteria: dict[str, list[str]] = {}
        self.heat: dict[str, list[str]] = {}
        self._table = ""
        self._row: list[str] = []
        self._open: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell, or something that stands aside."""
        named = {name: value or "" for name, value in attrs}
        classes = named.get("class", "").split()
        if tag == "table":
            self._table = next((each for each in ("criteria-table", "heat") if each in classes), "")
        elif tag == "tr":
            self._row = [named.get("id", "")] if self._table == "criteria-table" else []
        elif tag in ("td", "th"):
            self._row.append("")
        if tag not in EMPTY:
            self._open.append(tag == "svg" or bool(ASIDE & set(classes)))

    def handle_endtag(self, tag: str) -> None:
        """End a row, and keep what it said."""
        if tag not in EMPTY:
            self._open.pop()
        if tag == "tr" and self._row and self._row[0]:
            name, *cells = (re.sub(r"\s+", " ", cell).strip() for cell in self._row)
            if self._table == "criteria-table":
                self.criteria[name] = cells
            elif self._table == "heat":
                self.heat[name] = cells

    def handle_data(self, data: str) -> None:
        """Add what is read to the cell."""
        if self._row and not any(self._open):
            self._row[-1] += f" {data}"
