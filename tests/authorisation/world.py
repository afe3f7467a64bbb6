"""Two clients with their projects, a partner that works for both, and rows of every kind."""

import gc
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections

from governance.api.shelf import Shelf
from governance.choices import OrganisationKind, Phase
from governance.models import Organisation, Project
from readiness.models import Snapshot
from readiness.services.evaluation import evaluate_gates
from readiness.services.policies import adopt_policy
from tests.authorisation import (
    accounts,
    called,
    drafted,
    empowered,
    marks,
    packs,
    parties,
    signed,
    steered,
    stock,
)
from tests.authorisation.actors import Actor, actors_of
from tests.authorisation.escalated import fill as fill_escalations
from tests.authorisation.people import A, B, Cast
from tests.authorisation.people import fill as fill_cast
from tests.authorisation.questioned import fill as fill_questions
from tests.authorisation.raided import fill as fill_raid
from tests.databases import migrated_file
from tests.factories import make_project
from tests.signing import LATER

PLACES = {"a1": A, "a2": A, "b1": B}
NAMES = {"a": "zkqwxn", "b": "zkqwyn"}
"""The word in a client's own name, which a partner that works for it may read."""
# No letter of a word stands in a hexadecimal number alone, so that no identifier looks like one.
WORDS = {
    "a": "zkqwxa",
    "an": NAMES["a"],
    "a1": "zkqwxu1",
    "a2": "zkqwxu2",
    "b": "zkqwyb",
    "bn": NAMES["b"],
    "b1": "zkqwyv1",
}


@dataclass(slots=True)
class World:
    """A database file with everything in it, and what the harness knows of it."""

    folder: Path
    file: Path
    actors: list[Actor]
    stocks: dict[str, stock.Stock]
    owners: marks.Owners
    ids: dict[bytes, str] = field(default_factory=dict)
    texts: int = 0
    others: dict[str, Path] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Return somebody by name."""
        return next(actor for actor in self.actors if actor.name == name)


@contextmanager
def built() -> Iterator[World]:
    """Build the world in a folder of its own, and clear it away at the end."""
    shelf = Path("/dev/shm")  # noqa: S108 - a folder of our own is made below it
    with tempfile.TemporaryDirectory(
        prefix="authorisation-", dir=shelf if shelf.is_dir() else None
    ) as name:
        folder = Path(name)
        settings.MEDIA_ROOT = folder / "files"
        file = folder / "world.sqlite3"
        shutil.copyfile(migrated_file(), file)
        use(file)
        with time_machine.travel(LATER, tick=False):
            yield _fill(folder, file)
        connections.close_all()


def _fill(folder: Path, file: Path) -> World:
    cast = _cast()
    fill_cast(cast)
    stocks = {place: _stock(cast, place) for place in PLACES}
    for each in stocks.values():
        _fill_stock(each)
    accounts.fill(cast, stocks)
    owners = owners_of(cast)
    texts = marks.sweep(WORDS, owners)
    for place, each in stocks.items():
        each.project = Project.objects.select_related("organisation").get(pk=each.project.pk)
        adopt_policy(project=each.project)
        judge(each, hours_ago=2)
        signed.sign(each)
        empowered.sign(each)
        stock.print_out(each, judge(each, hours_ago=1))
        packs.fill(each)
        each.rows["project"] = each.project
        for row in each.rows.values():
            row.refresh_from_db()  # its texts carry the words now
        assert WORDS[place] in each.project.name
    signed.offer_policy()
    actors = actors_of(cast)
    drafted.begin(next(each for each in actors if each.name == "sponsor"), stocks["a1"])
    owners = owners_of(cast)
    texts += marks.sweep(WORDS, owners)
    cache.clear()
    settle()
    return World(folder, file, actors, stocks, owners, marks.public_ids(owners), texts)


def _fill_stock(each: stock.Stock) -> None:
    """Write rows of every kind into one project, those that others build on first."""
    for fill in (
        stock.fill,
        called.fill,
        empowered.fill,
        signed.fill,
        steered.fill,
        parties.fill,
        fill_raid,
        fill_questions,
        fill_escalations,
    ):
        fill(each)


def judge(each: stock.Stock, *, hours_ago: int) -> Snapshot:
    """Judge a project, so that no fact is newer than its judgement."""
    at = LATER - timedelta(hours=hours_ago)
    return evaluate_gates(project_ids=[each.project.pk], as_of=at)[0]


def _cast() -> Cast:
    clients = {
        code: Organisation.objects.create(
            name=f"{name} {NAMES[code]}", slug=name.lower(), kind=OrganisationKind.CLIENT
        )
        for code, name in ((A, "Alder"), (B, "Birch"))
    }
    partner = Organisation.objects.create(
        name="Integrators", slug="integrators", kind=OrganisationKind.PARTNER
    )
    projects = {}
    for code, tenant in PLACES.items():
        projects[code] = make_project(
            organisation=clients[tenant],
            slug=f"upgrade-{code}",
            name=f"Upgrade {code} {WORDS[code]}",
            go_live_date=(LATER + timedelta(days=40)).date(),
            phase=Phase.HYPERCARE if code == "b1" else Phase.UAT,  # where a handover is signed
        )
        projects[code].partners.add(partner)
    return Cast(clients, partner, projects)


def _stock(cast: Cast, place: str) -> stock.Stock:
    names = ["project_manager", "sponsor", "process_owner", "department_manager"]
    if place == "a2":
        names = ["other_lead", "other_sponsor", "other_owner", "other_deputy"]
    elif place == "b1":
        names = [f"b_{name}" for name in names]
    lead, sponsor, owner, deputy = (cast.users[name] for name in names)
    return stock.Stock(cast.projects[place], lead, sponsor, owner, deputy)


def owners_of(cast: Cast) -> marks.Owners:
    """Return who owns which row of the database as it is now."""
    return marks.Owners(
        projects={project.pk: code for code, project in cast.projects.items()},
        clients={client.pk: code for code, client in cast.clients.items()},
    )


def settle() -> None:
    """Write everything into the file itself, so that it can be copied."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()


def use(file: Path) -> None:
    """Go on with another database file; nothing that was kept in memory of the last stays."""
    connections.close_all()
    connection.settings_dict["NAME"] = str(file)
    connections.settings["default"]["NAME"] = str(file)
    # not isinstance: lazy objects that lie around would wake up
    _shelves[:] = [each for each in gc.get_objects() if type(each) is Shelf]
    forget()


def forget() -> None:
    """Empty what this process keeps in memory between two requests."""
    cache.clear()
    for shelf in _shelves:
        shelf._texts.clear()


_shelves: list[Shelf] = []
