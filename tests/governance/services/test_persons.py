"""Which accounts and roster entries are one person."""

import pytest

from governance.services.persons import person_of, plain_address
from tests.factories import make_organisation, make_person, make_project, make_user

pytestmark = pytest.mark.django_db


class TestPersonOf:
    def test_is_the_account_alone_where_nothing_links_it(self) -> None:
        project = make_project()
        account = make_user(organisation=project.organisation)
        make_user(organisation=project.organisation)
        make_person(project=project)
        found = person_of(account, project=project)
        assert found.accounts == {account.pk}
        assert not found.persons

    def test_takes_in_a_roster_entry_by_link_and_by_address(self) -> None:
        project = make_project()
        account = make_user(organisation=project.organisation, email="ann@mills.example")
        linked = make_person(project=project, account=account)
        named = make_person(project=project, email="ANN@mills.example")
        make_person(project=project, email="anna@mills.example")
        assert person_of(account, project=project).persons == {linked.pk, named.pk}

    def test_takes_in_a_second_account_with_an_alias(self) -> None:
        project = make_project()
        one, two = (
            make_user(organisation=project.organisation, email=email)
            for email in ("ann@mills.example", "ann+uat@mills.example")
        )
        make_user(organisation=project.organisation, email="ann@other.example")
        assert person_of(one, project=project).accounts == {one.pk, two.pk}
        assert person_of(two, project=project).is_account(one.pk)

    def test_takes_in_the_account_that_the_roster_links_to_the_same_address(self) -> None:
        project = make_project()
        one, two = (
            make_user(organisation=project.organisation, email=email)
            for email in ("ann@mills.example", "chair@mills.example")
        )
        make_person(project=project, account=one, email=two.email)
        assert person_of(one, project=project).accounts == {one.pk, two.pk}
        assert person_of(two, project=project).accounts == {one.pk, two.pk}

    def test_knows_nothing_of_other_projects_and_clients(self) -> None:
        project = make_project()
        account = make_user(organisation=project.organisation, email="ann@mills.example")
        make_user(organisation=make_organisation(), email="ann+x@mills.example")
        make_person(project=make_project(), account=None, email="ann@mills.example")
        found = person_of(account, project=project)
        assert found.accounts == {account.pk}
        assert not found.persons


class TestPlainAddress:
    def test_leaves_out_the_alias_and_the_case(self) -> None:
        assert plain_address(" Ann+UAT@Mills.example ") == "ann@mills.example"
