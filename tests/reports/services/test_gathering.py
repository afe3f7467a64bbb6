from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from governance.choices import OrganisationKind
from governance.models import BusinessProcess
from reports.services.gathering import gather_evidence
from tests.factories import make_organisation, make_user
from tests.reports.papers import (
    AS_OF,
    kept,
    make_history,
    make_judgement,
    make_signoff,
    make_upgrade,
)

QUERIES = 9


@pytest.mark.django_db
class TestGatherEvidence:
    def test_takes_one_judgement_a_day_and_none_after_the_printed_one(self) -> None:
        project = make_upgrade()
        history = make_history(project, days=10)
        make_judgement(project, as_of=AS_OF - timedelta(days=3, hours=5))
        evidence = gather_evidence(snapshot=history[-2])
        assert [day.pk for day in evidence.days] == [day.pk for day in history[:-1]]

    def test_compares_with_the_last_report(self) -> None:
        history = make_history(make_upgrade(), days=10)
        for printed in (history[1], history[3]):
            kept(printed)
        evidence = gather_evidence(snapshot=history[-1])
        assert (evidence.earlier, evidence.was_reported) == (history[3], True)
        assert evidence.previous is not None
        assert evidence.previous.snapshot == history[3]

    def test_compares_every_print_with_the_same_report(self) -> None:
        history = make_history(make_upgrade(), days=10)
        first = kept(history[-1])
        assert first.previous is None
        kept(history[3])
        again = gather_evidence(snapshot=history[-1])
        assert (again.previous, again.was_reported) == (None, False)

    def test_compares_with_a_week_before_when_nothing_was_printed(self) -> None:
        history = make_history(make_upgrade(), days=10)
        evidence = gather_evidence(snapshot=history[-1])
        assert (evidence.earlier, evidence.was_reported) == (history[2], False)

    def test_compares_with_the_oldest_when_the_project_is_young(self) -> None:
        history = make_history(make_upgrade(), days=3)
        assert gather_evidence(snapshot=history[-1]).earlier == history[0]
        assert gather_evidence(snapshot=history[0]).earlier is None

    def test_takes_the_newest_act_on_each_process_known_at_that_moment(self) -> None:
        project = make_upgrade()
        signer = make_user(organisation=project.organisation)
        first, second, *_ = BusinessProcess.objects.filter(project=project).order_by("code")
        make_signoff(first, signer=signer, signed_at=AS_OF - timedelta(days=2))
        newest = make_signoff(
            first, signer=signer, act="WITHDRAWN", signed_at=AS_OF - timedelta(days=1)
        )
        make_signoff(second, signer=signer, signed_at=AS_OF + timedelta(days=1))
        evidence = gather_evidence(snapshot=make_judgement(project))
        assert evidence.signoffs == {str(first.public_id): newest}

    def test_asks_as_often_however_long_the_history_is(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for days in (9, 20):
            newest = make_history(make_upgrade(), days=days)[-1]
            with django_assert_num_queries(QUERIES):
                gather_evidence(snapshot=newest)

    def test_names_the_partners(self) -> None:
        project = make_upgrade()
        project.partners.add(
            make_organisation(name="Northwind Consulting", kind=OrganisationKind.PARTNER)
        )
        evidence = gather_evidence(snapshot=make_judgement(project))
        assert evidence.partners == ("Northwind Consulting",)
