"""Photos as a camera writes them, with everything it tells about itself."""

import io

from PIL import Image


def photograph(
    *,
    size: tuple[int, int] = (64, 48),
    kind: str = "JPEG",
    mode: str = "RGB",
    told: str = "",
    turned: bool = False,
) -> bytes:
    """Return a small photo; `told` is written where cameras write, `turned` on its side."""
    photo = Image.new(mode, size, 0 if mode in {"L", "P"} else "teal")
    written = Image.Exif()
    written[0x010E] = told
    if turned:
        written[0x0112] = 6
    target = io.BytesIO()
    photo.save(target, format=kind, exif=written)
    return target.getvalue()
