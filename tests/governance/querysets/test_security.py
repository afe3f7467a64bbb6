"""Whose events an administrator may read."""

from datetime import timedelta

import pytest

from governance.choices import OrganisationKind, Role, SecurityEventKind
from governance.models import Project, SecurityEvent, User
from governance.services.security import note_event
from tests.factories import join, make_project, make_user
from tests.people import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
KIND = SecurityEventKind.ROLE_GIVEN


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def administrator_of(cast: Cast, *, side: str = "client") -> User:
    return make_user(organisation=getattr(cast, side), is_administrator=True)


def seen_by(user: User) -> set[SecurityEvent]:
    return set(SecurityEvent.objects.visible_to(user))


def elsewhere(cast: Cast) -> Project:
    """Return a project of the other client in which the consultant works too."""
    project = make_project(organisation=cast.other_client)
    project.partners.add(cast.partner)
    join(project=project, user=cast.consultant, role=Role.CONSULTANT)
    return project


class TestVisibleTo:
    def test_keeps_what_happened_to_the_own_accounts(self, cast: Cast) -> None:
        own = note_event(KIND, account=cast.sponsor)
        note_event(KIND, account=cast.other_sponsor)
        assert seen_by(administrator_of(cast)) == {own}

    def test_keeps_what_a_partner_did_in_the_own_projects_alone(self, cast: Cast) -> None:
        here = note_event(KIND, account=cast.consultant, project=cast.project)
        there = note_event(KIND, account=cast.consultant, project=elsewhere(cast))
        nowhere = note_event(KIND, account=cast.consultant)
        assert seen_by(administrator_of(cast)) == {here}
        assert seen_by(administrator_of(cast, side="other_client")) == {there}
        assert nowhere in seen_by(administrator_of(cast, side="partner"))

    def test_never_shows_a_partner_two_clients_at_once(self, cast: Cast) -> None:
        here = note_event(KIND, account=cast.consultant, project=cast.project)
        there = note_event(KIND, account=cast.consultant, project=elsewhere(cast))
        reader = administrator_of(cast, side="partner")
        assert seen_by(reader) == set()
        reader.acting_for_id = cast.client.pk
        assert seen_by(reader) == {here}
        reader.acting_for_id = cast.other_client.pk
        assert seen_by(reader) == {there}

    def test_shows_a_partner_nothing_of_a_clients_accounts(self, cast: Cast) -> None:
        note_event(KIND, account=cast.sponsor, project=cast.project)
        reader = administrator_of(cast, side="partner")
        reader.acting_for_id = cast.client.pk
        assert reader.kind == OrganisationKind.PARTNER
        assert seen_by(reader) == set()

    def test_is_empty_for_everybody_else(self, cast: Cast) -> None:
        note_event(KIND, account=cast.sponsor, project=cast.project)
        closed = make_user(organisation=cast.client, is_administrator=True, is_active=False)
        for user in (cast.sponsor, cast.auditor, cast.consultant, closed):
            assert seen_by(user) == set()


class TestNarrowing:
    def test_finds_by_kind_account_and_time(self, cast: Cast) -> None:
        first = note_event(KIND, account=cast.sponsor, actor=cast.auditor)
        second = note_event(SecurityEventKind.SIGNED_IN, account=cast.auditor)
        rows = SecurityEvent.objects.all()
        first.refresh_from_db()
        assert set(rows.of_kind(KIND)) == {first}
        assert set(rows.about(cast.auditor)) == {first, second}
        assert set(rows.about(cast.sponsor)) == {first}
        earlier, later = (first.happened_at + timedelta(seconds=n) for n in (-1, 1))
        assert first in rows.since(earlier)
        assert first not in rows.since(later)
        assert first in rows.before(later)
        assert first not in rows.before(earlier)

    def test_finds_what_was_urgent_this_week(self, cast: Cast) -> None:
        urgent = note_event(KIND, account=cast.sponsor, urgent=True)
        note_event(KIND, account=cast.sponsor, urgent=False)
        urgent.refresh_from_db()
        rows = SecurityEvent.objects.all()
        assert set(rows.urgent_lately(urgent.happened_at)) == {urgent}
        assert not rows.urgent_lately(urgent.happened_at + timedelta(days=8))

    def test_puts_the_newest_first(self, cast: Cast) -> None:
        events = [note_event(KIND, account=cast.sponsor) for _ in range(3)]
        assert list(SecurityEvent.objects.newest_first()) == events[::-1]
