"""The health of a process, with its parts there and away."""

import pytest
from django.db import DatabaseError
from django.utils import timezone
from pytest_django import Settings

from governance.services.record_checks import note_check
from governance.services.verifying import Verification
from readiness.pages import health
from tests import servers
from tests.factories import make_project


@pytest.mark.django_db
class TestLookAfterHealth:
    def test_is_ready_on_a_migrated_database(self) -> None:
        assert health.look_after_health().is_ready

    def test_is_not_ready_without_its_database(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_: object) -> None:
            raise DatabaseError

        monkeypatch.setattr(health, "MigrationExecutor", fail)
        assert health.look_after_health().as_answer() == {
            "database": False,
            "migrations": False,
            "queue": True,
            "record": "unverified",
            "ready": False,
        }

    def test_says_whether_every_record_verified(self) -> None:
        said = []
        project = make_project()
        for findings in (None, (), ("entry 1: its text was changed",)):
            if findings is not None:
                found = Verification(project=project, size=1, findings=findings)
                note_check(found, moment=timezone.now())
            said.append(health.look_after_health().as_answer()["record"])
        assert said == ["unverified", "sound", "unsound"]
        assert health.look_after_health().is_ready

    def test_is_not_ready_without_its_queue(self, settings: Settings) -> None:
        settings.REDIS_URL = f"redis://127.0.0.1:{servers.free_port()}/0"
        assert not health.look_after_health().is_ready

    @pytest.mark.faults
    def test_is_ready_with_its_queue(self, settings: Settings, redis_url: str) -> None:
        settings.REDIS_URL = redis_url
        assert health.look_after_health().is_ready
