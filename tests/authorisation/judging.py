"""Four oracles: the status, the words of others, what was written, and the world next door."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from governance.permissions.act import Door
from governance.permissions.table import rule_of
from tests.authorisation import marks, rules
from tests.authorisation.actors import Actor
from tests.authorisation.addresses import NOWHERE, Address
from tests.authorisation.asking import UUID, Answer, Ask
from tests.authorisation.state import Change
from tests.authorisation.world import WORDS, World

ALWAYS_REFUSED = frozenset({"PUT", "PATCH", "DELETE"})
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Cell:
    """One request to be checked: an address, a method, somebody, and a choice of rows."""

    address: Address
    ask: Ask
    choice: str
    places: dict[str, str]
    twin: str = ""

    def __str__(self) -> str:
        """Say who asked what of which row."""
        name = f"{self.ask.method} {self.address.name} ({self.choice})"
        return f"{name} as {self.ask.actor.name}: {self.ask.path}{_behind(self.ask.query)}"


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that somebody got or did that was not theirs."""

    cell: str
    oracle: str
    what: str

    def __str__(self) -> str:
        """Say it on one line."""
        return f"LEAK [{self.oracle}] {self.cell}: {self.what}"


def _behind(query: str) -> str:
    return f"?{query}" if query else ""


@lru_cache(maxsize=512)
def allowed_owners(actor: Actor) -> frozenset[str]:
    """Return whose rows somebody may see: its projects', and its client's people."""
    if not actor.is_in:
        return frozenset({marks.SHARED})
    if not actor.is_partner:
        return frozenset({marks.SHARED, actor.tenant, f"{actor.tenant}n", *actor.reach})
    held = {marks.SHARED, *actor.works_for}
    if actor.reach:
        held |= {actor.tenant, *actor.reach}
    return frozenset(held)


@lru_cache(maxsize=512)
def forbidden_words(actor: Actor) -> re.Pattern[bytes]:
    """Return the words that nothing may carry that is for this actor."""
    allowed = allowed_owners(actor)
    words = [word for owner, word in WORDS.items() if owner not in allowed]
    return re.compile("|".join(map(re.escape, words)).encode(), re.IGNORECASE)


def is_reachable(cell: Cell) -> bool:
    """Say whether the actor may come near the rows of the choice at all."""
    actor, places = cell.ask.actor, cell.places
    if not places:
        return True
    held = set(places.values())
    if len(held) > 1 or NOWHERE in held:
        return False
    (place,) = held
    if set(cell.address.children) & OF_CLIENTS:
        return place[0] == actor.tenant and actor.is_administrator and not actor.is_partner
    if cell.address.is_in_project or set(cell.address.children) & IN_PROJECTS:
        return place in actor.reach
    return place == actor.home


OF_CLIENTS = {"account", "invitation"}
"""Rows of a client's accounts, which its own administrator reaches."""
IN_PROJECTS = {"run"}
"""Rows of projects whose address names no project."""


class Judge:
    """Look at one answer after another."""

    def __init__(self, world: World) -> None:
        """Remember whose is what."""
        self.world = world

    def leaks(self, cell: Cell, answer: Answer) -> Iterator[Leak]:
        """Yield what is wrong with an answer by itself."""
        for oracle, found in (
            ("status", self._status(cell, answer)),
            ("browser", _defences(answer)),
            ("canary", self._words(cell, answer)),
            ("state", self._writes(cell, answer)),
        ):
            yield from (Leak(str(cell), oracle, what) for what in found)

    def _status(self, cell: Cell, answer: Answer) -> Iterator[str]:
        if answer.status >= SERVER_ERROR and not cell.address.name.startswith("readiness:health"):
            yield f"answered {answer.status}"
        if answer.is_open:
            why = _why_closed(cell)
            if why:
                yield f"answered {answer.status} {why}"

    def _words(self, cell: Cell, answer: Answer) -> Iterator[str]:
        if cell.address.name in rules.BY_LINK:
            return  # it was written to whoever holds the link
        told = b"\n".join(
            [answer.text, answer.mails, *(held.encode() for held in answer.headers.values())]
        )
        said, allowed = cell.ask.said, allowed_owners(cell.ask.actor)
        for found in forbidden_words(cell.ask.actor).finditer(told):
            if found[0] not in said:
                yield f"says {around(told, found.start())!r}"
                break
        for number in set(UUID.findall(told)):
            owner = self.world.ids.get(number, marks.SHARED)
            if cell.address.name in rules.NAMES_CLIENTS and f"{owner}n" in allowed:
                continue
            if owner not in allowed and number not in said:
                yield f"names {number.decode()} of {owner}"
                break

    def _writes(self, cell: Cell, answer: Answer) -> Iterator[str]:
        for change in answer.changes:
            if cell.ask.is_safe and not change.is_bookkeeping:
                yield f"a look wrote: {change}"
            elif not change.is_bookkeeping:
                yield from self._write(cell, change)

    def _write(self, cell: Cell, change: Change) -> Iterator[str]:
        actor, owner = cell.ask.actor, self._owner(change)
        own = _own_column(change)
        is_own = own is not None and actor.pk and change.row.get(own) == actor.pk
        if (cell.address.name, change.label) in rules.AT_THE_DOOR:
            return
        if not is_own and owner not in allowed_owners(actor):
            yield f"wrote a row of {owner}: {change}"
        yield from self._links(actor, change)
        yield from _doers(actor, change)
        if is_own:
            return
        if own is not None and _is_taken_away(actor, change):
            return
        if not actor.is_in or (own is not None and change.label not in {"governance.User"}):
            yield f"wrote a row of somebody else: {change}"
        yield from _roles(actor, change)

    def _owner(self, change: Change) -> str:
        return self.world.owners.of_row(change.model, change.row)

    def _links(self, actor: Actor, change: Change) -> Iterator[str]:
        """Yield the columns of a written row that lead to a row of somebody else."""
        allowed, moved = allowed_owners(actor), change.moved
        for key in marks.foreign_keys(change.model):
            if moved.get(key.attname) is None or change.row.get(key.attname) is None:
                continue
            owner = self.world.owners.of_table(key.related_model).get(moved[key.attname], "")
            if owner not in allowed:
                yield f"{change} leads by {key.name} to a row of {owner}"


def _defences(answer: Answer) -> Iterator[str]:
    """Yield what a browser is not told that it must be, and where it is sent away from here."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    policy = answer.headers.get("content-security-policy", "")
    if kind == "text/html" and ("object-src 'none'" not in policy or "unsafe" in policy):
        yield f"sends a page with the policy {policy[:60]!r}"
    if answer.text and answer.headers.get("x-content-type-options") != "nosniff":
        yield "lets a browser guess what the answer is"
    if answer.location.startswith(("http:", "https:", "//")):
        yield f"leads away to {answer.location}"
    is_file = kind.startswith(("image/", "application/pdf", "application/octet")) or kind in FILES
    if is_file and not answer.headers.get("content-disposition", "").startswith("attachment"):
        yield f"shows a file of the kind {kind} in the page's own place"


def _why_closed(cell: Cell) -> str:
    """Say why an address must not have opened; empty where it may."""
    ask, name = cell.ask, cell.address.name
    by_session = cell.address.is_rest and not ask.actor.speaks_by_token
    for closed, why in (
        (ask.method in ALWAYS_REFUSED and not cell.address.is_rest, f"to {ask.method}"),
        (name not in rules.PUBLIC and not ask.actor.is_in, "to somebody who is not signed in"),
        (
            name not in rules.PUBLIC and not is_reachable(cell),
            "about rows that are not there for this account",
        ),
        (
            ask.actor.is_partner and bool({name, f"{name} {ask.method}"} & rules.CLIENTS_ONLY),
            "to a partner",
        ),
        (not _may(cell), "to a role that the policy keeps out"),
        (
            ask.checks_csrf and name not in rules.SENT_BY_MAIL_SERVERS,
            "to a form without its token",
        ),
        (by_session and name not in rules.DESCRIPTIONS, "to a session"),
    ):
        if closed:
            return why
    return ""


def _may(cell: Cell) -> bool:
    """Say by the rows of the policy table whether the roles of the actor may do this."""
    rule = rule_of(cell.address.name, method=cell.ask.method)
    if rule is None:
        return False
    act, actor = rule.act, cell.ask.actor
    if act.door is Door.ADMINISTRATOR:
        return actor.is_administrator
    if act.door is not Door.PROJECT or not cell.address.is_in_project:
        return True
    by_administration = actor.is_administrator and not actor.is_partner and act.administrators
    by_role = bool(actor.roles & act.roles) and (act.partner or not actor.is_partner)
    return by_administration or by_role or act.asks_no_role


FILES = {"text/csv", "application/zip", "image/svg+xml"}


def _is_taken_away(actor: Actor, change: Change) -> bool:
    """Say whether an administrator took something from an account; whose was looked at before."""
    columns = rules.TAKEN_AWAY.get(change.label)
    if columns is None or not actor.is_administrator:
        return False
    return change.after is None or (change.before is not None and set(change.moved) <= columns)


def _doers(actor: Actor, change: Change) -> Iterator[str]:
    """Yield the columns that say somebody else did it."""
    for name in rules.DOERS:
        held = change.moved.get(name)
        if held is not None and held != actor.pk:
            yield f"{change} says by {name} that account {held} did it"


def _own_column(change: Change) -> str | None:
    """Return the column that names whose own affair a change is; None where it is anybody's."""
    moved = change.moved if change.before else {}
    found = [rules.PERSONAL_COLUMNS.get((change.label, name)) for name in moved]
    return next(filter(None, found), rules.PERSONAL_ROWS.get(change.label))


def _wanted(change: Change) -> Collection[str] | None:
    """Return who may bring a row into being; None where everybody may who works there."""
    kind = str(change.row.get("kind", ""))
    if change.label == "governance.Signoff":
        return {*rules.SIGNERS[kind], *(rules.DELEGATES if change.row["delegation_id"] else ())}
    if change.label == "governance.RecordEntry":
        return rules.DEEDS.get(kind)
    return rules.BUSINESS_ROWS.get(change.label)


def _is_partners_own(change: Change) -> bool:
    is_entry = change.label == "governance.RecordEntry"
    return change.label in rules.PARTNERS_OWN or (
        is_entry and change.row["kind"] in rules.PARTNERS_DEEDS
    )


def _roles(actor: Actor, change: Change) -> Iterator[str]:
    held = {*actor.roles, *([rules.ADMINISTRATOR] if actor.is_administrator else [])}
    wanted = _wanted(change)
    if wanted is not None and change.before is None:
        if actor.is_partner and not _is_partners_own(change):
            yield f"a partner wrote {change}"
        elif not held & set(wanted):
            yield f"{sorted(held) or 'nobody'} wrote {change}"
    elif change.label not in rules.ASKED_FOR and not held - {"AUDITOR"}:
        yield f"{sorted(held) or 'nobody'} wrote {change}"
    if actor.is_partner and change.row.get("affiliation") == "CLIENT":
        yield f"a partner wrote as the client: {change}"
    pushes = actor.speaks_by_token and change.label not in rules.ASKED_FOR
    if pushes and "PUSH" not in actor.scopes:
        yield f"a token without PUSH wrote {change}"


def around(text: bytes, at: int) -> str:
    """Return what stands around a place of a text."""
    return text[max(0, at - 40) : at + 60].decode(errors="replace")
