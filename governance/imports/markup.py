"""XML without entities, and without the depth and size that break parsers."""

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as SafeTree
from defusedxml.common import DefusedXmlException

from governance.imports.limits import (
    MEGABYTE,
    XML_BYTES,
    XML_DEPTH,
    XML_ELEMENTS,
    Unreadable,
)

RECORD_DEPTH = 2


def read_records(content: bytes) -> Iterator[list[str]]:
    """Yield a heading and then one row for each child of the root element.

    Columns are the attributes and the leaf elements of these children, in the order in
    which they first appear.

    :raises Unreadable: an entity or document type, too deep, too many, too large or broken.
    """
    if len(content) > XML_BYTES:
        raise Unreadable(f"The XML is larger than {XML_BYTES // MEGABYTE} MB. Split it.")
    records = list(_records(content))
    columns = list(dict.fromkeys(name for record in records for name in record))
    if columns:
        yield columns
        yield from ([record.get(name, "") for name in columns] for record in records)


def _records(content: bytes) -> Iterator[dict[str, str]]:
    depth = elements = 0
    try:
        for event, element in _events(content):
            if event == "start":
                depth, elements = depth + 1, elements + 1
                _refuse_monster(depth=depth, elements=elements)
                continue
            if depth == RECORD_DEPTH:
                yield _flat(element)
                element.clear()
            depth -= 1
    except DefusedXmlException as error:
        raise Unreadable(
            "The XML has a document type or entities, which can hide an attack. Remove them."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(f"The XML is broken: {error}. Export it again.") from error


def _events(content: bytes) -> Iterator[tuple[str, Element]]:
    return iter(
        SafeTree.iterparse(
            io.BytesIO(content),
            events=("start", "end"),
            forbid_dtd=True,
            forbid_entities=True,
            forbid_external=True,
        )
    )


def _refuse_monster(*, depth: int, elements: int) -> None:
    if depth > XML_DEPTH:
        raise Unreadable(f"The XML is nested more than {XML_DEPTH} levels deep. Flatten it.")
    if elements > XML_ELEMENTS:
        raise Unreadable(f"The XML has more than {XML_ELEMENTS} elements. Split it.")


def _flat(record: Element) -> dict[str, str]:
    cells = dict(record.attrib.items())
    for child in record.iter():
        if child is not record and not len(child) and child.text and child.text.strip():
            cells.setdefault(_bare(child.tag), child.text.strip())
    if not cells and record.text and record.text.strip():
        cells[_bare(record.tag)] = record.text.strip()
    return cells


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]
