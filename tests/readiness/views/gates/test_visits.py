"""What somebody has seen of a gate, and what is told when they come back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from time_machine import TimeMachineFixture

from readiness.models import Visit
from tests.factories import NOW
from tests.readiness.views.gates.cases import page_of
from tests.readiness.worlds import World, judge_now


class TestTakeNote:
    def send(self, client: Client, world: World, **fields: str) -> Any:
        """Send what an open page sends."""
        shown = {"shown": str(world.snapshot.public_id)}
        return client.post(f"{world.address}seen/", shown | fields)

    def test_remembers_what_was_shown_without_a_word(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        client.get(world.address)
        assert not Visit.objects.exists(), "looking alone changes nothing"
        address = f"{world.address}seen/"
        shown = {"shown": str(world.snapshot.public_id)}
        answer = client.post(address, shown, headers={"HX-Request": "true"})
        assert (answer.status_code, answer.content) == (204, b"")
        assert Visit.objects.get().user == world.cast.sponsor

    def test_tells_what_changed_when_somebody_comes_back(
        self, client: Client, world: World, time_machine: TimeMachineFixture
    ) -> None:
        client.force_login(world.cast.sponsor)
        assert "When you come back" in client.get(world.address).content.decode()
        self.send(client, world)
        time_machine.move_to(NOW + timedelta(days=1), tick=False)
        page = page_of(client, world.cast.sponsor, world.address)
        assert "Nothing was judged differently since your last visit, 24 h ago." in page
        judge_now(world.cast, as_of=NOW + timedelta(days=12))
        time_machine.move_to(NOW + timedelta(days=12), tick=False)
        page = page_of(client, world.cast.sponsor, world.address)
        assert "Since your last visit" in page
        assert "The acceptance of 1 risk ended." in page
        assert "I have read this" in page

    def test_puts_the_news_away_when_they_were_read(
        self, client: Client, world: World, time_machine: TimeMachineFixture
    ) -> None:
        client.force_login(world.cast.sponsor)
        self.send(client, world)
        later = judge_now(world.cast, as_of=NOW + timedelta(days=12))
        time_machine.move_to(NOW + timedelta(days=12), tick=False)
        client.force_login(world.cast.sponsor)
        answer = self.send(client, world, shown=str(later.public_id), all="1")
        assert (answer.status_code, answer["Location"]) == (302, world.address)
        page = client.get(world.address).content.decode()
        assert "Nothing was judged differently" in page

    @pytest.mark.parametrize("shown", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
    def test_knows_only_judgements_of_the_project(
        self, client: Client, world: World, shown: str
    ) -> None:
        client.force_login(world.cast.sponsor)
        assert self.send(client, world, shown=shown).status_code == 404
        assert not Visit.objects.exists()

    def test_is_taken_from_everybody_in_the_project(self, client: Client, world: World) -> None:
        for name in ("auditor", "consultant"):
            client.force_login(getattr(world.cast, name))
            assert self.send(client, world).status_code == 302
        assert Visit.objects.count() == 2

    @pytest.mark.parametrize("who", ["stranger", "other_sponsor"])
    def test_is_not_there_for_strangers(self, client: Client, world: World, who: str) -> None:
        client.force_login(getattr(world.cast, who))
        assert self.send(client, world).status_code == 404

    def test_asks_who_has_not_signed_in_to_do_so(self, client: Client, world: World) -> None:
        assert "/accounts/login/" in self.send(client, world)["Location"]

    def test_is_no_page(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        assert client.get(f"{world.address}seen/").status_code == 405
