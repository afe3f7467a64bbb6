"""Naming owners: who can be one, what stays on record, what has to be judged again."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from governance.models import Ownership, ProjectMark
from governance.services.ownership import Appointment, OwnershipRefused, appoint
from tests.factories import NOW, make_process, make_user
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestAppoint:
    def test_keeps_the_newest_on_the_process_and_the_earlier_on_record(self, cast: Cast) -> None:
        process = make_process(project=cast.project)
        before = ProjectMark.objects.get(project=cast.project).version
        first = Appointment(cast.process_owner, cast.business_user)
        appoint(process=process, appointment=first, assigned_by=cast.sponsor, assigned_at=NOW)
        appoint(
            process=process,
            appointment=Appointment(cast.business_user, None),
            assigned_by=cast.sponsor,
            assigned_at=NOW + timedelta(days=1),
        )
        process.refresh_from_db()
        assert (process.owner, process.deputy) == (cast.business_user, None)
        assert Ownership.objects.filter(process=process).count() == 2
        assert ProjectMark.objects.get(project=cast.project).version == before + 2

    @pytest.mark.parametrize(
        ("owner", "deputy", "field", "sentence"),
        [
            ("consultant", None, "owner", "A partner never owns"),
            ("process_owner", "consultant", "deputy", "A partner never owns"),
            ("other_sponsor", None, "owner", "active account of the client"),
            ("stranger", None, "owner", "does not take part"),
            ("process_owner", "process_owner", "deputy", "somebody else"),
            (None, "process_owner", "deputy", "owner first"),
        ],
    )
    def test_refuses_who_cannot_own(
        self, cast: Cast, owner: str | None, deputy: str | None, field: str, sentence: str
    ) -> None:
        process = make_process(project=cast.project)
        named = Appointment(
            getattr(cast, owner) if owner else None, getattr(cast, deputy) if deputy else None
        )
        with pytest.raises(OwnershipRefused, match=sentence) as refused:
            appoint(process=process, appointment=named, assigned_by=cast.sponsor, assigned_at=NOW)
        assert refused.value.field == field
        assert not Ownership.objects.exists()

    def test_refuses_an_account_that_is_switched_off(self, cast: Cast) -> None:
        gone = make_user(organisation=cast.client, is_active=False)
        with pytest.raises(OwnershipRefused):
            appoint(
                process=make_process(project=cast.project),
                appointment=Appointment(gone, None),
                assigned_by=cast.sponsor,
                assigned_at=NOW,
            )

    @pytest.mark.both_engines
    def test_is_refused_by_the_database_for_a_partner(self, cast: Cast) -> None:
        process = make_process(project=cast.project)
        refused = pytest.raises(DatabaseError, match="only an account of the client")
        with refused, transaction.atomic():
            Ownership.objects.create(
                organisation=cast.client,
                project=cast.project,
                process=process,
                owner=cast.consultant,
                assigned_at=NOW,
            )
