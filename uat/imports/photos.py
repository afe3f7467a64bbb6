"""Take a photo from a sender nobody has to trust: a child process draws it anew."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from uat.services.photos import TakenPhoto

ROOT = Path(__file__).resolve().parents[2]
LARGEST_PHOTO = 15 * 1024 * 1024
WALL_SECONDS = 30.0
_START = "import sys; from uat.imports.pictures import main; main(sys.argv[1], sys.argv[2])"


class PhotoRefused(Exception):
    """Say why a photo was not taken, and what to do about it."""


def take_photo(content: "File[bytes]") -> TakenPhoto:
    """Return the photo as a JPEG of our own making, without what the camera wrote into it.

    :raises PhotoRefused: it is too large, no photo, or not to be decoded within the limits.
    """
    if not content.size:
        raise PhotoRefused(_("The photo is empty. Take it again."))
    if content.size > LARGEST_PHOTO:
        raise PhotoRefused(
            _("The photo is larger than %(megabytes)s MB. Take it with fewer pixels.")
            % {"megabytes": LARGEST_PHOTO // (1024 * 1024)}
        )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in", Path(folder) / "out"
        with source.open("wb") as copy:
            for chunk in content.chunks():
                copy.write(chunk)
        told = _told_by_child(source, target=target)
        if "width" not in told:
            raise PhotoRefused(_reason(told))
        return TakenPhoto(
            content=target.read_bytes(), width=int(told["width"]), height=int(told["height"])
        )


def _told_by_child(source: Path, *, target: Path) -> dict[str, Any]:
    """Return what the child said; a child that died or took too long said nothing."""
    try:
        child = subprocess.run(  # noqa: S603 - our own command line
            [sys.executable, "-c", _START, str(source), str(target)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            start_new_session=True,
            timeout=WALL_SECONDS,
            check=False,
        )
        told = json.loads(child.stdout) if child.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        told = {}
    return told if isinstance(told, dict) else {}


def _reason(told: dict[str, Any]) -> str:
    if told.get("refused") == "PIXELS":
        return _("The photo has too many pixels. Take it with fewer.")
    return _("This is no photo that can be read. Take it as JPEG, PNG or WebP.")
