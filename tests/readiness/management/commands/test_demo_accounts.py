"""The list of accounts that `make demo` prints."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from governance.choices import Role
from governance.services.accounts import DEMO_PASSWORD
from tests.factories import join, make_organisation, make_project, make_user


@pytest.mark.django_db
class TestDemoAccounts:
    def test_are_listed_with_role_and_password(self, settings: Settings) -> None:
        settings.DEMO_MODE = True
        client = make_organisation(name="Halden Pumps")
        account = make_user(organisation=client, email="sponsor@halden.example", is_demo=True)
        join(project=make_project(organisation=client), user=account, role=Role.SPONSOR)
        said = StringIO()
        call_command("demo_accounts", stdout=said)
        assert DEMO_PASSWORD in said.getvalue()
        assert "sponsor@halden.example" in said.getvalue()
        assert "Sponsor, Halden Pumps" in said.getvalue()

    def test_are_refused_outside_the_demo(self) -> None:
        with pytest.raises(CommandError, match="DEMO_MODE=1"):
            call_command("demo_accounts")
