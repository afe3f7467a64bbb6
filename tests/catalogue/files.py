"""Catalogue files: read and write a .po, and compile it as msgfmt does."""

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.catalogue.extracting import Found, Message
from tests.house.sources import ROOT

LOCALES = ROOT / "readiness" / "locale"
MAGIC = 0x950412DE
LINE = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr|msgstr\[(\d)\])?\s*"(.*)"$')
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
UNESCAPES = {escaped: plain for plain, escaped in ESCAPES.items()}


@dataclass(slots=True)
class Catalogue:
    """One language's texts: the remarks and the header at its top, and each message's forms."""

    remarks: str = ""
    header: str = ""
    forms: dict[Message, list[str]] = field(default_factory=dict)
    fuzzy: set[Message] = field(default_factory=set)


def po_of(language: str) -> Path:
    """Return where a language's catalogue is."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read_po(text: str) -> Catalogue:
    """Return a catalogue out of the text of its .po file."""
    catalogue = Catalogue()
    for position, block in enumerate(re.split(r"\n\s*\n", text.strip())):
        fields = _fields(block)
        message = Message(
            fields.get("msgid", ""), fields.get("msgid_plural", ""), fields.get("msgctxt", "")
        )
        forms = [fields[name] for name in sorted(fields) if name.startswith("msgstr")]
        if position == 0:
            catalogue.header = forms[0]
            catalogue.remarks = "\n".join(row for row in block.splitlines() if row[:1] == "#")
            continue
        catalogue.forms[message] = forms
        if re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE):
            catalogue.fuzzy.add(message)
    return catalogue


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for row in block.splitlines():
        found = LINE.match(row)
        if found and not row.startswith("#"):
            name = found[1] or name
            fields[name] = fields.get(name, "") + _unescaped(found[3])
    return fields


def _unescaped(text: str) -> str:
    return re.sub(r"\\.", lambda found: UNESCAPES.get(found[0], found[0][1:]), text)


def _escaped(text: str) -> str:
    return "".join(ESCAPES.get(letter, letter) for letter in text)


def renewed(catalogue: Catalogue, found: Found) -> Catalogue:
    """Return a catalogue of exactly these messages; what was translated stays translated."""
    known = {(each.context, each.text): forms for each, forms in catalogue.forms.items()}
    forms: dict[Message, list[str]] = {}
    for message in sorted(found, key=lambda each: (each.text, each.context)):
        number = 2 if message.many else 1
        kept = known.get((message.context, message.text), [])
        forms[message] = kept if len(kept) == number else [""] * number
    return Catalogue(catalogue.remarks, catalogue.header, forms, set(catalogue.fuzzy) & set(forms))


def written(catalogue: Catalogue, found: Found) -> str:
    """Return the text of a .po file: sorted, with the files of each message, without dates."""
    head = [catalogue.remarks, 'msgid ""', 'msgstr ""']
    head += [f'"{_escaped(row)}\\n"' for row in catalogue.header.splitlines()]
    blocks = ["\n".join(head)]
    for message, forms in catalogue.forms.items():
        blocks.append("\n".join(_block(message, forms, sorted(found.get(message, ())))))
    return "\n\n".join(blocks) + "\n"


def _block(message: Message, forms: list[str], names: list[str]) -> Iterator[str]:
    yield from (f"#: {name}" for name in names)
    if "%(" in message.text:
        yield "#, python-format"
    if message.context:
        yield f'msgctxt "{_escaped(message.context)}"'
    yield f'msgid "{_escaped(message.text)}"'
    if not message.many:
        yield f'msgstr "{_escaped(forms[0])}"'
        return
    yield f'msgid_plural "{_escaped(message.many)}"'
    for number, form in enumerate(forms):
        yield f'msgstr[{number}] "{_escaped(form)}"'


def compiled(catalogue: Catalogue) -> bytes:
    """Return the bytes of the .mo file; a message without its translation is left out."""
    texts = {"": catalogue.header}
    for message, forms in catalogue.forms.items():
        if all(forms) and message not in catalogue.fuzzy:
            texts[_key(message)] = "\0".join(forms)
    return _mo({key.encode(): text.encode() for key, text in texts.items()})


def _key(message: Message) -> str:
    context = f"{message.context}\x04" if message.context else ""
    return f"{context}{message.text}" + (f"\0{message.many}" if message.many else "")


def _mo(texts: Mapping[bytes, bytes]) -> bytes:
    keys = sorted(texts)
    start = 7 * 4
    place = start + 16 * len(keys)
    tables: list[list[int]] = [[], []]
    bodies = [b"", b""]
    for number, rows in enumerate((keys, [texts[key] for key in keys])):
        for row in rows:
            tables[number] += [len(row), place + len(bodies[number])]
            bodies[number] += row + b"\0"
        place += len(bodies[number])
    head = [MAGIC, 0, len(keys), start, start + 8 * len(keys), 0, place]
    numbers = [*head, *tables[0], *tables[1]]
    return struct.pack(f"<{len(numbers)}I", *numbers) + bodies[0] + bodies[1]
