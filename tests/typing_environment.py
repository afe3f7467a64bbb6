"""Give mypy's Django plugin the environment without which the settings refuse to load."""

import os

from mypy.plugin import Plugin


def plugin(version: str) -> type[Plugin]:
    """Return a plugin that changes nothing; importing it has done the work."""
    os.environ.setdefault(
        "SECRET_KEY", "typing-only-3f0c9d1b7a5e2486-3f0c9d1b7a5e2486-3f0c9d1b7a5e2486"
    )
    return Plugin
