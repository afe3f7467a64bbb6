"""German dates. Django looks a pattern up by its name, and ours are named by what English writes.

A page asks for `date:"j M Y"` and shows 3 Nov 2026 in English, 03.11.2026 in German.
"""

vars().update(
    {
        "j M": "d.m.",
        "j M Y": "d.m.Y",
        "j F Y": "j. F Y",
        "D j M": "D, d.m.",
        "D j M Y": "D, d.m.Y",
        "l j F Y": "l, j. F Y",
        "j M, H:i": "d.m., H:i",
        "j M Y, H:i": "d.m.Y, H:i",
        "j M Y, H:i:s": "d.m.Y, H:i:s",
        "D j M, H:i": "D, d.m., H:i",
        "D j M Y, H:i": "D, d.m.Y, H:i",
        "M Y": "m.Y",
        "F Y": "F Y",
    }
)
