"""What load balancers are told."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests import servers


class TestShowLive:
    def test_asks_nobody_else(self, client: Client) -> None:
        assert client.get("/health/live/").json() == {"live": True}

    def test_is_never_kept(self, client: Client) -> None:
        assert client.get("/health/live/").headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
class TestShowReady:
    def test_says_what_is_there(self, client: Client) -> None:
        answer = client.get("/health/")
        assert answer.json() == {
            "database": True,
            "migrations": True,
            "queue": True,
            "record": "sound",
            "ready": True,
        }

    def test_answers_503_when_a_part_is_away(self, client: Client, settings: Settings) -> None:
        settings.REDIS_URL = f"redis://127.0.0.1:{servers.free_port()}/0"
        assert client.get("/health/").status_code == 503

    def test_refuses_to_be_posted_to(self, client: Client) -> None:
        assert client.post("/health/").status_code == 405
