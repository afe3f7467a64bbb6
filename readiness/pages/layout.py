"""Which edition of templates and translations this process serves; a kept fragment names it."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import cast

from django.conf import settings

SHORT = 12


@cache
def edition() -> str:
    """Return a few characters that change with any template or catalogue, read once."""
    folders = [*cast(list[Path], settings.TEMPLATES[0]["DIRS"]), *settings.LOCALE_PATHS]
    digest = sha256()
    for root in folders:
        for path in sorted([*root.rglob("*.html"), *root.rglob("*.mo")]):
            digest.update(f"{path.relative_to(root)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:SHORT]
