"""HTML in a cell to plain text."""

import re
from html.parser import HTMLParser

_LINES = {"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
_SILENT = {"script", "style", "head", "title"}
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>|&[a-zA-Z#][a-zA-Z0-9]*;")
_BLANKS = re.compile(r"[^\S\n]+")
_GAPS = re.compile(r"\s*\n\s*")


class _Reader(HTMLParser):
    """Collect the text; block elements start a line, list items get a dash."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line, or stop listening."""
        if tag in _SILENT:
            self.silent += 1
        elif tag in _LINES:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        """Break the line, or listen again."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees; line breaks of the source are only spaces."""
        if not self.silent:
            self.parts.append(data.replace("\n", " "))


def plain_text(cell: str) -> str:
    """Return what a reader of the HTML would see; text that is no HTML stays as it is."""
    if not _TAG.search(cell):
        return cell.strip()
    reader = _Reader()
    reader.feed(cell)
    reader.close()
    lines = _GAPS.sub("\n", _BLANKS.sub(" ", "".join(reader.parts))).strip()
    return "\n".join(line for line in lines.split("\n") if line.strip() not in {"", "-"})
