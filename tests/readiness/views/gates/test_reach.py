"""Who gets in to a gate, and who is told nothing of it."""

import pytest
from django.test import Client

from tests.readiness.worlds import World


@pytest.mark.parametrize("page", ["", "version/", "history/", "criteria/G3/UX-01/"])
class TestReach:
    @pytest.mark.parametrize("who", ["stranger", "other_sponsor"])
    def test_is_not_there_for_whoever_takes_no_part(
        self, client: Client, world: World, page: str, who: str
    ) -> None:
        client.force_login(getattr(world.cast, who))
        foreign = client.get(f"{world.address}{page}")
        missing = client.get(f"/p/00000000-0000-4000-8000-000000000000/{page}")
        assert foreign.status_code == missing.status_code == 404
        assert world.cast.project.name not in foreign.content.decode()

    def test_asks_a_stranger_to_sign_in(self, client: Client, world: World, page: str) -> None:
        answer = client.get(f"{world.address}{page}")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")

    @pytest.mark.parametrize("who", ["sponsor", "process_owner", "consultant", "auditor"])
    def test_is_there_for_everybody_in_the_project(
        self, client: Client, world: World, page: str, who: str
    ) -> None:
        client.force_login(getattr(world.cast, who))
        assert client.get(f"{world.address}{page}").status_code in (200, 204)

    def test_takes_nothing(self, client: Client, world: World, page: str) -> None:
        client.force_login(world.cast.sponsor)
        assert client.post(f"{world.address}{page}").status_code == 405
