"""Write ZIP files byte by byte, so that each field can be made wrong: FORMAT.md, section 6."""

import struct
import zlib
from dataclasses import dataclass, field
from typing import Any

MIDNIGHT_1980 = 0x21


@dataclass
class Member:
    """One file of an archive; `local` and `central` replace fields of its two headers."""

    name: bytes
    content: bytes
    local: dict[str, Any] = field(default_factory=dict)
    central: dict[str, Any] = field(default_factory=dict)
    before: bytes = b""
    after: bytes = b""

    def header(self) -> dict[str, Any]:
        """Return the fields that both headers say."""
        size = len(self.content)
        return {
            "needed": 20,
            "flags": 0,
            "method": 0,
            "time": 0,
            "date": MIDNIGHT_1980,
            "crc": zlib.crc32(self.content),
            "packed": size,
            "size": size,
            "name": self.name,
            "extra": b"",
        }


@dataclass
class Archive:
    """A ZIP file to be; `end` replaces fields of its last record."""

    members: list[Member]
    order: list[int] | None = None
    end: dict[str, Any] = field(default_factory=dict)
    first: bytes = b""
    between: bytes = b""
    last: bytes = b""

    def write(self) -> bytes:
        """Return the bytes of the file."""
        whole, offsets = bytearray(self.first), []
        for member in self.members:
            whole += member.before
            offsets.append(len(whole))
            whole += _local(member) + member.content + member.after
        whole += self.between
        order = range(len(self.members)) if self.order is None else self.order
        central = b"".join(_central(self.members[at], offsets[at]) for at in order)
        return bytes(whole) + central + self._end(central, len(whole), len(offsets)) + self.last

    def _end(self, central: bytes, offset: int, count: int) -> bytes:
        fields: dict[str, Any] = {
            "signature": b"PK\5\6",
            "disk": 0,
            "start_disk": 0,
            "here": count,
            "total": count,
            "size": len(central),
            "offset": offset,
            "comment": b"",
        } | self.end
        comment: bytes = fields.pop("comment")
        length = fields.pop("comment_length", len(comment))
        return struct.pack("<4s4H2IH", *fields.values(), length) + comment


def _local(member: Member) -> bytes:
    fields: dict[str, Any] = {"signature": b"PK\3\4"} | member.header() | member.local
    name: bytes = fields.pop("name")
    extra: bytes = fields.pop("extra")
    return struct.pack("<4s5H3I2H", *fields.values(), len(name), len(extra)) + name + extra


def _central(member: Member, offset: int) -> bytes:
    fields: dict[str, Any] = {"signature": b"PK\1\2", "by": 20} | member.header() | member.central
    name: bytes = fields.pop("name")
    extra: bytes = fields.pop("extra")
    tail: dict[str, Any] = {
        "comment": b"",
        "disk": 0,
        "internal": 0,
        "external": 0,
        "offset": offset,
    }
    tail = {key: fields.pop(key, value) for key, value in tail.items()}
    comment: bytes = tail.pop("comment")
    head = struct.pack("<4s6H3I3H", *fields.values(), len(name), len(extra), len(comment))
    return head + struct.pack("<2H2I", *tail.values()) + name + extra + comment
