"""Find the classes of a kind that the doors of the product are made of."""

import importlib
import pkgutil
from types import ModuleType
from typing import Any

APPS = ("governance", "training", "uat", "readiness", "reports")


def classes_of(kind: type[Any], *, room: str = "api") -> list[type[Any]]:
    """Return every class of a kind that stands in a room of some app, by name."""
    found = {
        each
        for app in APPS
        for module in _modules(f"{app}.{room}")
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, kind) and each.__module__ == module.__name__
    }
    return sorted(found, key=lambda each: f"{each.__module__}.{each.__qualname__}")


def _modules(name: str) -> list[ModuleType]:
    try:
        top = importlib.import_module(name)
    except ModuleNotFoundError:
        return []
    below = pkgutil.walk_packages(getattr(top, "__path__", []), f"{name}.")
    return [top, *(importlib.import_module(each.name) for each in below)]
