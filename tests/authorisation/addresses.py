"""Every address of the product, read from the resolver, filled with the rows of the world."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from governance.models import ApiToken, SignedInSession, User
from readiness.services.digests import stop_token
from tests.authorisation import accounts
from tests.authorisation.actors import Actor
from tests.authorisation.drafted import SECOND_STEP
from tests.authorisation.world import PLACES, World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
NOWHERE = "random"
"""The place of what does not exist: an identifier that nobody gave."""
_SPACE = uuid.UUID("5f0c9d1b-7a5e-4486-9f0c-9d1b7a5e2486")
# Names in the address that name no row of a client: the words of the policy everybody shares.
SHARED_WORDS = {
    "gate": "G1",
    "criterion": "DX-01",
    "metric": "gov.policy_frozen",
    "role": "DEPARTMENT_MANAGER",
    "provider": "no-such-provider",
}
KINDS = ("charter", "closure", SECOND_STEP, "handover", "policy-change")
# Words of the product of which each opens a page of its own: every one is an address.
EACH_WORD = {"readiness:document-sign": ("{kind}", KINDS)}
# What stands in an address as a word of its own; everything else there is a random identifier.
NOT_RANDOM = {"key", "uidb36", "secret", "identity"}


class NotTaught(Exception):
    """The harness cannot fill an address: say what the world has to learn."""


@dataclass(frozen=True)
class Address:
    """One address: its name, its pattern, and the parameters that it takes."""

    name: str
    template: str
    parameters: tuple[str, ...]
    is_rest: bool
    filters: tuple[str, ...] = ()

    @property
    def is_in_project(self) -> bool:
        """Say whether it lies below a project."""
        return "project" in self.parameters

    @property
    def children(self) -> tuple[str, ...]:
        """Return the parameters that name a row below the project, or below nothing."""
        return tuple(
            name for name in self.parameters if name != "project" and name not in SHARED_WORDS
        )

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Return the parameters that name a row of somebody."""
        return tuple(name for name in self.parameters if name not in SHARED_WORDS)


def addresses() -> list[Address]:
    """Return every address of the resolver, each name and pattern once."""
    walked = [each for one in _walk(get_resolver(), "", "/") for each in _worded(one)]
    found = {each.template: each for each in reversed(walked)}
    return list(reversed(found.values()))


def _worded(address: Address) -> Iterator[Address]:
    """Yield an address once for every word that stands in it."""
    gap, words = EACH_WORD.get(address.name, ("", ("",)))
    for word in words:
        template = address.template.replace(gap, word) if gap else address.template
        template = template.removesuffix("/") if "?" in word else template
        left = tuple(name for name in address.parameters if f"{{{name}}}" != gap)
        yield replace(address, template=template, parameters=left)


def _walk(resolver: URLResolver, space: str, above: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = _route(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, above + route)
        elif isinstance(entry, URLPattern):
            names = tuple(entry.pattern.regex.groupindex)
            known = tuple(
                entry.pattern.converters if isinstance(entry.pattern, RoutePattern) else names
            )
            yield Address(
                name=f"{space}{entry.name}",
                template=above + route,
                parameters=_above(above) + known,
                is_rest=(above + route).startswith("/api/"),
                filters=_filters(entry.callback),
            )


def _filters(view: Any) -> tuple[str, ...]:
    """Return the parameters by which a list of REST may be narrowed."""
    kind = getattr(getattr(view, "cls", None), "filterset_class", None)
    return tuple(kind.base_filters) if kind is not None else ()


def _above(above: str) -> tuple[str, ...]:
    return tuple(part.strip("{}") for part in above.split("/") if part.startswith("{"))


def _route(pattern: Any) -> str:
    """Return the pattern with its parameters in braces."""
    if isinstance(pattern, RegexPattern):
        return _plain(str(pattern))
    route = str(pattern)
    for name, converter in pattern.converters.items():
        kind = (
            next(
                key for key in ("uuid", "str", "int", "slug", "path") if f"<{key}:{name}>" in route
            )
            if f"<{name}>" not in route
            else ""
        )
        route = route.replace(f"<{kind}:{name}>" if kind else f"<{name}>", f"{{{name}}}")
        del converter
    return route


# Patterns of others, written as expressions: what they look like to somebody who asks.
_EXPRESSIONS = {
    r"^.*$": "no/such/address/",
    r"^confirm-email/(?P<key>[-:\w]+)/$": "confirm-email/{key}/",
    r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        "password/reset/key/{uidb36}-{key}/"
    ),
}


def _plain(expression: str) -> str:
    if expression not in _EXPRESSIONS:
        raise NotTaught(
            f"the pattern {expression!r}: write how it looks into _EXPRESSIONS of "
            "tests/authorisation/addresses.py"
        )
    return _EXPRESSIONS[expression]


def fill(world: World, address: Address, *, actor: Actor, places: dict[str, str]) -> str:
    """Return an address whose parameters name rows of these places.

    :raises NotTaught: a parameter that nobody told the world about.
    """
    return address.template.format(
        **{
            name: SHARED_WORDS.get(name) or value_of(world, address, name, actor, places[name])
            for name in address.parameters
        }
    )


def value_of(world: World, address: Address, name: str, actor: Actor, place: str) -> str:
    """Return what stands for a parameter where it names a row of this place."""
    if place == NOWHERE:
        return nobody_of(address, name)
    special = _SPECIAL.get((address.name, name)) or _SPECIAL.get(("", name))
    if special is not None:
        return str(special(world, actor, place))
    row: Any = world.stocks[place].rows.get(name)
    if row is None:
        raise NotTaught(
            f"{address.name} takes <{name}>: keep a row under that name in "
            "tests/authorisation/stock.py, or say in tests/authorisation/addresses.py what it is"
        )
    return str(row.public_id)


def nobody_of(address: Address, name: str) -> str:
    """Return an identifier of the right form that names nothing."""
    if name in NOT_RANDOM or (address.name, name) == ("readiness:digest-stop", "token"):
        return "nobody" * 8
    if name == "pk":
        return "999999"
    return str(uuid.uuid5(_SPACE, f"{address.name} {name}"))


def _person(world: World, actor: Actor, place: str) -> int:
    """Return the actor itself at home, and the lead of any other place."""
    return actor.pk if place == actor.home and actor.pk else world.stocks[place].lead.pk


def _own_token(world: World, actor: Actor, place: str) -> object:
    held = ApiToken.objects.filter(user_id=_person(world, actor, place)).first()
    return held.public_id if held else world.stocks[place].lead.public_id


def _their_token(world: World, actor: Actor, place: str) -> object:
    return ApiToken.objects.get(user=world.stocks[place].deputy).public_id


def _own_session(world: World, actor: Actor, place: str) -> object:
    held = SignedInSession.objects.filter(account_id=_person(world, actor, place)).first()
    return held.public_id if held else world.stocks[place].lead.public_id


def _own_passkey(world: World, actor: Actor, place: str) -> object:
    held = Authenticator.objects.filter(
        user_id=_person(world, actor, place), type=Authenticator.Type.WEBAUTHN
    ).first()
    return held.pk if held else 0


def _own_mail(world: World, actor: Actor, place: str) -> object:
    own = actor.pk and place == actor.home
    return stop_token(User.objects.get(pk=actor.pk) if own else world.stocks[place].lead)


def _reset_of(world: World, actor: Actor, place: str) -> object:
    maker: Any = default_token_generator
    return maker.make_token(world.stocks[place].lead)


def _account_of(world: World, actor: Actor, place: str) -> object:
    """Return the account of an ordinary member of the place."""
    return world.stocks[place].deputy.public_id


_SPECIAL: dict[tuple[str, str], Callable[[World, Actor, str], object]] = {
    ("governance:token-revoke", "token"): _own_token,
    ("readiness:digest-stop", "token"): _own_mail,
    ("account_reset_password_from_key", "key"): _reset_of,
    ("account_reset_password_from_key", "uidb36"): lambda world, actor, place: (
        world.stocks[place].lead.pk
    ),
    ("account_confirm_email", "key"): lambda world, actor, place: "no-such-key",
    ("governance:account-token-revoke", "token"): _their_token,
    ("", "session"): _own_session,
    ("", "pk"): _own_passkey,
    ("", "identity"): lambda world, actor, place: "no-such-identity",
    ("", "account"): _account_of,
    ("", "secret"): lambda world, actor, place: accounts.secret_of(place),
}


def places_of(address: Address, actor: Actor) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the choices of objects for an actor: a word for it, and parameter -> place.

    First every parameter at once, then each one swapped alone; each foreign choice is
    followed by its twin, in which the foreign row does not exist.
    """
    fields = address.fields
    if not fields:
        yield "-", {}
        return
    home = dict.fromkeys(fields, actor.home)
    yield "own", home
    yield "random", dict.fromkeys(fields, NOWHERE)
    for place in PLACES:
        if place != actor.home:
            yield place, dict.fromkeys(fields, place)
    if not address.is_in_project:
        return
    for child in address.children:
        yield f"random {child}", {**home, child: NOWHERE}
        for place in PLACES:
            if place != actor.home:
                yield f"{place} {child}", {**home, child: place}
                yield f"project of {place}, own {child}", {**home, "project": place}


def twin_of(choice: str) -> str:
    """Return the choice in which what is foreign here does not exist."""
    if choice.startswith("project of "):
        return "random"
    place, _, child = choice.partition(" ")
    del place
    return f"random {child}" if child else "random"
