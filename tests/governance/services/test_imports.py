"""Asking for an import keeps the file and lists the work, or says why not."""

from typing import Any

import pytest

from governance.models import Attachment, ImportRun, Job, Organisation, Project
from governance.services.attachments import Place
from governance.services.imports import (
    ImportRefused,
    Wish,
    job_of,
    request_again,
    request_import,
)
from tests.factories import make_organisation, make_project, make_user

pytestmark = pytest.mark.django_db


def asked(
    content: bytes = b"a,b\n",
    *,
    project: Project | None = None,
    organisation: Organisation | None = None,
    **wish: object,
) -> ImportRun:
    owner = project.organisation if project else organisation or make_organisation()
    return request_import(
        actor=make_user(organisation=owner),
        place=Place(organisation=owner, project=project),
        name="a.csv",
        content=content,
        wish=Wish(**wish),  # type: ignore[arg-type]
    )


class TestRequestImport:
    def test_keeps_the_file_and_lists_the_work(self) -> None:
        project = make_project()
        run = asked(project=project, kind="roster", options={"dates": "dmy"}, dry_run=True)
        assert (run.state, run.kind, run.dry_run, run.options) == (
            "PENDING",
            "roster",
            True,
            {"dates": "dmy"},
        )
        job = job_of(run)
        assert (job.kind, job.payload, job.project, job.actor) == (
            "import",
            {"import_run": run.pk},
            project,
            run.actor,
        )

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "The file is empty"),
            (b"%PDF-1.7 ...", "This is a PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old .xls"),
            (b"\x7fELF" + b"\0" * 50, "neither text nor a workbook"),
        ],
    )
    def test_refuses_what_nobody_can_read(self, content: bytes, why: str) -> None:
        with pytest.raises(ImportRefused, match=why):
            asked(content, project=make_project())
        assert not Attachment.objects.exists()
        assert not Job.objects.exists()

    @pytest.mark.parametrize(
        ("wish", "why"),
        [
            ({"kind": "gossip"}, "“gossip” is not a kind of import"),
            ({"options": {"colour": "red"}}, "Unknown option colour"),
            ({"options": {"affiliation": "BOSS"}}, "option affiliation is one of CLIENT"),
            ({"options": {"affiliation": ["CLIENT"]}}, "option affiliation is one of"),
            ({"options": {"dates": 5}}, "option dates is one of dmy, mdy"),
            ({"kind": "portfolio"}, "A portfolio makes projects"),
        ],
    )
    def test_refuses_what_it_does_not_know(self, wish: dict[str, Any], why: str) -> None:
        with pytest.raises(ImportRefused, match=why):
            asked(project=make_project(), **wish)

    def test_asks_for_a_project_where_one_is_needed(self) -> None:
        with pytest.raises(ImportRefused, match="Choose the project"):
            asked(kind="roster")
        assert asked(kind="portfolio").project is None
        assert asked(kind="auto").project is None


class TestRequestAgain:
    def test_asks_for_the_same_file_with_another_wish(self) -> None:
        run = asked(project=make_project(), dry_run=True)
        again = request_again(
            actor=None, run=run, wish=Wish(kind="roster", options={"skip_refused": True})
        )
        assert again.pk != run.pk
        assert (again.attachment, again.project, again.dry_run) == (
            run.attachment,
            run.project,
            False,
        )
        assert job_of(again) != job_of(run)

    def test_refuses_when_the_file_is_gone_or_the_wish_is_bad(self) -> None:
        run = asked(project=make_project())
        with pytest.raises(ImportRefused, match="is not a kind"):
            request_again(actor=None, run=run, wish=Wish(kind="gossip"))
        run.attachment = None
        with pytest.raises(ImportRefused, match="is gone"):
            request_again(actor=None, run=run, wish=Wish())
