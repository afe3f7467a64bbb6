"""Readiness by leader: who answers for what, what is counted for each, and what is overdue."""

from datetime import date, datetime

import pytest

from governance.choices import PersonReply, Ruling
from governance.models import AssumptionRuling, Department, User
from readiness.measurements import take_readings
from readiness.pages.leaders.duties import (
    ANSWERS,
    DECISIONS,
    SCENARIOS,
    SIGN_OFFS,
    TESTERS,
    TRAINING,
)
from readiness.pages.leaders.listing import LeaderRow, leader_list, leader_page
from tests.factories import (
    EARLY,
    NOW,
    give_job_role,
    make_course,
    make_job_role,
    make_process,
    make_record,
    make_run,
    make_scenario,
    make_tester,
)
from tests.participation import Team, answer, asked_of, make_team
from tests.questions import decide, make_assumption, make_decision
from training.services.standings import refresh_standings
from uat.services.executions import refresh_latest

pytestmark = pytest.mark.django_db
LATER = NOW.replace(year=2031)
"""Later than the database's clock, so that every row counts."""


@pytest.fixture
def team() -> Team:
    return make_team()


def row_of(team: Team, user: User, *, at: datetime = LATER) -> LeaderRow:
    rows = leader_list(team.cast.project, at=at).rows
    return next(row for row in rows if row.leader.account == user)


def counts(team: Team, user: User, code: str, *, at: datetime = LATER) -> tuple[int, int, int]:
    duty = row_of(team, user, at=at).leader.duty(code)
    return duty.done, duty.due, duty.late


class TestLeaderList:
    def test_lists_managers_owners_and_executives_and_nobody_else(self, team: Team) -> None:
        make_process(project=team.cast.project, owner=team.cast.process_owner)
        rows = leader_list(team.cast.project, at=LATER).rows
        accounts = {row.leader.account for row in rows}
        assert accounts == {team.manager, team.cast.process_owner, team.cast.sponsor}
        only = leader_list(team.cast.project, at=LATER, kind="owner").rows
        assert [row.leader.account for row in only] == [team.cast.process_owner]

    def test_says_what_nobody_answers_for(self, team: Team) -> None:
        make_process(project=team.cast.project, code="10", name="Order to cash")
        Department.objects.create(
            organisation=team.cast.client, project=team.cast.project, name="Stores"
        )
        listed = leader_list(team.cast.project, at=LATER)
        assert listed.gaps == ["Nobody manages Stores", "Nobody owns 10 Order to cash"]

    def test_counts_training_by_department_by_process_and_in_all(self, team: Team) -> None:
        project = team.cast.project
        process = make_process(project=project, owner=team.cast.process_owner)
        other = make_process(project=project)
        courses = [make_course(project=project, process=each) for each in (process, other)]
        role = make_job_role(project=project, courses=courses)
        for person in team.people:
            give_job_role(person=person, job_role=role)
        make_record(person=team.people[0], course=courses[0])
        refresh_standings(project_id=project.pk)
        assert counts(team, team.manager, TRAINING) == (1, 4, 0)
        assert counts(team, team.cast.process_owner, TRAINING) == (1, 2, 0)
        assert counts(team, team.cast.sponsor, TRAINING) == (1, 4, 0)

    def test_counts_a_pair_once_for_who_manages_and_owns(self, team: Team) -> None:
        project = team.cast.project
        process = make_process(project=project, owner=team.manager)
        course = make_course(project=project, process=process)
        give_job_role(
            person=team.people[0], job_role=make_job_role(project=project, courses=[course])
        )
        assert counts(team, team.manager, TRAINING) == (0, 1, 0)

    def test_counts_testing_as_the_gate_does(self, team: Team) -> None:
        project = team.cast.project
        process = make_process(project=project, owner=team.cast.process_owner)
        run, _never = (make_scenario(project=project, process=process) for _ in range(2))
        for person in team.people:
            make_tester(person=person, from_date=date(2026, 5, 11), to_date=date(2026, 5, 15))
        make_run(scenario=run, person=team.people[0])
        refresh_latest(project_id=project.pk)
        assert counts(team, team.manager, TESTERS, at=NOW) == (1, 2, 0)
        assert counts(team, team.cast.process_owner, SCENARIOS, at=NOW) == (1, 2, 0)
        reading = take_readings(project_ids=[project.pk], as_of=NOW)
        quietest = reading.get(project.pk, "eng.dept_min", None)
        assert quietest is not None
        assert (quietest.done, quietest.due) == (1, 2)

    def test_counts_decisions_of_the_decider_and_unnamed_ones_of_executives(
        self, team: Team
    ) -> None:
        project, owner = team.cast.project, team.cast.process_owner
        make_process(project=project, owner=owner)
        taken = make_decision(project=project, decider=owner)
        decide(taken, by=owner, at=NOW)
        make_decision(project=project, decider=owner, due_date=date(2026, 5, 1))
        make_decision(project=project)
        assert counts(team, owner, DECISIONS) == (1, 2, 1)
        assert counts(team, team.cast.sponsor, DECISIONS) == (0, 1, 0)

    def test_counts_signatures_that_are_missing(self, team: Team) -> None:
        owner = team.cast.process_owner
        make_process(project=team.cast.project, owner=owner)
        make_process(project=team.cast.project)
        assert counts(team, owner, SIGN_OFFS) == (0, 1, 0)
        assert counts(team, team.cast.sponsor, SIGN_OFFS) == (0, 2, 0)

    def test_counts_answers_and_silence(self, team: Team) -> None:
        request = team.ask()
        due = request.answer_due_at
        assert counts(team, team.manager, ANSWERS, at=NOW) == (0, 1, 0)
        assert counts(team, team.manager, ANSWERS, at=due) == (0, 1, 1)
        ada, ben = asked_of(request)
        answer(request, (ada, PersonReply.RELEASED, ""), by=team.manager)
        assert counts(team, team.manager, ANSWERS, at=due) == (0, 1, 1)
        answer(request, (ben, PersonReply.REFUSED, "Closing week."), by=team.manager)
        assert counts(team, team.manager, ANSWERS, at=due) == (1, 1, 0)

    def test_keeps_a_request_that_was_never_answered(self, team: Team) -> None:
        team.ask()
        assert counts(team, team.manager, ANSWERS) == (0, 1, 0)
        assert row_of(team, team.manager).leader.duty(ANSWERS).open == []

    def test_counts_words_on_assumptions(self, team: Team) -> None:
        project, owner = team.cast.project, team.cast.process_owner
        process = make_process(project=project, owner=owner)
        first, second = (make_assumption(project=project, raised_at=EARLY) for _ in range(2))
        for each in (first, second):
            each.blocked_processes.add(process)
        AssumptionRuling.objects.create(
            organisation=team.cast.client,
            project=project,
            assumption=first,
            ruling=Ruling.RATIFIED,
            ruled_by=owner,
            ruled_at=NOW,
        )
        assert counts(team, owner, ANSWERS) == (1, 2, 0)

    def test_names_who_has_most_overdue_first(self, team: Team) -> None:
        request = team.ask()
        listed = leader_list(team.cast.project, at=request.answer_due_at)
        assert listed.rows[0].leader.account == team.manager
        assert listed.answer == "1 of 2 leaders has something overdue."

    def test_leaves_out_another_project(self, team: Team) -> None:
        make_process(project=team.cast.other_project, owner=team.cast.other_sponsor)
        accounts = {row.leader.account for row in leader_list(team.cast.project, at=LATER).rows}
        assert team.cast.other_sponsor not in accounts


class TestLeaderPage:
    def test_shows_what_is_open_and_where(self, team: Team) -> None:
        request = team.ask()
        at = request.answer_due_at
        page = leader_page(team.cast.project, account_id=team.manager.pk, at=at)
        assert page is not None
        assert page.answer == "1 thing is overdue."
        (open_one,) = page.row.leader.duty(ANSWERS).open
        assert open_one.text == "Answer for people of Finance"
        assert str(request.public_id) in open_one.href

    def test_is_none_for_who_leads_nothing(self, team: Team) -> None:
        user = team.cast.business_user
        assert leader_page(team.cast.project, account_id=user.pk, at=LATER) is None
