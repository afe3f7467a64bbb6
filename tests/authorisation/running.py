"""Walk the matrix: every address, method, actor and choice of rows, one after another."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import time_machine
from django.conf import settings
from django.db import transaction

from governance.permissions.table import methods_of
from tests.authorisation import bodies, rules
from tests.authorisation.actors import Actor
from tests.authorisation.addresses import (
    METHODS,
    Address,
    NotTaught,
    addresses,
    fill,
    places_of,
    twin_of,
    value_of,
)
from tests.authorisation.asking import SAFE, Answer, Ask, Desk
from tests.authorisation.bodies import Body
from tests.authorisation.comparing import apart
from tests.authorisation.injecting import injected
from tests.authorisation.interfering import WITNESSES, Heard, again, heard
from tests.authorisation.judging import Cell, Judge, Leak, is_reachable
from tests.authorisation.state import State
from tests.authorisation.world import PLACES, World, use
from tests.signing import LATER

# Whoever asks by a method that nothing answers here: one of each kind is enough.
FEW = (
    *("project_manager", "auditor", "stranger", "b_sponsor", "shared@a", "closed", "anonymous"),
    *("project_manager token(read+push)", "b_project_manager token(read+push)"),
    *("shared token(read+push)@a", "auditor token(read+push)", "closed token(read+push)"),
)
# Addresses whose answer says the state of the machine, not of anybody's rows.
MOVED_BY_ITSELF = {"readiness:health-ready", "api:unknown"}
FEW_CHOICES = ("-", "own", "random", "b1")
NOT_ALLOWED = 405
# Who is asked for the form of a page: those who may fill most of them in.
ASKED_FIRST = {"SPONSOR", "PROJECT_MANAGER", "PROCESS_OWNER"}
MOST_ASKED = 3


@dataclass(slots=True)
class Plan:
    """The world, its addresses, and what is sent to each, for every worker alike."""

    world: World
    addresses: list[Address]
    bodies: dict[tuple[str, str], Body | None] = field(default_factory=dict)
    untaught: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """What a walk found: cells, leaks, and which addresses and methods opened to somebody."""

    cells: int = 0
    leaks: list[Leak] = field(default_factory=list)
    covered: set[str] = field(default_factory=set)
    opened: Counter[str] = field(default_factory=Counter)
    oracles: Counter[str] = field(default_factory=Counter)
    untaught: list[str] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Take over what another worker found."""
        self.cells += other.cells
        self.leaks += other.leaks
        self.covered |= other.covered
        self.opened += other.opened
        self.oracles += other.oracles
        self.untaught += other.untaught


def plan_for(world: World, *, names: Collection[str] = ()) -> Plan:
    """Read the resolver and fill every form in, with the product as it is."""
    plan = Plan(world, [each for each in addresses() if not names or each.name in names])
    with transaction.atomic():
        for address in plan.addresses:
            for place in PLACES:
                try:
                    plan.bodies[address.template, place] = _body_of(world, address, place)
                except NotTaught as gap:
                    plan.untaught.append(str(gap))
        transaction.set_rollback(True)  # refusals on the way to a form are told of in the log
    return plan


def never_opened(plan: Plan, outcome: Outcome) -> list[str]:
    """Return what is there to be sent to, and took nothing from anybody."""
    return [
        f"{method} {address.name} {address.template}"
        for address in plan.addresses
        for method in methods_of(address.name)
        if method not in SAFE and not outcome.opened[f"{method} {address.template}"]
        if address.name not in rules.TAKES_NOTHING and "?" not in address.template
    ]


def _body_of(world: World, address: Address, place: str) -> Body | None:
    stock = world.stocks[place]
    if address.name in bodies.PLAIN:
        return Body(bodies.PLAIN[address.name](stock))
    if address.is_rest:
        return bodies.rest_body(address.name, stock)
    insiders = [
        actor
        for actor in world.actors
        if place in actor.reach and actor.cookie and not actor.is_partner
    ]
    if not insiders:
        return None
    path = fill(world, address, actor=insiders[0], places=dict.fromkeys(address.fields, place))
    insiders.sort(key=lambda actor: actor.roles.isdisjoint(ASKED_FIRST))
    most = MOST_ASKED if "POST" in methods_of(address.name) else 1
    administrators = [actor for actor in insiders if actor.is_administrator]
    asked = [*insiders[:most], *administrators]
    cookies = [(settings.SESSION_COOKIE_NAME, actor.cookie) for actor in asked]
    return bodies.page_body(address.name, path, cookies)


@contextmanager
def at_the_desk(file: Path) -> Iterator[Desk]:
    """Open a world's file at its moment; whatever is written is undone."""
    use(file)
    with time_machine.travel(LATER, tick=False), transaction.atomic():
        yield Desk(State())
        transaction.set_rollback(True)


class Enough(Exception):
    """Say that a walk that was to find one leak has found one."""


class Walk:
    """Ask everything about one address after another."""

    def __init__(self, plan: Plan, desk: Desk) -> None:
        """Start with nothing found."""
        self.plan = plan
        self.desk = desk
        self.judge = Judge(plan.world)
        self.known = frozenset(plan.world.ids)
        self.heard: list[Heard] = []
        self.stops_early = False
        self.only: frozenset[str] = frozenset()
        self.outcome = Outcome()

    def address(self, address: Address) -> None:
        """Ask an address by every method, as everybody, about every choice of rows."""
        try:
            self._every_method(address)
        except NotTaught as gap:
            self.outcome.untaught.append(str(gap))
        else:
            self.outcome.covered.add(address.template)

    def _every_method(self, address: Address) -> None:
        for method in METHODS:
            is_answered = self._is_answered(address, method)
            few = not is_answered or method == "HEAD"
            for actor in self._actors(address, few=few):
                self._as(actor, address, method, few=not is_answered)

    def _actors(self, address: Address, *, few: bool) -> list[Actor]:
        return [
            actor
            for actor in self.plan.world.actors
            if (not few or actor.name in FEW)
            and (not self.only or actor.name in self.only)
            and (actor.name in FEW or actor.speaks_by_token == address.is_rest)
        ]

    def _is_answered(self, address: Address, method: str) -> bool:
        """Say whether anything answers a method here, asked by those who may the most."""
        names = ("project_manager", "administrator", "project_manager token(read+push)")
        for actor in map(self.plan.world.actor, names):
            if actor.speaks_by_token == address.is_rest:
                cell = next(self._cells(address, actor, method))
                if self.desk.ask(cell.ask).status != NOT_ALLOWED:
                    return True
        return False

    def _as(self, actor: Actor, address: Address, method: str, *, few: bool) -> None:
        seen: dict[str, tuple[Cell, Answer]] = {}
        for cell in self._cells(address, actor, method):
            if few and cell.choice not in FEW_CHOICES:
                continue
            answer = self.look(cell)
            seen[cell.choice] = (cell, answer)
            if cell.ask.body is not None and cell.choice in PLACES:
                self.look(replace(cell, ask=self._with_their_body(cell)))
            if not few and method != "HEAD" and cell.choice in {"-", "own"}:
                self._more(cell, answer)
        for cell, answer in seen.values():
            twin = seen.get(twin_of(cell.choice))
            is_own_project = cell.places.get("project") in actor.reach - {actor.home}
            if is_own_project or cell.choice == "own" or is_reachable(cell):
                continue  # the project is there for this account; only its row is not
            if twin is not None:
                self.outcome.oracles["404 rule"] += 1
                self.outcome.leaks += apart(cell, answer, twin=twin[0], of_twin=twin[1])

    def _more(self, cell: Cell, answer: Answer) -> None:
        """Go on from a valid request: without its token, with foreign rows, and for next door."""
        if cell.ask.actor.name in WITNESSES and cell.address.name not in MOVED_BY_ITSELF:
            self.heard.append(heard(cell, answer, self.known))
        if not cell.ask.is_safe and not cell.address.is_rest and answer.is_open:
            self.look(replace(cell, ask=replace(cell.ask, checks_csrf=True), choice="no token"))
        for what, ask, missing in injected(self.plan.world, cell.ask, cell.address.filters):
            one = replace(cell, ask=ask, choice=what)
            other = replace(cell, ask=missing, choice=f"no {what}")
            found, of_other = self.look(one), self.look(other)
            self.outcome.oracles["injected"] += 1
            self.outcome.leaks += apart(one, found, twin=other, of_twin=of_other, loosely=True)
            if ask.actor.name in WITNESSES and "token" not in ask.actor.name:
                self.heard.append(heard(one, found, self.known))

    def next_door(self, name: str) -> None:
        """Ask again, in another world, what its witnesses were asked."""
        questions = [each for each in self.heard if WITNESSES[each.cell.ask.actor.name] == name]
        self.outcome.cells += len(questions)
        self.outcome.oracles["non-interference"] += len(questions)
        self.outcome.leaks += again(self.desk, questions, self.known)

    def _with_their_body(self, cell: Cell) -> Ask:
        return replace(cell.ask, body=self.plan.bodies[cell.address.template, cell.choice])

    def look(self, cell: Cell) -> Answer:
        """Ask one question and note what is wrong with the answer.

        :raises Enough: one leak is enough for this walk, and there is one.
        """
        if self.stops_early and self.outcome.leaks:
            raise Enough
        answer = self.desk.ask(cell.ask)
        self.outcome.cells += 1
        self.outcome.leaks += self.judge.leaks(cell, answer)
        if answer.is_open:
            self.outcome.opened[f"{cell.ask.method} {cell.address.template}"] += 1
        return answer

    def _cells(self, address: Address, actor: Actor, method: str) -> Iterator[Cell]:
        world = self.plan.world
        for choice, places in places_of(address, actor):
            values = tuple(
                value_of(world, address, name, actor, places[name]) for name in address.fields
            )
            ask = Ask(
                actor=actor,
                method=method,
                path=fill(world, address, actor=actor, places=places),
                values=values,
                body=self.plan.bodies.get((address.template, actor.home)),
                query=bodies.ASKED.get(address.name, ""),
            )
            yield Cell(address, ask, choice, places)
