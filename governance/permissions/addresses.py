"""Whether the policy table and the addresses of the product are the same list."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from governance.permissions.act import Door
from governance.permissions.table import SAFE_TWIN, Key, Rule, policy

TAG = "policy"
OWN = ("governance", "training", "uat", "readiness", "reports")


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its name with its namespaces, its pattern, and what answers there."""

    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def methods(self) -> frozenset[str] | None:
        """Return the methods its view answers; None where that cannot be read off it."""
        kind = getattr(self.view, "cls", None) or getattr(self.view, "view_class", None)
        if kind is None:
            return _named_methods(self.view)
        held = {name.upper() for name in kind.http_method_names if hasattr(kind, name)}
        return frozenset(held - {"HEAD", "OPTIONS"}) or None

    @property
    def is_own(self) -> bool:
        """Say whether the view is ours, so that whatever it answers is meant."""
        kind = getattr(self.view, "cls", None)
        if kind is None and hasattr(self.view, "view_class"):
            return False  # a form of Django's answers PUT as it does POST, which nobody meant
        return str((kind or self.view).__module__).partition(".")[0] in OWN


def addresses(
    resolver: URLResolver | None = None, space: str = "", above: str = "/"
) -> Iterator[Address]:
    """Yield every address of the product."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = f"{above}{entry.pattern}"
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, inner, pattern)
        elif isinstance(entry, URLPattern):
            name = f"{space}{entry.name}" if entry.name else ""
            yield Address(name, pattern, entry.callback)


def gaps(known: Iterable[Address], held: Mapping[Key, Rule]) -> list[str]:
    """Return in sentences where addresses and table differ; empty where they agree."""
    listed = list(known)
    answered: dict[str, set[str] | None] = {}
    for address in listed:
        before = answered.get(address.name, set())
        methods = address.methods
        answered[address.name] = None if methods is None or before is None else before | methods
    names = {name for name, _ in held}
    return [
        *(f"{one.pattern} has no name." for one in listed if not one.name),
        *(f"{name} is in no policy." for name in sorted(answered.keys() - names - {""})),
        *(f"{name} is in a policy and has no address." for name in sorted(names - answered.keys())),
        *_unanswered(answered, held),
        *_unregistered(listed, held),
    ]


def _unanswered(answered: Mapping[str, set[str] | None], held: Mapping[Key, Rule]) -> Iterator[str]:
    """Yield rows whose method the view does not answer."""
    for name, method in held:
        methods = answered.get(name)
        if methods is not None and method not in methods:
            yield f"{name} is in a policy by {method}, which its view does not answer."


def _unregistered(known: Iterable[Address], held: Mapping[Key, Rule]) -> Iterator[str]:
    """Yield methods that our own views answer, and no policy names."""
    for address in known:
        if not address.is_own or not address.name:
            continue
        for method in sorted(address.methods or ()):
            rule = held.get((address.name, method))
            if rule is None:
                yield f"{address.name} answers {method}, which is in no policy."
            elif _is_push(address, method) and rule.scope is None:
                yield f"{address.name} names no scope for {method}."
            elif rule.act.door is Door.PROJECT and _forgets_seat(address):
                yield f"{address.name} names a project and asks for no seat there."


def _is_push(address: Address, method: str) -> bool:
    """Say whether a token asks here to change something."""
    return method not in ("GET", *SAFE_TWIN) and hasattr(address.view, "cls")


def _forgets_seat(address: Address) -> bool:
    """Say whether a page of a project is not behind `in_project`; over REST every view is."""
    in_project = hasattr(address.view, "cls") or hasattr(address.view, "asks_for_seat")
    return ":project>" in address.pattern and not in_project


def check_policy(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Say as an error of the product's own checks where an address and the policy differ."""
    return [Error(gap, id="policy.E001") for gap in gaps(addresses(), policy())]


def _named_methods(view: Callable[..., Any]) -> frozenset[str] | None:
    """Return what `require_http_methods` lets through, on whichever layer it stands."""
    layer: Any = view
    while layer is not None:
        names = getattr(getattr(layer, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            held = layer.__closure__[names.index("request_method_list")].cell_contents
            return frozenset(held) - {"HEAD", "OPTIONS"}
        layer = getattr(layer, "__wrapped__", None)
    return None
