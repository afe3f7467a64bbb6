"""What becomes of an account's second factor stands in the record of each of its projects."""

import pytest
from django.db import connection

from governance.choices import Phase, RecordKind
from governance.models import AuthenticatorReset, Project, RecordEntry, SecurityEvent, User
from governance.record import guards
from governance.record.comparing import MismatchKind, compare_rows
from governance.services.carrying import record_rows
from governance.services.factors import factors_of, settle_factors
from governance.services.resets import reset_authenticators
from tests.factories import NOW, join, make_project
from tests.factors import give_app
from tests.people import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    record_rows(found.project)
    return found


def told_in(project: Project) -> list[tuple[str, str]]:
    rows = RecordEntry.objects.filter(project=project, kind=RecordKind.AUTHENTICATOR_CHANGED)
    return list(rows.in_order().values_list("subject_noun", "actor__name"))


def reset(account: User, *, by: User) -> AuthenticatorReset:
    return reset_authenticators(account=account, reset_by=by, reason="Met in person.", reset_at=NOW)


class TestWitnessEverywhere:
    def test_tells_of_a_reset_in_every_running_project(self, cast: Cast) -> None:
        second = make_project(organisation=cast.client)
        closed = make_project(organisation=cast.client, phase=Phase.CLOSED)
        elsewhere = make_project(organisation=cast.client)
        for project in (second, closed):
            join(project=project, user=cast.sponsor)
        record_rows(second)
        reset(cast.sponsor, by=cast.administrator)
        assert told_in(cast.project) == told_in(second) == [("reset", "Administrator")]
        assert told_in(closed) == told_in(elsewhere) == told_in(cast.other_project) == []
        assert list(compare_rows(cast.project)) == list(compare_rows(second)) == []

    def test_tells_what_was_added(self, cast: Cast) -> None:
        before = factors_of(cast.sponsor)
        give_app(cast.sponsor)
        settle_factors(user=cast.sponsor, before=before, kept_session="", settled_at=NOW)
        assert told_in(cast.project) == [("security_event", cast.sponsor.name)]
        assert list(compare_rows(cast.project)) == []

    def test_is_missed_when_its_row_is_gone_or_another(self, cast: Cast) -> None:
        row = reset(cast.sponsor, by=cast.administrator)
        guards.take_away(connection)
        AuthenticatorReset.objects.filter(pk=row.pk).update(account=cast.auditor)
        (other,) = compare_rows(cast.project)
        assert (other.why, other.names) == (MismatchKind.OTHER_TERMS, ("account",))
        row.delete()
        (gone,) = compare_rows(cast.project)
        assert (gone.why, gone.noun) == (MismatchKind.NO_ROW, "reset")

    def test_stands_or_falls_with_the_change(self, cast: Cast) -> None:
        before = factors_of(cast.stranger)
        give_app(cast.stranger)
        settle_factors(user=cast.stranger, before=before, kept_session="", settled_at=NOW)
        assert SecurityEvent.objects.filter(account=cast.stranger).exists()
        assert told_in(cast.project) == []
