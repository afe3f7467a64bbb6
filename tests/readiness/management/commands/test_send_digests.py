"""The daily mails by hand: look first, send once."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from governance.models import User
from readiness.models import Digest
from tests.factories import EARLY
from tests.people import Cast, make_cast
from tests.questions import make_decision

pytestmark = pytest.mark.django_db
MOMENT = "2026-06-01T09:00:00+02:00"


@pytest.fixture
def cast() -> Cast:
    """Return everybody; a decision waits for the sponsor."""
    found = make_cast()
    make_decision(project=found.project, decider=found.sponsor)
    User.objects.update(created_at=EARLY)
    User.objects.exclude(pk__in=[found.sponsor.pk, found.auditor.pk]).update(is_active=False)
    return found


def run(*words: str) -> str:
    """Return what the command says."""
    said = StringIO()
    call_command("send_digests", *words, stdout=said)
    return said.getvalue()


class TestSendDigests:
    def test_looks_without_writing_or_sending(self, cast: Cast) -> None:
        said = run("--dry-run", "--as-of", MOMENT)
        assert f"{cast.sponsor.email}  2026-06-01  Readiness Gate: 1 thing waits for you" in said
        assert f"{cast.auditor.email}  2026-06-01  nothing to do, no mail" in said
        assert "2 due; nothing was written or sent." in said
        assert not Digest.objects.exists()
        assert mail.outbox == []

    def test_sends_once(self, cast: Cast) -> None:
        assert "2 due; 1 empty, 1 sent." in run("--as-of", MOMENT)
        assert "0 due; nothing to send." in run("--as-of", MOMENT)
        assert [message.to for message in mail.outbox] == [[cast.sponsor.email]]

    def test_reads_the_clock_unless_told(self, db: None) -> None:
        assert "0 due; nothing to send." in run()

    @pytest.mark.parametrize(
        "moment", ["yesterday", "2026-06-01", "2026-06-01T09:00:00", "2026-99-01T09:00Z"]
    )
    def test_refuses_a_moment_that_is_none(self, db: None, moment: str) -> None:
        with pytest.raises(CommandError, match="with its offset"):
            run("--as-of", moment)
