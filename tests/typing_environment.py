"""Give mypy's Django plugin the environment without which the settings refuse to load."""

import os

from mypy.plugin import Plugin


def plugin(version: str) -> type[Plugin]:
    """Return a plugin that changes nothing; importing it has done the work."""
    os.environ.setdefault("SECRET_KEY", "only-for-typing-" + "x" * 50)
    return Plugin
