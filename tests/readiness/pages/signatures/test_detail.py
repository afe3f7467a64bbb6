"""What a page says of an act of any kind, and where it leads."""

from datetime import UTC, datetime, timedelta

import pytest

from governance.choices import SignoffKind
from governance.models import BusinessProcess, Project
from readiness.pages.documents import KIND_OF_SLUG
from readiness.pages.signatures import signature_page
from readiness.pages.signatures.detail import SLUGS, method_text, zone_text
from readiness.pages.signatures.worth import Worth
from tests.risks import accept_in_person, terms_of
from tests.signing import LATER, Desk, make_desk, older_signature

MOMENT = datetime(2026, 7, 1, 12, 30, 5, tzinfo=UTC)


class TestZoneText:
    def test_names_clock_and_zone(self) -> None:
        assert zone_text(MOMENT, "Europe/Oslo") == "1 Jul 2026, 14:30:05 CEST (Europe/Oslo)"

    def test_falls_back_where_nobody_knows_the_zone(self) -> None:
        assert zone_text(MOMENT, "Nowhere/City") == "2026-07-01 12:30:05 UTC"


class TestMethodText:
    def test_tells_every_way_and_the_one_of_before_the_record(self) -> None:
        assert method_text("PASSKEY") == "passkey"
        assert method_text("SINGLE_SIGN_ON") == "fresh single sign-on"
        assert method_text("PASSWORD") == "password"


def test_every_document_that_is_signed_has_its_address() -> None:
    assert {kind: slug for slug, kind in KIND_OF_SLUG.items()} == SLUGS


@pytest.mark.django_db
class TestSignaturePage:
    @pytest.fixture
    def desk(self) -> Desk:
        """Return a process that can be signed."""
        return make_desk()

    @pytest.mark.parametrize(
        ("kind", "end"),
        [
            (SignoffKind.PROCESS_EVIDENCE, "/processes/{}/"),
            (SignoffKind.SCOPE, "/processes/{}/scope/"),
            (SignoffKind.ACCEPTANCE, "/risks/"),
            (SignoffKind.CLOSURE, "/sign/closure/"),
        ],
    )
    def test_leads_to_what_was_signed(self, desk: Desk, kind: SignoffKind, end: str) -> None:
        row = older_signature(desk.process, desk.cast.process_owner, kind=kind)
        page = signature_page(row, reader=None, at=LATER)
        assert page.subject_href.endswith(end.format(desk.process.public_id))

    def test_is_out_of_date_where_nothing_is_left_to_sign(self, desk: Desk) -> None:
        row = older_signature(desk.process, desk.cast.process_owner)
        BusinessProcess.objects.filter(pk=desk.process.pk).update(in_scope=False)
        page = signature_page(row, reader=None, at=LATER)
        assert page.worth == Worth.STALE
        assert page.changes[0].sentence.startswith("It is out of scope now")

    @pytest.mark.parametrize(
        ("days", "move", "worth", "words"),
        [
            (5, None, Worth.VALID, "nobody has withdrawn"),
            (-1, None, Worth.EXPIRED, "counts no longer"),
            (5, timedelta(days=30), Worth.STALE, "rests on has changed"),
        ],
    )
    def test_tells_an_acceptance_that_ended_by_itself(
        self, desk: Desk, days: int, move: timedelta | None, worth: Worth, words: str
    ) -> None:
        until = LATER + timedelta(days=5)
        Project.objects.update(go_live_date=(LATER + timedelta(days=2)).date())
        desk.cast.project.refresh_from_db()
        accepted = accept_in_person(desk.cast, terms_of(desk.cast.project, until=until), at=LATER)
        assert accepted.signature is not None
        if move:
            Project.objects.update(go_live_date=(LATER + move).date())
        seen_at = until - timedelta(days=days)
        page = signature_page(accepted.signature, reader=None, at=seen_at)
        assert page.worth == worth
        assert words in page.answer
