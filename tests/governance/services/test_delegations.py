"""Letting somebody sign in an owner's place: for whom, how long, and what stays on record."""

import json
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, transaction

from governance.choices import RecordKind, Role
from governance.models import (
    BusinessProcess,
    Delegation,
    DelegationEnd,
    Project,
    ProjectMark,
    RecordEntry,
    User,
)
from governance.services.delegations import (
    DelegationRefused,
    Mandate,
    delegate_signing,
    end_delegation,
)
from governance.services.factors import needs_second_factor
from tests.factories import NOW, join, make_process, make_user
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


@pytest.fixture
def process(cast: Cast) -> BusinessProcess:
    """Return a process with owner and deputy."""
    deputy = make_user(organisation=cast.client, name="Deputy")
    join(project=cast.project, user=deputy)
    return make_process(project=cast.project, owner=cast.process_owner, deputy=deputy)


def mandate(
    delegate: User, *, starts_at: datetime = NOW, ends_at: datetime = NOW + 9 * DAY
) -> Mandate:
    return Mandate(delegate=delegate, starts_at=starts_at, ends_at=ends_at, reason="On leave.")


def give(process: BusinessProcess, wanted: Mandate, *, by: User, at: datetime = NOW) -> Delegation:
    return delegate_signing(process=process, mandate=wanted, appointed_by=by, appointed_at=at)


def entries_of(project: Project, kind: RecordKind) -> list[RecordEntry]:
    return list(RecordEntry.objects.filter(project=project, kind=kind))


class TestDelegateSigning:
    def test_writes_it_down_marks_the_project_and_appends_to_its_record(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        row = give(process, mandate(cast.business_user), by=cast.sponsor)
        assert (row.delegate, row.appointed_by) == (cast.business_user, cast.sponsor)
        assert ProjectMark.objects.get(project=cast.project).version == before + 1
        (entry,) = entries_of(cast.project, RecordKind.DELEGATED)
        told = json.loads(entry.body)
        assert told["actor"]["id"] == str(cast.sponsor.public_id)
        assert told["subject"] == {"id": str(row.public_id), "noun": "delegation"}
        assert "On leave." not in entry.body
        assert cast.business_user.name not in entry.body

    @pytest.mark.parametrize(
        ("who", "sentence"),
        [
            ("consultant", "A partner never signs"),
            ("other_sponsor", "active account of the client"),
            ("stranger", "does not work in this project"),
            ("auditor", "does not work in this project"),
            ("sponsor", "Nobody appoints themselves"),
            ("process_owner", "signs already"),
        ],
    )
    def test_refuses_whoever_could_not_sign(
        self, cast: Cast, process: BusinessProcess, who: str, sentence: str
    ) -> None:
        with pytest.raises(DelegationRefused, match=sentence) as refused:
            give(process, mandate(getattr(cast, who)), by=cast.sponsor)
        assert refused.value.field == "delegate"
        assert not Delegation.objects.exists()
        assert not entries_of(cast.project, RecordKind.DELEGATED)

    def test_refuses_the_deputy_and_a_closed_account(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        assert process.deputy is not None
        with pytest.raises(DelegationRefused, match="signs already"):
            give(process, mandate(process.deputy), by=cast.sponsor)
        gone = make_user(organisation=cast.client, is_active=False)
        with pytest.raises(DelegationRefused, match="active account"):
            give(process, mandate(gone), by=cast.sponsor)

    @pytest.mark.parametrize(
        ("starts", "ends", "field", "sentence"),
        [
            (-1, 5, "starts_on", "past"),
            (-9, -2, "starts_on", "past"),
            (2, 2, "ends_on", "end after it begins"),
            (3, 2, "ends_on", "end after it begins"),
            (0, 61, "ends_on", "Sixty days"),
        ],
    )
    def test_refuses_a_window_that_is_past_empty_or_too_long(
        self,
        cast: Cast,
        process: BusinessProcess,
        starts: int,
        ends: int,
        field: str,
        sentence: str,
    ) -> None:
        wanted = mandate(cast.business_user, starts_at=NOW + starts * DAY, ends_at=NOW + ends * DAY)
        with pytest.raises(DelegationRefused, match=sentence) as refused:
            give(process, wanted, by=cast.sponsor)
        assert refused.value.field == field

    def test_takes_sixty_days_on_the_clock_of_the_project(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        """A day in which the clock is set back has 25 hours."""
        Project.objects.filter(pk=cast.project.pk).update(time_zone="Europe/Berlin")
        autumn = datetime.fromisoformat("2026-10-01T00:00:00+02:00")
        ends_at = datetime.fromisoformat("2026-11-30T00:00:00+01:00")
        wanted = mandate(cast.business_user, starts_at=autumn, ends_at=ends_at)
        give(process, wanted, by=cast.sponsor, at=autumn)

    def test_refuses_a_window_that_overlaps_one_of_the_same_person(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        first = give(process, mandate(cast.business_user), by=cast.sponsor)
        again = mandate(cast.business_user, starts_at=NOW + 8 * DAY, ends_at=NOW + 12 * DAY)
        with pytest.raises(DelegationRefused, match="then already"):
            give(process, again, by=cast.sponsor)
        after = mandate(cast.business_user, starts_at=NOW + 9 * DAY, ends_at=NOW + 12 * DAY)
        give(process, after, by=cast.sponsor)
        give(process, mandate(cast.project_manager), by=cast.sponsor)
        other = make_process(project=cast.project, owner=cast.process_owner)
        give(other, mandate(cast.business_user), by=cast.sponsor)
        end_delegation(delegation=first, ended_by=cast.sponsor, reason="Back.", ended_at=NOW + DAY)
        again = mandate(cast.business_user, starts_at=NOW + 2 * DAY, ends_at=NOW + 4 * DAY)
        give(process, again, by=cast.sponsor, at=NOW + DAY)

    def test_needs_a_reason(self, cast: Cast, process: BusinessProcess) -> None:
        silent = Mandate(delegate=cast.business_user, starts_at=NOW, ends_at=NOW + DAY, reason="  ")
        with pytest.raises(DelegationRefused, match="reason"):
            give(process, silent, by=cast.sponsor)

    @pytest.mark.parametrize(
        "who", ["process_owner", "project_manager", "consultant", "other_sponsor", "stranger"]
    )
    def test_is_the_sponsors_alone(self, cast: Cast, process: BusinessProcess, who: str) -> None:
        with pytest.raises(DelegationRefused, match="Only the client's sponsor"):
            give(process, mandate(cast.business_user), by=getattr(cast, who))

    def test_is_no_longer_the_sponsors_whose_role_ended(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        cast.sponsor.participations.filter(role=Role.SPONSOR).update(
            ended_at=NOW, ended_by=cast.project_manager
        )
        with pytest.raises(DelegationRefused, match="Only the client's sponsor"):
            give(process, mandate(cast.business_user), by=cast.sponsor)

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.both_engines
    def test_is_refused_by_the_database_for_a_partner(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        refused = pytest.raises(DatabaseError, match="only an account of the client")
        with refused, transaction.atomic():
            Delegation.objects.create(
                organisation=cast.client,
                project=cast.project,
                process=process,
                delegate=cast.consultant,
                starts_at=NOW,
                ends_at=NOW + DAY,
                reason="Because",
                appointed_by=cast.sponsor,
                appointed_at=NOW,
            )

    def test_demands_a_second_factor_of_the_delegate(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        newcomer = make_user(organisation=cast.client, name="Newcomer")
        Authenticator.objects.filter(user=newcomer).delete()
        join(project=cast.project, user=newcomer)
        assert not needs_second_factor(newcomer)
        far = NOW + 20_000 * DAY
        give(
            process,
            mandate(newcomer, starts_at=far, ends_at=far + DAY),
            by=cast.sponsor,
        )
        assert needs_second_factor(newcomer)


class TestEndDelegation:
    def test_keeps_the_delegation_and_says_who_ended_it(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        row = give(process, mandate(cast.business_user), by=cast.sponsor)
        before = ProjectMark.objects.get(project=cast.project).version
        end = end_delegation(
            delegation=row, ended_by=cast.sponsor, reason=" Back. ", ended_at=NOW + DAY
        )
        assert (end.reason, end.ended_by) == ("Back.", cast.sponsor)
        assert not Delegation.objects.filter(pk=row.pk).holding_at(NOW + DAY).exists()
        assert ProjectMark.objects.get(project=cast.project).version == before + 1
        (entry,) = entries_of(cast.project, RecordKind.DELEGATION_ENDED)
        assert "Back." not in entry.body

    def test_happens_once_with_a_reason_and_before_it_is_over(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        row = give(process, mandate(cast.business_user), by=cast.sponsor)
        with pytest.raises(DelegationRefused, match="reason"):
            end_delegation(delegation=row, ended_by=cast.sponsor, reason="", ended_at=NOW)
        with pytest.raises(DelegationRefused, match="Only the client's sponsor"):
            end_delegation(delegation=row, ended_by=cast.project_manager, reason="No", ended_at=NOW)
        with pytest.raises(DelegationRefused, match="over already"):
            end_delegation(
                delegation=row, ended_by=cast.sponsor, reason="Late", ended_at=NOW + 9 * DAY
            )
        end_delegation(delegation=row, ended_by=cast.sponsor, reason="Back", ended_at=NOW)
        with pytest.raises(DelegationRefused, match="over already"):
            end_delegation(delegation=row, ended_by=cast.sponsor, reason="Again", ended_at=NOW)
        assert DelegationEnd.objects.count() == 1
