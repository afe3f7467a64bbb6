"""How a leak is planted: something of the product's is replaced, in a process of its own."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpResponse


@dataclass(frozen=True, slots=True)
class Leak:
    """One leak: its name, the addresses where it shows, who notices, and how it is planted."""

    name: str
    names: tuple[str, ...]
    plant: Callable[[], None]
    actors: tuple[str, ...]


PLANTS: list[Leak] = []
MEMBERS = ("project_manager", "administrator", "b_sponsor")


def leak(
    name: str, *names: str, actors: tuple[str, ...] = MEMBERS
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register how a leak is planted."""

    def register(plant: Callable[[], None]) -> Callable[[], None]:
        PLANTS.append(Leak(name, names, plant, actors))
        return plant

    return register


def replace(where: str, by: Callable[[Any], Any]) -> None:
    """Put something else in the place of what stands at `module:name.of.it`.

    :raises AttributeError: nothing stands there any more, so nothing would be planted.
    """
    module, _, path = where.partition(":")
    holder: Any = importlib.import_module(module)
    *way, last = path.split(".")
    for step in way:
        holder = getattr(holder, step)
    setattr(holder, last, by(getattr(holder, last)))


def instead(answer: Any) -> Callable[[Any], Any]:
    """Return what always answers the same."""
    return lambda _: lambda *args, **kwargs: answer


def appending(text: Callable[[Any], str]) -> Callable[[Any], Any]:
    """Let a page say something more, made out of the request."""

    def wrap(render: Any) -> Any:
        @wraps(render)
        def told(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            answer: HttpResponse = render(request, *args, **kwargs)
            answer.content += f"<!-- {text(request)} -->".encode()
            return answer

        return told

    return wrap


def with_form(field: str, rows: Callable[[], Any]) -> Callable[[Any], Any]:
    """Let a field of a form offer and take any row."""

    def wrap(init: Any) -> Any:
        @wraps(init)
        def made(form: Any, *args: Any, **kwargs: Any) -> None:
            init(form, *args, **kwargs)
            form.fields[field].queryset = rows()

        return made

    return wrap
