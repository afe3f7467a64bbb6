"""The version that an open page of a gate asks for."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.services.marks import mark_projects
from tests.readiness.views.gates.cases import page_of
from tests.readiness.worlds import World

VERSION_QUERIES = 6


class TestShowVersion:
    def version_of(self, client: Client, world: World) -> str:
        """Return the version the server tells."""
        etag: str = client.get(f"{world.address}version/").headers["ETag"]
        return etag.strip('"')

    def test_is_silent_while_nothing_changed(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        have = self.version_of(client, world)
        answer = client.get(f"{world.address}version/", {"have": have})
        assert (answer.status_code, answer.content) == (204, b"")
        assert "HX-Trigger" not in answer.headers
        assert f"have={have}" in page_of(client, world.cast.sponsor, world.address)

    def test_tells_an_open_page_that_something_changed(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        have = self.version_of(client, world)
        mark_projects(project_ids=[world.cast.project.pk])
        answer = client.get(f"{world.address}version/", {"have": have})
        assert answer.headers["HX-Trigger"] == "gate-changed"

    def test_is_cheap(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{world.address}version/")
        assert len(asked) == VERSION_QUERIES
        assert not any('"body"' in query["sql"] for query in asked.captured_queries)
