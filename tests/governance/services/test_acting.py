"""For which one client a partner's account acts."""

import pytest

from governance.choices import SecurityEventKind
from governance.models import Organisation, Participation, Project, SecurityEvent
from governance.services.acting import act_for, act_for_client_of, choose_client
from tests.factories import NOW
from tests.people import Cast, make_cast, make_shared_partner_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def shared() -> Cast:
    """Return the cast whose consultant works for both clients."""
    return make_shared_partner_cast()


def seen(cast: Cast) -> set[Project]:
    """Return the projects that the consultant reaches."""
    return set(Project.objects.visible_to(cast.consultant))


class TestActFor:
    def test_needs_no_choice_where_there_is_one_client(self) -> None:
        cast = make_cast()
        acting = act_for(cast.consultant, chosen=None)
        assert (acting.client, acting.has_choice, acting.must_choose) == (cast.client, False, False)
        assert seen(cast) == {cast.project}

    def test_shows_nothing_while_none_of_several_is_chosen(self, shared: Cast) -> None:
        acting = act_for(shared.consultant, chosen=None)
        assert acting.must_choose
        assert seen(shared) == set()
        assert not Organisation.objects.visible_to(shared.consultant).exclude(pk=shared.partner.pk)

    def test_shows_the_chosen_client_alone(self, shared: Cast) -> None:
        for client, project in (
            (shared.client, shared.project),
            (shared.other_client, shared.other_project),
        ):
            assert act_for(shared.consultant, chosen=client.pk).client == client
            assert seen(shared) == {project}
            known = set(Organisation.objects.visible_to(shared.consultant))
            assert known == {shared.partner, client}

    def test_forgets_a_client_whose_last_role_ended(self, shared: Cast) -> None:
        held = Participation.objects.filter(user=shared.consultant, project=shared.project)
        held.update(ended_at=NOW)
        acting = act_for(shared.consultant, chosen=shared.client.pk)
        assert (acting.client, acting.has_choice) == (shared.other_client, False)
        shared.consultant.acting_for_id = shared.client.pk
        assert seen(shared) == set()

    @pytest.mark.parametrize("chosen", ["1", -1, {}])
    def test_takes_no_odd_value_for_a_choice(self, shared: Cast, chosen: object) -> None:
        shared.consultant.acting_for_id = shared.client.pk
        assert act_for(shared.consultant, chosen=chosen).client is None
        assert seen(shared) == set()

    def test_gives_an_administrator_of_a_partner_no_more(self, shared: Cast) -> None:
        shared.consultant.is_administrator = True
        act_for(shared.consultant, chosen=shared.client.pk)
        assert seen(shared) == {shared.project}

    def test_changes_nothing_for_the_clients_own_people(self, shared: Cast) -> None:
        shared.sponsor.acting_for_id = shared.other_client.pk
        assert set(Project.objects.visible_to(shared.sponsor)) == {shared.project}
        assert not Organisation.objects.clients_of(shared.sponsor).exists()


class TestActForClientOf:
    def test_follows_the_project_and_ends_with_it(self, shared: Cast) -> None:
        act_for_client_of(shared.consultant, project=shared.other_project)
        assert seen(shared) == {shared.other_project}
        act_for_client_of(shared.consultant, project=None)
        assert seen(shared) == set()


class TestChooseClient:
    def test_is_noted(self, shared: Cast) -> None:
        choose_client(user=shared.consultant, client=shared.client)
        event = SecurityEvent.objects.get()
        assert event.kind == SecurityEventKind.CLIENT_CHOSEN
        assert (event.account, event.terms) == (shared.consultant, {"name": shared.client.name})
        assert seen(shared) == {shared.project}
