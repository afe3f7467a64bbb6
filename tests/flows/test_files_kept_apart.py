"""Files that somebody handed in: out of the web's reach, and given out as nothing but files."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from governance.models import Attachment, ImportRun
from governance.services.attachments import Place, store_attachment
from reports.models import Report
from tests.flows.rest_world import World, make_world
from tests.people import Cast, make_cast
from tests.wire import Caller
from uat.models import Photo

pytestmark = pytest.mark.django_db
HOSTILE = (
    "../../../etc/passwd",
    "..\\..\\boot.ini",
    "a\r\nSet-Cookie: session=mine.csv",
    "invoice\u202egpj.exe",
    "page.html",
    "drawing.svg",
    'name"; filename="other.html',
    "\x00.csv",
    ".htaccess",
    "CON",
)
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PLAIN_NAME = re.compile(r'attachment; filename="[\w.-]+"')


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast.project, mark="Ours")


def kept(cast: Cast, name: str) -> Attachment:
    place = Place(organisation=cast.client, project=cast.project)
    return store_attachment(place=place, name=name, content=SCRIPT, uploaded_by=cast.sponsor)


class TestKeptFiles:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_lie_under_names_of_our_own(self, cast: Cast, name: str) -> None:
        row = kept(cast, name)
        path = Path(row.content.path)
        assert path.parent == Path(settings.MEDIA_ROOT) / "attachments"
        assert path.name == row.public_id.hex
        assert not re.search(r"[\x00-\x1f\u202e/\\]", row.name)

    def test_are_out_of_the_webs_reach(self, client: Client, cast: Cast) -> None:
        row, inside = kept(cast, "page.html"), Path(settings.MEDIA_ROOT)
        assert inside.is_relative_to(settings.VAR_DIR)
        assert not inside.is_relative_to(settings.STATIC_ROOT)
        assert finders.find(str(row.content.name)) is None
        client.force_login(cast.sponsor)
        for prefix in ("/", "/files/", "/media/", "/static/", "/static/../files/"):
            assert client.get(f"{prefix}{row.content.name}").status_code == 404


def is_nothing_but_a_file(answer: HttpResponseBase, *, kind: str) -> None:
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(kind)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert PLAIN_NAME.fullmatch(answer["Content-Disposition"])
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


class TestDownloads:
    def test_are_saved_and_never_shown(self, client: Client, world: World) -> None:
        client.force_login(world.lead)
        project, run = world.project.public_id, ImportRun.objects.get()
        photo, report = Photo.objects.get(), Report.objects.get()
        for name, args, kind in (
            ("uat:photo-download", [project, photo.public_id], "image/jpeg"),
            ("reports:report-download", [project, report.public_id], "application/pdf"),
            ("governance:refusal-download", [run.public_id], "text/csv"),
            ("governance:security-log-download", [], "text/csv"),
        ):
            answer = client.get(reverse(name, args=args))
            is_nothing_but_a_file(answer, kind=kind)
            assert "no-store" in answer["Cache-Control"]

    def test_are_so_over_rest(self, world: World) -> None:
        caller = Caller.of(world.lead)
        for address, kind in (
            (f"projects/{world.project.public_id}/photos/{world.ids['photo']}/", "image/jpeg"),
            (f"projects/{world.project.public_id}/reports/{world.ids['report']}/pdf/", "app"),
        ):
            is_nothing_but_a_file(caller.get(address), kind=kind)

    def test_carry_the_name_of_no_upload(self, client: Client, world: World) -> None:
        report = Report.objects.get()
        report.project.slug = "halden"
        report.content.save('x"; filename="other.html', ContentFile(b"%PDF"), save=False)
        client.force_login(world.lead)
        answer = client.get(
            reverse("reports:report-download", args=[world.project.public_id, report.public_id])
        )
        assert "other" not in answer["Content-Disposition"]


class TestClosedCorners:
    def test_show_nothing_to_strangers(self, client: Client) -> None:
        """The description of REST is for who is signed in; set-up and demo pages are dead."""
        for address in ("/api/v1/docs/", "/api/v1/schema/", "/security-log/", "/permissions/"):
            assert client.get(address).status_code in {302, 401}, address
        for address in ("/style/", "/demo/", "/operator/", "/admin/", "/metrics", "/setup/"):
            assert client.get(address).status_code == 404, address
        assert client.post("/demo/enter/", {"account": "x"}).status_code == 404

    def test_take_json_alone_from_the_queue(self) -> None:
        assert settings.CELERY_ACCEPT_CONTENT == ["json"]
        assert settings.CELERY_TASK_SERIALIZER == "json"
