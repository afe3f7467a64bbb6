"""Walk the matrix: every address, method, actor and choice of rows, one after another."""

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import time_machine
from django.conf import settings
from django.db import transaction

from tests.authorisation import bodies
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
from tests.authorisation.asking import Answer, Ask, Desk
from tests.authorisation.bodies import Body
from tests.authorisation.judging import Cell, Judge, Leak, apart, is_reachable
from tests.authorisation.state import State
from tests.authorisation.world import PLACES, World, use
from tests.signing import LATER

# Whoever asks by a method that nothing answers here: one of each kind is enough.
FEW = (
    *("project_manager", "auditor", "stranger", "b_sponsor", "shared@a", "closed", "anonymous"),
    *("project_manager token(read+push)", "b_project_manager token(read+push)"),
    *("shared token(read+push)@a", "auditor token(read+push)", "closed token(read+push)"),
)
FEW_CHOICES = ("-", "own", "random", "b1")
NOT_ALLOWED = 405


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

    def add(self, other: "Outcome") -> None:
        """Take over what another worker found."""
        self.cells += other.cells
        self.leaks += other.leaks
        self.covered |= other.covered
        self.opened += other.opened
        self.oracles += other.oracles


def plan_for(world: World, *, names: Collection[str] = ()) -> Plan:
    """Read the resolver and fill every form in, with the product as it is."""
    plan = Plan(world, [each for each in addresses() if not names or each.name in names])
    for address in plan.addresses:
        for place in PLACES:
            try:
                plan.bodies[address.template, place] = _body_of(world, address, place)
            except NotTaught as gap:
                plan.untaught.append(str(gap))
    return plan


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
    cookies = [(settings.SESSION_COOKIE_NAME, actor.cookie) for actor in insiders]
    return bodies.page_body(address.name, path, cookies)


@contextmanager
def at_the_desk(world: World) -> Iterator[Desk]:
    """Open the world's file at its moment; whatever is written is undone."""
    use(world.file)
    with time_machine.travel(LATER, tick=False), transaction.atomic():
        yield Desk(State())
        transaction.set_rollback(True)


class Walk:
    """Ask everything about one address after another."""

    def __init__(self, plan: Plan, desk: Desk) -> None:
        """Start with nothing found."""
        self.plan = plan
        self.desk = desk
        self.judge = Judge(plan.world)
        self.outcome = Outcome()

    def address(self, address: Address) -> None:
        """Ask an address by every method, as everybody, about every choice of rows."""
        for method in METHODS:
            is_answered = self._is_answered(address, method)
            for actor in self._actors(address, few=not is_answered or method == "HEAD"):
                self._as(actor, address, method, few=not is_answered)
        self.outcome.covered.add(address.template)

    def _actors(self, address: Address, *, few: bool) -> list[Actor]:
        return [
            actor
            for actor in self.plan.world.actors
            if (not few or actor.name in FEW)
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
        for cell, answer in seen.values():
            twin = seen.get(twin_of(cell.choice))
            if twin is not None and cell.choice != "own" and not is_reachable(cell):
                self.outcome.oracles["404 rule"] += 1
                self.outcome.leaks += apart(cell, answer, *twin)

    def _with_their_body(self, cell: Cell) -> Ask:
        return replace(cell.ask, body=self.plan.bodies[cell.address.template, cell.choice])

    def look(self, cell: Cell) -> Answer:
        """Ask one question and note what is wrong with the answer."""
        answer = self.desk.ask(cell.ask)
        self.outcome.cells += 1
        self.outcome.leaks += self.judge.leaks(cell, answer)
        if answer.is_open:
            self.outcome.opened[f"{cell.ask.method} {cell.address.name}"] += 1
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
