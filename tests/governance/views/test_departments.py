"""Departments in the browser: for the client's administrator and project manager."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Department, User
from governance.services.departments import open_department
from tests.factories import make_user
from tests.people import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def address(cast: Cast, *rows: Any) -> str:
    name = "governance:department-change" if rows else "governance:department-list"
    return reverse(name, args=[row.public_id for row in (cast.project, *rows)])


class TestListDepartments:
    def test_adds_one_and_counts_the_gaps(self, client: Client, cast: Cast) -> None:
        User.objects.filter(pk=cast.auditor.pk).update(is_active=False)
        client.force_login(cast.project_manager)
        sent = {"name": "Finance", "manager": str(cast.sponsor.public_id)}
        assert client.post(address(cast), sent).status_code == 302
        assert Department.objects.get().manager == cast.sponsor
        open_department(project=cast.project, name="Stores", manager=None)
        page = client.get(address(cast)).content.decode()
        assert "1 of 2 departments has no manager." in page
        assert client.post(address(cast), sent).status_code == 422

    def test_marks_a_manager_whose_account_is_closed(self, client: Client, cast: Cast) -> None:
        open_department(project=cast.project, name="Finance", manager=cast.sponsor)
        User.objects.filter(pk=cast.sponsor.pk).update(is_active=False)
        client.force_login(cast.project_manager)
        assert "Account closed" in client.get(address(cast)).content.decode()

    def test_offers_only_the_clients_own(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.project_manager)
        page = client.get(address(cast)).content.decode()
        for stranger in (cast.consultant, cast.other_sponsor):
            assert str(stranger.public_id) not in page
            sent = {"name": "Finance", "manager": str(stranger.public_id)}
            assert client.post(address(cast), sent).status_code == 422

    def test_is_for_whoever_keeps_them(self, client: Client, cast: Cast) -> None:
        row = open_department(project=cast.project, name="Finance", manager=None)
        for where in (address(cast), address(cast, row)):
            for nobody in (cast.sponsor, cast.auditor, cast.consultant):
                client.force_login(nobody)
                assert client.get(where).status_code == 403
            for stranger in (cast.stranger, cast.other_sponsor):
                client.force_login(stranger)
                assert client.post(where, {"name": "X"}).status_code == 404
        foreign = make_user(organisation=cast.other_client, is_administrator=True)
        client.force_login(foreign)
        assert client.get(address(cast)).status_code == 404


class TestChange:
    def test_names_a_manager(self, client: Client, cast: Cast) -> None:
        row = open_department(project=cast.project, name="Finance", manager=None)
        client.force_login(cast.project_manager)
        assert client.get(address(cast, row)).status_code == 200
        sent = {"name": "Finance", "manager": str(cast.sponsor.public_id)}
        assert client.post(address(cast, row), sent).status_code == 302
        row.refresh_from_db()
        assert row.manager == cast.sponsor

    def test_finds_no_other_projects_department(self, client: Client, cast: Cast) -> None:
        row = open_department(project=cast.other_project, name="Finance", manager=None)
        client.force_login(cast.project_manager)
        assert client.get(address(cast, row)).status_code == 404
