"""Caveats stand on page one from a moment on until somebody resolves them with a reason."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from governance.models import Caveat, Notice, ProjectMark, RecordEntry
from governance.services.caveats import LONGEST_CAVEAT, CaveatRefused
from readiness.models import CaveatResolution
from readiness.services.caveats import (
    add_caveat,
    open_caveat,
    open_caveats,
    resolve_caveat,
    standing_with_readers,
)
from tests.factories import NOW
from tests.people import Cast, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def written(cast: Cast, text: str = "Porto has no training room.") -> Caveat:
    """Return a caveat that was written and recorded a day ago."""
    return Caveat.objects.create(
        organisation=cast.client,
        project=cast.project,
        text=text,
        written_by=cast.project_manager,
        written_at=NOW - DAY,
        recorded_at=NOW - DAY,
    )


def resolved(cast: Cast, caveat: Caveat) -> CaveatResolution:
    """Return the end of a caveat, written now."""
    return resolve_caveat(
        caveat=caveat, reason="A room was found.", resolver=cast.sponsor, resolved_at=NOW
    )


class TestWriteCaveat:
    def test_is_open_from_then_on_and_marks_the_project(self, cast: Cast) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        row = add_caveat(
            project=cast.project, text=" Mind the tax ", writer=cast.sponsor, written_at=NOW
        )
        assert (row.text, row.written_by) == ("Mind the tax", cast.sponsor)
        assert ProjectMark.objects.get(project=cast.project).version == before + 1
        row.refresh_from_db()
        later = max(row.recorded_at, row.written_at)
        assert list(open_caveats(project_ids=[cast.project.pk], as_of=later)) == [row]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [("  ", "in a sentence"), ("x" * (LONGEST_CAVEAT + 1), "1000 characters at most")],
    )
    def test_refuses_no_words_and_too_many(self, cast: Cast, text: str, sentence: str) -> None:
        with pytest.raises(CaveatRefused, match=sentence) as refusal:
            add_caveat(project=cast.project, text=text, writer=cast.sponsor, written_at=NOW)
        assert refusal.value.field == "text"

    def test_refuses_the_same_words_while_they_stand(self, cast: Cast) -> None:
        first = written(cast)
        with pytest.raises(CaveatRefused, match="stands on page one already"):
            add_caveat(project=cast.project, text=first.text, writer=cast.sponsor, written_at=NOW)
        resolved(cast, first)
        add_caveat(project=cast.project, text=first.text, writer=cast.sponsor, written_at=NOW)
        assert Caveat.objects.count() == 2

    @pytest.mark.parametrize("name", ["consultant", "auditor", "process_owner", "other_sponsor"])
    def test_refuses_who_does_not_report(self, cast: Cast, name: str) -> None:
        with pytest.raises(CaveatRefused, match="project manager"):
            add_caveat(project=cast.project, text="x", writer=getattr(cast, name), written_at=NOW)


class TestOpenCaveat:
    def test_keeps_who_opened_it_first_when_and_marks_the_project(self, cast: Cast) -> None:
        caveat = written(cast)
        before = ProjectMark.objects.get(project=cast.project).version
        first = open_caveat(caveat, account=cast.sponsor, opened_at=NOW)
        again = open_caveat(caveat, account=cast.sponsor, opened_at=NOW + DAY)
        assert (first, again.opened_at) == (again, NOW)
        assert ProjectMark.objects.get(project=cast.project).version == before + 1
        entries = RecordEntry.objects.filter(kind="CAVEAT_OPENED")
        assert [entry.actor for entry in entries] == [cast.sponsor]

    def test_is_kept_with_the_judgement(self, cast: Cast) -> None:
        caveat = written(cast)
        row = open_caveat(caveat, account=cast.sponsor, opened_at=NOW)
        row.refresh_from_db()
        later = max(row.recorded_at, NOW)

        def kept(as_of: datetime) -> dict[str, Any]:
            ids = [cast.project.pk]
            ((found,),) = standing_with_readers(project_ids=ids, as_of=as_of, most=20).values()
            return found

        assert kept(later)["id"] == str(caveat.public_id)
        assert kept(later)["opened_by"] == ["Sponsor"]
        assert kept(NOW - timedelta(minutes=1))["opened_by"] == []

    def test_is_settled_for_everybody_once_it_is_resolved(self, cast: Cast) -> None:
        caveat = add_caveat(
            project=cast.project, text="Mind it.", writer=cast.project_manager, written_at=NOW
        )
        assert Notice.objects.unread().count() > 0
        resolved(cast, caveat)
        assert Notice.objects.unread().count() == 0


class TestResolveCaveat:
    def test_ends_it_and_keeps_it_for_the_past(self, cast: Cast) -> None:
        caveat = written(cast)
        row = CaveatResolution.objects.create(
            organisation=cast.client,
            project=cast.project,
            caveat=caveat,
            reason="Found one.",
            resolved_by=cast.sponsor,
            resolved_at=NOW,
            recorded_at=NOW,
        )
        assert str(row) == "Found one."
        ids = [cast.project.pk]
        assert list(open_caveats(project_ids=ids, as_of=NOW - timedelta(hours=1))) == [caveat]
        assert list(open_caveats(project_ids=ids, as_of=NOW)) == []
        assert list(open_caveats(project_ids=[cast.other_project.pk], as_of=NOW)) == []

    def test_marks_the_project(self, cast: Cast) -> None:
        caveat = written(cast)
        before = ProjectMark.objects.get(project=cast.project).version
        resolved(cast, caveat)
        assert ProjectMark.objects.get(project=cast.project).version == before + 1

    def test_refuses_without_a_reason_and_a_second_time(self, cast: Cast) -> None:
        caveat = written(cast)
        with pytest.raises(CaveatRefused, match="what became of it"):
            resolve_caveat(caveat=caveat, reason=" ", resolver=cast.sponsor, resolved_at=NOW)
        resolved(cast, caveat)
        with pytest.raises(CaveatRefused, match="resolved before"):
            resolved(cast, caveat)
        assert CaveatResolution.objects.count() == 1

    def test_refuses_a_partner_at_the_service_and_at_the_table(self, cast: Cast) -> None:
        caveat = written(cast)
        with pytest.raises(CaveatRefused):
            resolve_caveat(caveat=caveat, reason="x", resolver=cast.consultant, resolved_at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            CaveatResolution.objects.create(
                organisation=cast.client,
                project=cast.project,
                caveat=caveat,
                reason="x",
                resolved_by=cast.consultant,
                resolved_at=NOW,
            )

    def test_has_a_reason_at_the_table(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            CaveatResolution.objects.create(
                organisation=cast.client,
                project=cast.project,
                caveat=written(cast),
                reason="",
                resolved_by=cast.sponsor,
                resolved_at=NOW,
            )
