"""Who raised an escalation, and with which words, is known to those who may know, and to no other.

Everybody else is shown every page, every REST answer as JSON and as CSV, the record's sheet and
its pack before and after: the raiser's name and number stand nowhere more often than before.
"""

import io
import json
import logging
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import structlog
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from time_machine import TimeMachineFixture

from governance.choices import Role
from governance.models import Escalation, Notice, User
from governance.services.climbing import climb_all
from governance.services.escalations import answer
from readiness.config.logs import logging_to_stdout
from readiness.tasks import sweep_digests
from reports.exports.packs import export_record
from tests.factories import join, make_user
from tests.flows.every_address import every_address
from tests.flows.test_working_pages import fill
from tests.signing import LATER, Desk, make_desk
from tests.wire import Caller

pytestmark = pytest.mark.django_db
NAME = "Quill Harrowgate"
REASON = "My own chief forbids the tests."
ANSWER = "I have spoken with that chief."
SAFE = ("json", "csv")
LEFT_OUT = {"api:schema-show", "i18n-set", "account_logout", "api:docs-show"}


@dataclass(frozen=True, slots=True)
class Scene:
    """The desk, and who is about to escalate its process."""

    desk: Desk
    raiser: User

    @property
    def others(self) -> list[User]:
        """Return one of each kind of reader who may not know."""
        cast = self.desk.cast
        return [cast.auditor, cast.consultant, cast.business_user, cast.administrator]

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what tells who it was."""
        return (NAME, str(self.raiser.public_id), self.raiser.email)

    def escalate(self, client: Client) -> Escalation:
        """Let the raiser escalate the process on its page, and the project manager answer late."""
        client.force_login(self.raiser)
        project = self.desk.cast.project
        address = reverse("governance:escalation-add", args=[project.public_id])
        about = f"{address}?noun=process&id={self.desk.process.public_id}"
        answered = client.post(about, {"reason": REASON, "rung": "PROJECT_MANAGER"})
        assert answered.status_code == 302
        return Escalation.objects.latest("pk")


@pytest.fixture
def scene(db: None, time_machine: TimeMachineFixture, settings: Settings, tmp_path: Any) -> Scene:
    """Return a project with a row of everything, as it is before somebody escalates."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    desk = make_desk()
    fill(desk)
    raiser = make_user(organisation=desk.cast.client, name=NAME)
    join(project=desk.cast.project, user=raiser, role=Role.IT)
    time_machine.move_to(LATER, tick=False)
    return Scene(desk, raiser)


def told_to(reader: User, scene: Scene) -> dict[str, str]:
    """Return every page and REST answer that somebody is shown, by address."""
    client, caller = Client(raise_request_exception=False), Caller.of(reader)
    found = {}
    for address in every_address(scene.desk.cast.project):
        if address.name in LEFT_OUT:
            continue
        if address.name.startswith("api:"):
            below = address.path.removeprefix("/api/v1/")
            for kind in SAFE:
                shown = caller.get(f"{below}?format={kind}" if kind == "csv" else below)
                found[f"{address.name} {kind}"] = _text(shown)
        else:
            client.force_login(reader)
            found[address.name] = _text(client.get(address.path))
    return found


def _text(response: Any) -> str:
    body = response.getvalue() if response.streaming else response.content
    return bytes(body).decode(errors="replace")


def pack_of(scene: Scene) -> str:
    """Return everything in the exported record, as text."""
    pack = export_record(project=scene.desk.cast.project, exported_by=scene.desk.cast.auditor)
    archive = zipfile.ZipFile(io.BytesIO(pack.content))
    return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def telling(texts: dict[str, str], scene: Scene) -> Counter[tuple[str, str]]:
    """Count what tells who it was, by address."""
    return Counter(
        {
            (name, secret): text.count(secret)
            for name, text in texts.items()
            for secret in scene.secrets
            if secret in text
        }
    )


@pytest.mark.slow
class TestWhoEscalated:
    def test_is_told_to_nobody_else_on_any_page_or_in_any_export(
        self, client: Client, scene: Scene, time_machine: TimeMachineFixture
    ) -> None:
        # a reader's own sessions and tokens grow with each look: the first is for nothing
        before = {reader: telling(told_to(reader, scene), scene) for reader in scene.others}
        packed = pack_of(scene)
        escalation = scene.escalate(client)
        climb_all(at=LATER + timedelta(days=2))
        sponsor = scene.desk.cast.sponsor
        answer(
            escalation=escalation,
            text=ANSWER,
            answered_by=sponsor,
            answered_at=LATER + timedelta(days=2),
        )
        time_machine.move_to(LATER + timedelta(days=3), tick=False)
        for reader in scene.others:
            texts = told_to(reader, scene)
            assert telling(texts, scene) == before[reader], reader.name
            assert not [name for name, text in texts.items() if REASON in text or ANSWER in text]
        after = pack_of(scene)
        for secret in scene.secrets:
            assert after.count(secret) == packed.count(secret)
        assert REASON not in after
        assert ANSWER not in after
        assert escalation.salt not in after

    def test_is_told_to_those_who_answer_and_to_whoever_it_was(
        self, client: Client, scene: Scene
    ) -> None:
        escalation, cast = scene.escalate(client), scene.desk.cast
        rows = [cast.project.public_id, escalation.public_id]
        address = reverse("governance:escalation-detail", args=rows)
        below = reverse("api:escalation-show", args=rows).removeprefix("/api/v1/")
        for reader in (cast.project_manager, cast.sponsor, scene.raiser):
            client.force_login(reader)
            page = client.get(address).content.decode()
            assert NAME in page
            assert REASON in page
            assert Caller.of(reader).get(below).json()["raised_by"] == NAME
        for reader in scene.others:
            client.force_login(reader)
            page = client.get(address).content.decode()
            assert NAME not in page.replace(reader.name, "")
            assert REASON not in page
            shown = Caller.of(reader).get(below).json()
            assert (shown["raised_by"], shown["reason"], shown["answer"]) == (None, None, None)

    def test_stands_in_no_notice_and_in_no_mail(
        self, client: Client, scene: Scene, time_machine: TimeMachineFixture
    ) -> None:
        scene.escalate(client)
        climb_all(at=LATER + timedelta(days=2))
        time_machine.move_to(LATER + timedelta(days=3), tick=False)
        sweep_digests()
        rows = Notice.objects.filter(subject_noun="escalation").values("title", "key", "terms")
        said = json.dumps(list(rows), default=str)
        others = [each for each in mail.outbox if scene.raiser.email not in each.to]
        assert others
        mails = "".join(f"{each.subject}{each.body}{each.message()}" for each in others)
        for secret in (*scene.secrets[:2], REASON):
            assert secret not in said
            assert secret not in mails

    def test_is_counted_and_ordered_by_nobody(self, client: Client, scene: Scene) -> None:
        """No page or answer takes the raiser for a filter, an order or a group."""
        scene.escalate(client)
        cast = scene.desk.cast
        address = reverse("api:escalation-list", args=[cast.project.public_id])
        below = address.removeprefix("/api/v1/")
        for asked in ("raised_by", "ordering", "order"):
            refused = Caller.of(cast.sponsor).get(f"{below}?{asked}={scene.raiser.public_id}")
            assert refused.status_code == 400, asked
        page = reverse("governance:escalation-list", args=[cast.project.public_id])
        for reader in (cast.sponsor, cast.auditor):
            client.force_login(reader)
            assert NAME not in client.get(f"{page}?q=Quill").content.decode()
            assert NAME not in client.get(f"{page}?only=raised").content.decode()


@pytest.fixture(params=["json", "plain"])
def lines(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """Catch every line that the product writes to its log."""
    written, root = StringIO(), logging.getLogger()
    before = structlog.get_config()
    shape: Any = logging_to_stdout(level="INFO", shape=request.param)["formatters"]["lines"]
    stream = logging.StreamHandler(written)
    stream.setFormatter(
        shape["()"](foreign_pre_chain=shape["foreign_pre_chain"], processors=shape["processors"])
    )
    level = root.level
    root.addHandler(stream)
    root.setLevel(logging.INFO)
    yield written
    root.setLevel(level)
    root.removeHandler(stream)
    structlog.configure(**before)


class TestTheLog:
    def test_does_not_say_whose_request_it_was(
        self, client: Client, scene: Scene, lines: StringIO
    ) -> None:
        scene.escalate(client)
        client.get(reverse("governance:token-list"))
        told = lines.getvalue().splitlines()
        about = [line for line in told if "/escalations/new/" in line]
        assert len(about) >= 2
        assert not [line for line in about if "user_id" in line or "user_agent" in line]
        assert any("user_id" in line for line in told if "/tokens/" in line)
        assert REASON not in lines.getvalue()
