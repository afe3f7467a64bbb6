"""Only somebody on the roster, there on that day, counts as the client's."""

from datetime import date

import pytest

from governance.choices import Affiliation, OrganisationKind
from governance.models import Project
from tests.factories import make_organisation, make_person, make_project, make_user
from uat.imports.people import roster_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 4)


@pytest.fixture
def project() -> Project:
    row = make_project()
    partner = make_organisation(kind=OrganisationKind.PARTNER)
    row.partners.add(partner)
    make_user(organisation=partner, name="Con Sultan", email="con@partner.example.com")
    return row


class TestIdentify:
    def test_knows_a_person_by_name_e_mail_and_number(self, project: Project) -> None:
        ada = make_person(
            project=project, name="Ada  Young", email="ada@example.com", external_id="007"
        )
        roster = roster_of(project)
        for word in ("ada young", "ADA@example.com", "007"):
            found = roster.identify(word, on=DAY)
            assert (found.affiliation, found.person) == (Affiliation.CLIENT, ada)

    def test_knows_a_partners_account(self, project: Project) -> None:
        for word in ("Con Sultan", "con@partner.example.com"):
            assert roster_of(project).identify(word, on=DAY).affiliation == Affiliation.PARTNER

    def test_doubts_a_name_that_two_people_have(self, project: Project) -> None:
        make_person(project=project, name="Ada Young")
        make_person(project=project, name="Ada Young")
        roster = roster_of(project, otherwise=Affiliation.CLIENT)
        assert roster.identify("Ada Young", on=DAY).affiliation == Affiliation.UNKNOWN

    def test_doubts_a_name_that_a_partner_has_too(self, project: Project) -> None:
        make_person(project=project, name="Con Sultan")
        assert roster_of(project).identify("Con Sultan", on=DAY).affiliation == Affiliation.UNKNOWN

    @pytest.mark.parametrize(
        "dates", [{"left_date": date(2026, 5, 3)}, {"joined_date": date(2026, 5, 5)}]
    )
    def test_does_not_count_who_was_not_there_that_day(
        self, project: Project, dates: dict[str, date]
    ) -> None:
        make_person(project=project, name="Ada Young", **dates)
        roster = roster_of(project, otherwise=Affiliation.CLIENT)
        assert roster.identify("Ada Young", on=DAY).affiliation == Affiliation.UNKNOWN

    def test_knows_nobody_else(self, project: Project) -> None:
        assert roster_of(project).identify("Stranger", on=DAY).affiliation == Affiliation.UNKNOWN
        believing = roster_of(project, otherwise=Affiliation.CLIENT)
        assert believing.identify("Stranger", on=DAY).affiliation == Affiliation.CLIENT
