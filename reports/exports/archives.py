"""Write members into a ZIP file that has one form only (governance/record/FORMAT.md, section 6)."""

import io
from collections.abc import Mapping
from zipfile import ZIP_STORED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
VERSION = 20


def archive_of(members: Mapping[str, bytes], *, first: str) -> bytes:
    """Return the archive: nothing compressed, no clock in it, `first` before the others by name."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED, allowZip64=False) as archive:
        for name in [first, *sorted(set(members) - {first})]:
            info = ZipInfo(name, FIRST_DAY)
            info.create_system = 0
            info.create_version = info.extract_version = VERSION
            archive.writestr(info, members[name])
            info.external_attr = 0  # what Python fills in is written when the archive closes
    return out.getvalue()
