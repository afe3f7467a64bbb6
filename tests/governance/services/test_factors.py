"""Second factors: who needs one, codes that count once, and what a change ends."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from governance.choices import OrganisationKind, Phase, Role, SecurityEventKind
from governance.models import Project, SecurityEvent, User
from governance.services.factors import (
    code_at,
    demand_second_factor,
    factors_of,
    is_last_factor,
    must_set_factor,
    needs_second_factor,
    settle_factors,
    spend_code,
    spend_recovery_code,
)
from governance.services.ownership import Appointment, appoint
from tests.factories import join, make_organisation, make_process, make_project, make_user
from tests.factors import SECRET, code_of, give_app
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.fixture
def user() -> User:
    """Return an account that nothing is demanded of."""
    return make_user(organisation=make_organisation())


def add_passkey(user: User) -> Authenticator:
    """Return a passkey that nobody can use."""
    made: Authenticator = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop", "credential": {}}
    )
    return made


class TestNeedsSecondFactor:
    def test_spares_who_signs_nothing(self, user: User) -> None:
        join(project=make_project(organisation=user.organisation), user=user, role=Role.AUDITOR)
        assert not needs_second_factor(user)

    @pytest.mark.parametrize("role", [Role.SPONSOR, Role.STEERING])
    def test_asks_it_of_executives(self, user: User, role: Role) -> None:
        seat = join(project=make_project(organisation=user.organisation), user=user, role=role)
        assert needs_second_factor(user)
        seat.ended_at = AT
        seat.save()
        assert not needs_second_factor(user)

    @pytest.mark.parametrize("place", ["owner", "deputy"])
    def test_asks_it_of_owners_and_deputies(self, user: User, place: str) -> None:
        project = make_project(organisation=user.organisation)
        owner = make_user(organisation=user.organisation)
        make_process(project=project, **{"owner": owner, place: user})
        assert needs_second_factor(user)

    def test_spares_them_once_the_project_is_closed(self, user: User) -> None:
        project = make_project(organisation=user.organisation)
        make_process(project=project, owner=user)
        Project.objects.filter(pk=project.pk).update(phase=Phase.CLOSED)
        assert not needs_second_factor(user)

    def test_asks_it_of_every_partner_and_administrator(self, user: User) -> None:
        partner = make_user(organisation=make_organisation(kind=OrganisationKind.PARTNER))
        assert needs_second_factor(partner)
        user.is_administrator = True
        assert needs_second_factor(user)

    def test_is_content_with_an_app_or_a_passkey_but_not_with_recovery_codes(self) -> None:
        partner = make_user(organisation=make_organisation(kind=OrganisationKind.PARTNER))
        RecoveryCodes.activate(partner)
        assert must_set_factor(partner)
        key = add_passkey(partner)
        assert not must_set_factor(partner)
        assert is_last_factor(key)
        give_app(partner)
        assert not is_last_factor(key)


class TestSpendCode:
    def test_takes_a_code_once_in_all_the_time_it_is_valid(self, user: User) -> None:
        code = code_of(user, at=AT)
        assert spend_code(user=user, code=code, at=AT - STEP)
        for later in (-STEP, timedelta(0), STEP):
            assert spend_code(user=user, code=code, at=AT + later) is None

    def test_takes_none_older_than_the_last(self, user: User) -> None:
        before, code = code_of(user, at=AT), code_of(user, at=AT + STEP)
        assert spend_code(user=user, code=code, at=AT + STEP)
        assert spend_code(user=user, code=before, at=AT + STEP) is None
        assert spend_code(user=user, code=code_at(SECRET, at=AT + 2 * STEP), at=AT + 2 * STEP)

    @pytest.mark.parametrize("code", ["", "000000", "äöü", "1" * 20])
    def test_takes_no_wrong_code(self, user: User, code: str) -> None:
        give_app(user)
        assert spend_code(user=user, code=code, at=AT) is None

    def test_takes_none_where_there_is_no_app(self, user: User) -> None:
        assert spend_code(user=user, code=code_at(SECRET, at=AT), at=AT) is None

    def test_seals_a_secret_from_before(self, user: User) -> None:
        held = give_app(user)
        Authenticator.objects.filter(pk=held.pk).update(data={"secret": SECRET})
        assert spend_code(user=user, code=code_at(SECRET, at=AT), at=AT)
        held.refresh_from_db()
        assert held.data["secret"].startswith("sealed:")
        later = AT + STEP
        assert spend_code(user=user, code=code_at(SECRET, at=later), at=later)


class TestSpendRecoveryCode:
    def test_takes_each_code_once(self, user: User) -> None:
        held = RecoveryCodes.activate(user)
        assert SECRET not in str(held.instance.data)
        assert held.instance.data["seed"].startswith("sealed:")
        first, second = held.get_unused_codes()[:2]
        assert spend_recovery_code(user=user, code=first)
        assert spend_recovery_code(user=user, code=first) is None
        assert spend_recovery_code(user=user, code=second)


class TestSettleFactors:
    def test_does_nothing_where_nothing_changed(self, user: User) -> None:
        give_app(user)
        assert not settle_factors(
            user=user, before=factors_of(user), kept_session="", settled_at=AT
        )
        assert not SecurityEvent.objects.filter(kind__startswith="AUTHENTICATOR").exists()

    def test_notes_the_change_and_ends_the_tokens(self, user: User) -> None:
        caller = Caller.of(user)
        before = factors_of(user)
        give_app(user)
        assert settle_factors(user=user, before=before, kept_session="", settled_at=AT)
        event = SecurityEvent.objects.get(kind=SecurityEventKind.AUTHENTICATOR_ADDED)
        assert event.account == user
        assert event.terms == {"factor": "totp"}
        assert caller.get("caller/").status_code == 401


class TestDemandSecondFactor:
    def test_leaves_alone_who_has_one(self, user: User) -> None:
        user.is_administrator = True
        give_app(user)
        caller = Caller.of(user)
        assert not demand_second_factor(account=user, demanded_at=AT)
        assert caller.get("caller/").status_code == 200

    def test_shuts_out_who_becomes_an_owner_without_one(self) -> None:
        cast: Cast = make_cast()
        owner = make_user(organisation=cast.client, name="New Owner")
        join(project=cast.project, user=owner)
        caller = Caller.of(owner)
        assert caller.get("caller/").status_code == 200
        appoint(
            process=make_process(project=cast.project),
            appointment=Appointment(owner=owner, deputy=None),
            assigned_by=cast.sponsor,
            assigned_at=AT,
        )
        assert caller.get("caller/").status_code == 401
        assert SecurityEvent.objects.get(kind=SecurityEventKind.SESSIONS_ENDED).account == owner
