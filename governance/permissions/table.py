"""The policy table: which address, by which method, is which act."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from governance.choices import Scope
from governance.permissions.act import Act

Key = tuple[str, str]
SAFE_TWIN = {"HEAD": "GET"}


@dataclass(frozen=True, slots=True)
class Rule:
    """What an address is by one method: an act, and over REST the scope that a token needs."""

    act: Act
    scope: Scope | None = None


def rows(
    act: Act, *names: str, by: str = "GET", scope: Scope | None = None
) -> list[tuple[Key, Rule]]:
    """Return the rows that make some addresses an act, by methods such as "GET POST"."""
    return [((name, method), Rule(act, scope)) for name in names for method in by.split()]


def table(*parts: list[tuple[Key, Rule]]) -> dict[Key, Rule]:
    """Return the rows as a table.

    :raises ImproperlyConfigured: an address is there twice by one method.
    """
    merged: dict[Key, Rule] = {}
    for key, rule in (row for part in parts for row in part):
        if key in merged:
            raise ImproperlyConfigured(f"The policy has {key[1]} {key[0]} twice.")
        merged[key] = rule
    return merged


@cache
def policy() -> Mapping[Key, Rule]:
    """Return the table of all apps: URL name and method -> rule.

    :raises ImproperlyConfigured: two apps have a row for the same.
    """
    return table(*(list(import_string(name).items()) for name in settings.POLICY_TABLES))


@cache
def methods_of(name: str) -> tuple[str, ...]:
    """Return the methods that a URL name is registered with; none where it is not."""
    return tuple(method for held, method in policy() if held == name)


def rules_of(name: str) -> list[Rule]:
    """Return the rules of an address, whatever the method."""
    return [policy()[name, method] for method in methods_of(name)]


def rule_of(name: str, *, method: str | None) -> Rule | None:
    """Return the rule of an address; HEAD counts as GET."""
    asked = str(method)
    return policy().get((name, SAFE_TWIN.get(asked, asked)))
