from datetime import date

import pytest
from django.utils.translation import override

from governance.choices import DecisionKind, NoticeKind, Role
from governance.models import (
    DecisionRight,
    DecisionRightEnd,
    Notice,
    Participation,
    Person,
    RecordEntry,
    User,
)
from governance.pages.notices import notice_row
from governance.services.rights import (
    Before,
    Grant,
    RightRefused,
    end_right,
    give_right,
    right_of,
)
from tests.factories import NOW, join, make_process, make_user
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
DATA = DecisionKind.DATA


def given(cast: Cast, decider: User, **terms: object) -> DecisionRight:
    by = terms.pop("given_by", cast.sponsor)
    grant = Grant(kind=DATA, decider=decider, **terms)  # type: ignore[arg-type]
    return give_right(project=cast.project, grant=grant, given_by=by, given_at=NOW)  # type: ignore[arg-type]


class TestGiveRight:
    def test_names_one_decider_tells_the_person_and_the_record(self) -> None:
        cast = make_cast()
        row = given(cast, cast.process_owner)
        assert right_of(cast.project, kind=DATA, as_of=NOW).lets(cast.process_owner)
        notice = Notice.objects.get(kind=NoticeKind.RIGHT_GIVEN)
        assert notice.account == cast.process_owner
        assert (notice.title, notice.terms) == (cast.project.name, {"decides": DATA})
        with override("de"):
            assert notice_row(notice, at=NOW).what == "Sie entscheiden: Daten"
        assert RecordEntry.objects.filter(kind="RIGHT_GIVEN", subject_id=row.public_id).exists()

    def test_refuses_a_partner_and_somebody_of_another_client(self) -> None:
        cast = make_cast()
        for account in (cast.consultant, cast.other_sponsor):
            with pytest.raises(RightRefused) as caught:
                given(cast, account)
            assert caught.value.field == "decider"
        assert not DecisionRight.objects.exists()

    def test_refuses_whoever_does_not_work_in_the_project(self) -> None:
        cast = make_cast()
        for account in (cast.stranger, cast.auditor):
            with pytest.raises(RightRefused, match="does not work in this project"):
                given(cast, account)

    def test_is_for_the_executives_alone(self) -> None:
        cast = make_cast()
        for account in (cast.project_manager, cast.consultant, cast.other_sponsor):
            with pytest.raises(RightRefused, match="sponsor or steering"):
                given(cast, cast.process_owner, given_by=account)

    def test_refuses_a_process_of_another_project_and_one_out_of_scope(self) -> None:
        cast = make_cast()
        foreign = make_process(project=cast.other_project)
        outside = make_process(project=cast.project, in_scope=False)
        for process in (foreign, outside):
            with pytest.raises(RightRefused) as caught:
                given(cast, cast.process_owner, process=process)
            assert caught.value.field == "process"

    def test_refuses_a_second_decider_of_whom_nothing_is_said(self) -> None:
        cast = make_cast()
        given(cast, cast.process_owner)
        with pytest.raises(RightRefused, match="decides this already") as caught:
            given(cast, cast.business_user)
        assert caught.value.field == "before"

    def test_refuses_the_same_person_twice(self) -> None:
        cast = make_cast()
        given(cast, cast.process_owner)
        with pytest.raises(RightRefused) as caught:
            given(cast, cast.process_owner, before=Before.STAYS)
        assert caught.value.field == "decider"

    def test_hands_over_and_keeps_what_was(self) -> None:
        cast = make_cast()
        first = given(cast, cast.process_owner)
        with pytest.raises(RightRefused) as caught:
            given(cast, cast.business_user, before=Before.ENDS)
        assert caught.value.field == "reason"
        second = given(cast, cast.business_user, before=Before.ENDS, reason="She moved on.")
        end = DecisionRightEnd.objects.get(right=first)
        assert (end.successor, end.reason) == (second, "She moved on.")
        assert right_of(cast.project, kind=DATA, as_of=NOW).decider_id == cast.business_user.pk

    def test_two_who_both_claim_it_are_double_deciders_and_neither_counts(self) -> None:
        cast = make_cast()
        given(cast, cast.process_owner)
        given(cast, cast.business_user, before=Before.STAYS)
        found = right_of(cast.project, kind=DATA, as_of=NOW)
        assert found.is_double
        assert not found.lets(cast.process_owner)
        assert not found.lets(cast.business_user)


class TestEndRight:
    def test_leaves_a_gap_and_ends_once_with_a_reason(self) -> None:
        cast = make_cast()
        row = given(cast, cast.process_owner)
        with pytest.raises(RightRefused, match="reason"):
            end_right(right=row, ended_by=cast.sponsor, reason=" ", ended_at=NOW)
        with pytest.raises(RightRefused, match="sponsor or steering"):
            end_right(right=row, ended_by=cast.process_owner, reason="No.", ended_at=NOW)
        end_right(right=row, ended_by=cast.sponsor, reason="On leave.", ended_at=NOW)
        assert right_of(cast.project, kind=DATA, as_of=NOW).accounts == ()
        with pytest.raises(RightRefused, match="ended already"):
            end_right(right=row, ended_by=cast.sponsor, reason="Again.", ended_at=NOW)


class TestRightOf:
    def test_the_own_decider_of_a_process_comes_before_the_one_for_all(self) -> None:
        cast = make_cast()
        own, other = make_process(project=cast.project), make_process(project=cast.project)
        given(cast, cast.sponsor)
        given(cast, cast.process_owner, process=own)
        asked = {"kind": DATA, "as_of": NOW}
        assert right_of(cast.project, processes=[own], **asked).lets(cast.process_owner)  # type: ignore[arg-type]
        assert right_of(cast.project, processes=[other], **asked).lets(cast.sponsor)  # type: ignore[arg-type]
        assert right_of(cast.project, processes=[own, other], **asked).lets(cast.sponsor)  # type: ignore[arg-type]

    def test_another_kind_is_another_right(self) -> None:
        cast = make_cast()
        given(cast, cast.process_owner)
        assert right_of(cast.project, kind=DecisionKind.SCOPE, as_of=NOW).accounts == ()

    def test_whoever_lost_account_role_or_left_the_roster_decides_nothing(self) -> None:
        cast = make_cast()
        people = [
            make_user(organisation=cast.client, name=name)
            for name in ("Closed", "Seatless", "Left")
        ]
        kinds = [DecisionKind.SCOPE, DecisionKind.DESIGN, DecisionKind.TRAINING]
        for account, kind in zip(people, kinds, strict=True):
            join(project=cast.project, user=account, role=Role.PROCESS_OWNER)
            give_right(
                project=cast.project,
                grant=Grant(kind=kind, decider=account),
                given_by=cast.sponsor,
                given_at=NOW,
            )
        shut, seatless, left = people
        User.objects.filter(pk=shut.pk).update(is_active=False)
        Participation.objects.filter(user=seatless).update(ended_at=NOW)
        Person.objects.create(
            organisation=cast.client,
            project=cast.project,
            external_id="7",
            name="Left",
            account=left,
            left_date=date(2026, 5, 30),
        )
        for kind in kinds:
            assert right_of(cast.project, kind=kind, as_of=NOW).accounts == ()
