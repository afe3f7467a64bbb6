"""Foreign identifiers in a valid request: in its fields, its filters, and where none belong."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.db.models import Model

from tests.authorisation.asking import Ask
from tests.authorisation.bodies import JSON, Body
from tests.authorisation.world import PLACES, WORDS, World

NOBODY = 999_999
# Who fills forms in with foreign identifiers: whoever may send most of them.
INJECTORS = (
    *("project_manager", "sponsor", "process_owner", "administrator", "consultant@a"),
    *("project_manager token(read+push)", "consultant token(read+push)@a"),
)
READERS = ("project_manager", "administrator", "project_manager token(read+push)")
# Fields of rows that no form has; whoever sends them all the same must not get them.
SMUGGLED = {
    **dict.fromkeys(("organisation", "organisation_id", "client", "client_id"), "organisation"),
    **dict.fromkeys(("project", "project_id"), "project"),
    **dict.fromkeys(("user", "user_id", "account", "account_id", "signer", "signer_id"), "lead"),
    **dict.fromkeys(("decided_by", "approver", "reporter", "tester", "owner_id"), "lead"),
}
PROMOTED = {
    "state": "DONE",
    "status": "SIGNED",
    "act": "SIGNED",
    "is_administrator": "on",
    "is_staff": "on",
    "is_superuser": "on",
    "kind_of_account": "CLIENT",
    "affiliation": "CLIENT",
    "verdict": "GO",
    "signed_at": "2031-01-01T00:00:00Z",
    "decided_affiliation": "CLIENT",
    "raised_affiliation": "CLIENT",
    "is_demo": "on",
    "signer_kind": "CLIENT",
}
# What lists may be narrowed by, and the row whose key, code or identifier is sent.
FILTERS = {
    "process": "process",
    "scenario": "scenario",
    "person": "person",
    "course": "course",
    "project": "project",
    "run": "run",
    "snapshot": "snapshot",
    "decision": "decision",
    "department": "department",
    "ids": "scenario",
    "id": "scenario",
    "about": "decision",
    "account": "owner",
    "owner": "owner",
    "tester": "owner",
    "expand": "project",
    "since": "snapshot",
}


def injected(world: World, ask: Ask, names: Collection[str]) -> Iterator[tuple[str, Ask, Ask]]:
    """Yield what is sent, the request with a foreign row, and the same with no row at all.

    `names` are the filters that an address itself declares; pages that declare none are sent
    every name at once.
    """
    actor = ask.actor
    foreign = [place for place in PLACES if place not in actor.reach]
    if ask.is_safe and actor.name in READERS:
        yield from _queries(world, ask, names, foreign[-1])
    elif actor.name in INJECTORS and ask.body is not None and not ask.is_safe:
        for place in foreign:
            yield from _fields(world, ask, place)
            yield from _smuggled(world, ask, place)


def _queries(
    world: World, ask: Ask, names: Collection[str], place: str
) -> Iterator[tuple[str, Ask, Ask]]:
    for name, model, _ in ask.body.keys if ask.body else ():
        row = row_of(world, model, place)
        yield _asked(ask, place, {name: (str(row.pk if row else 0), str(NOBODY))})
    for name in names:
        for pair in _values(world, name, place):
            yield _asked(ask, place, {name: pair})
    if not names and not ask.path.startswith("/api/"):
        for kind in zip(*(_values(world, name, place) for name in FILTERS), strict=True):
            yield _asked(ask, place, dict(zip(FILTERS, kind, strict=True)))
        yield _asked(ask, place, {"q": (WORDS[place], "nobodyx")})


def _values(world: World, name: str, place: str) -> list[tuple[str, str]]:
    """Return how a row is named: by its key, its identifier and its code; and how none is."""
    stock = world.stocks[place]
    row: Any = stock.rows.get(FILTERS.get(name, name)) or stock.owner
    code = getattr(row, "code", "") or getattr(row, "external_id", "")
    public_id, plain = str(row.public_id), row.public_id.hex
    nothing = "0" * 12
    return [
        (str(row.pk), str(NOBODY)),
        (public_id, f"{public_id[:-12]}{nothing}"),
        (code, code.replace(WORDS[place], "nobodyx")[:-4] + "none")
        if code
        else (plain, f"{plain[:-12]}{nothing}"),
    ]


def _asked(ask: Ask, place: str, entries: dict[str, tuple[str, str]]) -> tuple[str, Ask, Ask]:
    def by(which: int) -> Ask:
        chosen = {name: pair[which] for name, pair in entries.items()}
        texts = sorted({*chosen.values(), *map(quote_plus, chosen.values())}, key=len)
        query = urlencode(chosen)
        values = (*ask.values, query, escape(query), *reversed(texts))
        return replace(ask, query=query, values=values)

    return f"?{'+'.join(entries)} of {place}", by(0), by(1)


def _fields(world: World, ask: Ask, place: str) -> Iterator[tuple[str, Ask, Ask]]:
    body = ask.body
    if body is None:
        return
    for name, model, _ in body.keys:
        row = row_of(world, model, place)
        if row is not None:
            yield _sent(ask, body, f"{name} of {place}", {name: row.pk}, {name: NOBODY})
    for name in body.entries:
        held: Any = world.stocks[place].rows.get(name)
        if body.kind == JSON and held is not None:
            code = getattr(held, "code", None) or held.external_id
            missing = code.replace(WORDS[place], "nobodyx")
            yield _sent(ask, body, f"{name} of {place}", {name: code}, {name: missing})


def _smuggled(world: World, ask: Ask, place: str) -> Iterator[tuple[str, Ask, Ask]]:
    body = ask.body
    if body is None:
        return
    stock = world.stocks[place]
    ids = {"organisation": stock.project.organisation_id, "project": stock.project.pk}
    ids["lead"] = stock.lead.pk
    rest = {name: ids[what] for name, what in SMUGGLED.items() if name not in body.entries}
    nobody = dict.fromkeys(rest, NOBODY)
    more = {name: held for name, held in PROMOTED.items() if name not in body.entries}
    yield _sent(ask, body, f"fields nobody asked for, of {place}", rest | more, nobody | more)


def _sent(
    ask: Ask, body: Body, what: str, held: dict[str, Any], missing: dict[str, Any]
) -> tuple[str, Ask, Ask]:
    def with_entries(entries: dict[str, Any]) -> Ask:
        texts = tuple(str(each) for each in entries.values() if isinstance(each, str))
        return replace(ask, body=body.but(**entries), values=(*ask.values, *texts))

    return what, with_entries(held), with_entries(missing)


def row_of(world: World, model: type[Model], place: str) -> Any:
    """Return a row of a table that belongs to a place, or to its client."""
    held = world.owners.of_table(model)
    pk = next((pk for pk, owner in held.items() if owner == place), None) or next(
        (pk for pk, owner in held.items() if owner and owner == place[0]), None
    )
    return model._base_manager.filter(pk=pk).first() if pk else None
