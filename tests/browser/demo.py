"""The demo behind the live server: loaded once a run, a fresh copy of it for each test."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from governance.choices import JobState
from governance.models import Job, Project, User
from governance.tasks import run_job
from readiness.management.demo.plans import HERO
from readiness.services.evaluation import evaluate_gates
from readiness.services.following import follow_changes
from tests import databases
from tests.browser.rows import add_missing_rows

CLIENT = "halden.example"
OTHER_CLIENT = "fjordline.example"
# Enough for every page to have its rows; the whole demo has ninety.
FEW_NIGHTS = 2
ALL_NIGHTS = 90


@dataclass(frozen=True, slots=True)
class Demo:
    """What a test may ask of the demo."""

    @property
    def hero(self) -> Project:
        """Return the upgrade that the demo is about."""
        return Project.objects.get(slug=HERO.slug)

    def account(self, name: str, *, at: str = CLIENT) -> User:
        """Return an account by the first part of its address: sponsor, pm, owner …"""
        return User.objects.get(email=f"{name}@{at}")

    def let_the_worker_work(self) -> None:
        """Do what the worker and the schedule of a running product would have done by now."""
        waiting = Job.objects.filter(state=JobState.PENDING).order_by("created_at")
        for job in waiting:
            run_job.apply(args=(job.pk,))
        follow_changes(now=timezone.now(), judge=evaluate_gates)

    def let_codes_run_out(self) -> None:
        """Let a while pass: an authenticator shows another code, and used ones are forgotten."""
        cache.clear()
        for app in Authenticator.objects.filter(type=Authenticator.Type.TOTP):
            app.data.pop("spent", None)
            app.save(update_fields=["data"])


@contextmanager
def kept_demo(folder: Path, *, nights: int) -> Iterator[Path]:
    """Load the demo into this worker's database, keep it as a file, and leave the database new."""
    kept = folder / "demo.sqlite3"
    with override_settings(DEMO_MODE=True, MEDIA_ROOT=files_of(kept)):
        call_command("load_demo", nights=nights, stdout=io.StringIO())
        demo = Demo()
        add_missing_rows(
            project=demo.hero, manager=demo.account("pm"), sponsor=demo.account("sponsor")
        )
        demo.let_the_worker_work()
    databases.own_file().keep(kept)
    databases.own_file().take()
    yield kept
    kept.unlink(missing_ok=True)


def files_of(kept: Path) -> Path:
    """Return the folder of the files that belong to a kept demo."""
    return kept.parent / "files"


def lay_demo(kept: Path) -> Demo:
    """Put a fresh copy of the kept demo in place of this worker's database."""
    databases.own_file().lay(kept)
    cache.clear()
    return Demo()


def enter(page: Page, *, as_whom: str) -> None:
    """Come in through the demo's door with one click, as anybody would."""
    page.goto("/accounts/login/")
    page.get_by_role("listitem").filter(has_text=as_whom).get_by_role("button").click()
    expect(page).not_to_have_url(re.compile("/accounts/"))
