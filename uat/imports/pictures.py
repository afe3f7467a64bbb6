"""The child process: decode one photo within limits and write it anew.

It reads a file and writes another, and says on its standard output what came of it: one line
of JSON, `{"width": …, "height": …}` or `{"refused": reason}`. It knows no table of ours and
no secret. Nothing of the sender's file is copied: the pixels are drawn anew, so that no
place, no name and no hidden part of it is kept.
"""

import json
import resource
import sys
from typing import Any

from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
MEMORY_BYTES = 700 * MEGABYTE
CPU_SECONDS = 15
OUTPUT_BYTES = 12 * MEGABYTE
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2000
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")


def main(source: str, target: str) -> None:
    """Set the limits, write the photo anew and say how large it is."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    sys.stdout.write(json.dumps(redrawn(source, target=target)))


def redrawn(source: str, *, target: str) -> dict[str, Any]:
    """Write a photo anew as a JPEG that stands upright; return its size or a refusal."""
    try:
        with Image.open(source, formats=FORMATS) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                return {"refused": "PIXELS"}
            photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            drawn = ImageOps.exif_transpose(photo)
            drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            plain = _on_white(drawn)
    except (Image.DecompressionBombError, MemoryError):
        return {"refused": "PIXELS"}
    except (OSError, ValueError, SyntaxError):
        return {"refused": "UNREADABLE"}
    plain.save(target, format="JPEG", quality=QUALITY, optimize=True)
    return {"width": plain.width, "height": plain.height}


def _on_white(photo: Image.Image) -> Image.Image:
    """Return the pixels alone, where they let something through on white."""
    clean = Image.new("RGB", photo.size, "white")
    if photo.mode in {"RGBA", "LA", "PA"} or "transparency" in photo.info:
        layer = photo.convert("RGBA")
        clean.paste(layer, mask=layer.getchannel("A"))
    else:
        clean.paste(photo.convert("RGB"))
    return clean
