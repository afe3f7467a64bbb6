"""Who stands on which rung, and where somebody's escalation may begin."""

from datetime import timedelta

import pytest

from governance.choices import Role, Rung
from governance.models import Charter, Department
from governance.services.ladder import Stand, ladder_of, next_stand, stands_for
from governance.services.subjects import Subject
from tests.escalations import Ladder, make_ladder
from tests.factories import NOW, join, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ladder() -> Ladder:
    return make_ladder()


def rungs(stands: list[Stand]) -> list[str]:
    return [each.rung for each in stands]


def charter(ladder: Ladder, *, may_escalate: bool) -> None:
    cast = ladder.cast
    Charter.objects.create(
        organisation=cast.client,
        project=cast.project,
        project_manager=cast.project_manager,
        may_escalate=may_escalate,
        withheld_reason="Not yet.",
        written_by=cast.sponsor,
        written_at=NOW,
    )


class TestLadderOf:
    def test_leads_from_the_project_manager_to_the_steering(self, ladder: Ladder) -> None:
        found = ladder_of(ladder.cast.project, subject=ladder.subject)
        assert rungs(found) == ["PROJECT_MANAGER", "PROCESS_OWNER", "SPONSOR", "STEERING"]
        assert [each.account.name for each in found] == [
            "Project_Manager",
            "Process_Owner",
            "Sponsor",
            "Steering",
        ]

    def test_asks_the_deputy_where_the_owner_has_no_account_any_more(self, ladder: Ladder) -> None:
        cast = ladder.cast
        cast.process_owner.is_active = False
        cast.process_owner.save()
        ladder.process.deputy = cast.business_user
        ladder.process.save()
        assert ladder_of(cast.project, subject=ladder.subject)[1].account == cast.business_user

    def test_asks_the_manager_of_the_department_that_is_asked(self, ladder: Ladder) -> None:
        cast = ladder.cast
        chief = make_user(organisation=cast.client, name="Chief")
        department = Department(name="Finance", manager=chief)
        subject = Subject(noun="people_request", id="1", title="People", department=department)
        found = ladder_of(cast.project, subject=subject)
        assert (found[1].rung, found[1].account) == (Rung.DEPARTMENT_MANAGER, chief)

    def test_leaves_out_a_partner_and_a_role_that_has_ended(self, ladder: Ladder) -> None:
        cast = ladder.cast
        cast.project_manager.participations.update(ended_at=NOW)
        found = ladder_of(cast.project, subject=None)
        assert rungs(found) == ["SPONSOR", "STEERING"]

    def test_takes_whoever_held_the_role_first(self, ladder: Ladder) -> None:
        cast = ladder.cast
        second = make_user(organisation=cast.client)
        later = join(project=cast.project, user=second, role=Role.SPONSOR)
        later.started_at += timedelta(days=1)
        later.save()
        assert ladder_of(cast.project, subject=None)[1].account == cast.sponsor


class TestNextStand:
    def test_climbs_and_passes_by_who_has_had_it(self, ladder: Ladder) -> None:
        found = ladder_of(ladder.cast.project, subject=ladder.subject)
        above = next_stand(found, above=Rung.PROCESS_OWNER)
        assert above is not None
        assert above.rung == Rung.SPONSOR
        past = next_stand(found, above=Rung.PROCESS_OWNER, without={ladder.cast.sponsor.pk})
        assert past is not None
        assert past.rung == Rung.STEERING
        assert next_stand(found, above=Rung.STEERING) is None


class TestStandsFor:
    def test_lets_everybody_begin_up_to_the_sponsor(self, ladder: Ladder) -> None:
        found = ladder_of(ladder.cast.project, subject=ladder.subject)
        for account in (ladder.cast.business_user, ladder.cast.consultant):
            offered = stands_for(account, project=ladder.cast.project, ladder=found)
            assert offered is not None
            assert rungs(offered[1]) == ["PROJECT_MANAGER", "PROCESS_OWNER", "SPONSOR"]

    def test_offers_nobody_to_themselves(self, ladder: Ladder) -> None:
        found = ladder_of(ladder.cast.project, subject=ladder.subject)
        offered = stands_for(ladder.cast.sponsor, project=ladder.cast.project, ladder=found)
        assert offered is not None
        assert rungs(offered[1]) == ["PROJECT_MANAGER", "PROCESS_OWNER"]
        alone = [each for each in found if each.account == ladder.cast.sponsor]
        assert stands_for(ladder.cast.sponsor, project=ladder.cast.project, ladder=alone) is None

    def test_keeps_a_project_manager_off_the_sponsor_where_the_charter_withholds_it(
        self, ladder: Ladder
    ) -> None:
        project, manager = ladder.cast.project, ladder.cast.project_manager
        found = ladder_of(project, subject=ladder.subject)
        charter(ladder, may_escalate=False)
        offered = stands_for(manager, project=project, ladder=found)
        assert offered is not None
        assert rungs(offered[1]) == ["PROCESS_OWNER"]
        bare = ladder_of(project, subject=None)
        alone = stands_for(manager, project=project, ladder=bare)
        assert alone is not None
        assert rungs(alone[1]) == ["SPONSOR"]
        others = stands_for(ladder.cast.business_user, project=project, ladder=found)
        assert others is not None
        assert "SPONSOR" in rungs(others[1])
