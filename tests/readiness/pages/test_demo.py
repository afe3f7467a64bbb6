"""The roles of the demo."""

from datetime import UTC, datetime

from pytest_django.fixtures import Settings

from governance.choices import Role
from readiness.pages.demo import demo_accounts, demo_roles
from tests.factories import join, make_organisation, make_project, make_user


class TestDemoRoles:
    def test_puts_executives_first_and_names_every_role_held(
        self, db: None, settings: Settings
    ) -> None:
        settings.DEMO_MODE = True
        organisation = make_organisation(name="Kessler Pumps")
        project = make_project(organisation=organisation)
        tester = make_user(organisation=organisation, name="Lea", is_demo=True)
        sponsor = make_user(organisation=organisation, name="Ada", is_demo=True)
        make_user(organisation=organisation, name="Nobody", is_demo=True)
        for role in (Role.BUSINESS_USER, Role.TEST_LEAD):
            join(project=project, user=tester, role=role)
        join(project=project, user=sponsor, role=Role.SPONSOR)
        assert [(role.name, role.title) for role in demo_roles()] == [
            ("Ada", "Sponsor"),
            ("Lea", "Test lead, Business user"),
            ("Nobody", "No role yet"),
        ]

    def test_forgets_roles_that_ended(self, db: None, settings: Settings) -> None:
        settings.DEMO_MODE = True
        organisation = make_organisation()
        user = make_user(organisation=organisation, is_demo=True)
        held = join(project=make_project(organisation=organisation), user=user)
        held.ended_at = datetime(2026, 5, 1, tzinfo=UTC)
        held.save()
        assert [role.title for role in demo_roles()] == ["No role yet"]


class TestDemoAccounts:
    def test_is_empty_outside_demo_mode(self, db: None) -> None:
        make_user(organisation=make_organisation(), is_demo=True)
        assert not demo_accounts().exists()
