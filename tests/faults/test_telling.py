"""Workers are killed and mail servers refuse: nobody is told twice, and nothing is lost."""

import sys
from collections.abc import Iterator

import psycopg
import pytest

from tests.faults.mailbox import Mailbox, listening
from tests.faults.stage import Stage, command_of
from tests.servers import free_port, wait_until

NUMBER = 8
ENDED = "SELECT count(*) FROM governance_notice WHERE mail_state = 'SENT'"
WAITING = "SELECT count(*) FROM governance_notice WHERE mail_state = 'WAITING'"
LONG_AGO = "now() - interval '2 hours'"


@pytest.fixture
def mailbox(deployment: Stage) -> Iterator[Mailbox]:
    """Return a mail server that the deployment sends by."""
    with listening(Mailbox()) as box:
        deployment.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{box.port}"
        yield box


def change(stage: Stage, statement: str) -> None:
    """Let time pass for some rows."""
    with psycopg.connect(stage.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement.encode())


def tell(stage: Stage, word: str, *, urgent: bool = True) -> list[str]:
    """Tell somebody NUMBER things; return their titles."""
    kind = "urgent" if urgent else "plain"
    stage.run([sys.executable, "-m", "tests.faults.work", "notices", word, str(NUMBER), kind])
    return [f"{word} number {position}." for position in range(NUMBER)]


def send_digests(stage: Stage, *, days: int) -> str:
    """Send the mails of a day as the schedule would at its hour."""
    return stage.run([sys.executable, "-m", "tests.faults.work", "digests", str(days)])


def forget_who_took_them(stage: Stage) -> None:
    """Let the time pass after which whoever took something for sending counts as dead."""
    for table in ("governance_notice", "readiness_digest"):
        change(stage, f"UPDATE {table} SET taken_at = {LONG_AGO} WHERE taken_at IS NOT NULL")  # noqa: S608


class TestUrgentNotices:
    def test_reach_their_reader_once_whenever_workers_are_killed(
        self, deployment: Stage, mailbox: Mailbox
    ) -> None:
        mailbox.pause = 0.4
        titles = tell(deployment, "Porto")
        deployment.start(command_of("schedule"), name="schedule")
        for wanted in (1, 3):
            worker = deployment.start(command_of("worker"), name="worker")
            wait_until(lambda n=wanted: len(mailbox.arrived) >= n, what="a mail")  # type: ignore[misc]
            deployment.kill(worker)
        deployment.start(command_of("worker"), name="worker")
        wait_until(lambda: deployment.count(WAITING) == 0, what="the other mails")
        forget_who_took_them(deployment)
        wait_until(
            lambda: (
                deployment.count(
                    "SELECT count(*) FROM governance_notice WHERE mail_state = 'SENDING'"
                )
                == 0
            ),
            what="an end of those taken",
        )
        assert len(set(mailbox.names)) == len(mailbox.names)
        assert len(mailbox.names) == NUMBER
        unknown = NUMBER - deployment.count(ENDED)
        assert 1 <= unknown < NUMBER  # each of the two workers had some on their way
        send_digests(deployment, days=1)
        assert all(mailbox.holds(title) for title in titles)
        assert deployment.count(ENDED) == NUMBER
        assert len(set(mailbox.names)) == len(mailbox.names) == NUMBER + 1

    def test_wait_for_a_server_that_refuses_or_is_away(self, deployment: Stage) -> None:
        box = Mailbox(port=free_port(), refuses=True)
        deployment.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{box.port}"
        titles = tell(deployment, "Oslo")
        deployment.start(command_of("schedule"), name="schedule")
        deployment.start(command_of("worker"), name="worker")
        refused = "SELECT count(*) FROM governance_notice WHERE error <> ''"
        wait_until(lambda: deployment.count(refused) >= 1, what="nobody there")
        with listening(box):
            tried = "SELECT count(*) FROM governance_notice WHERE attempts > 0"
            wait_until(lambda: deployment.count(tried) == NUMBER, what="refusals")
            wait_until(lambda: deployment.count(WAITING) == NUMBER, what="another try")
            assert box.arrived == []
            box.refuses = False
            change(deployment, f"UPDATE governance_notice SET try_at = {LONG_AGO}")  # noqa: S608
            wait_until(lambda: deployment.count(ENDED) == NUMBER, what="the mails")
            assert len(set(box.names)) == len(box.names) == NUMBER
            assert all(box.holds(title) for title in titles)


class TestDigests:
    def test_come_once_and_the_next_tells_what_was_on_its_way_when_a_worker_died(
        self, deployment: Stage, mailbox: Mailbox
    ) -> None:
        mailbox.pause = 30
        titles = tell(deployment, "Lima", urgent=False)
        command = [sys.executable, "-m", "tests.faults.work", "digests", "1"]
        sender = deployment.start(command, name="sender")
        wait_until(lambda: len(mailbox.arrived) == 1, what="the mail on its way")
        deployment.kill(sender)
        mailbox.pause = 0
        mailbox.released.set()
        said = send_digests(deployment, days=1)
        assert said.startswith("0 due")
        assert "sent" not in said
        assert len(mailbox.arrived) == 1
        forget_who_took_them(deployment)
        deployment.start(command_of("schedule"), name="schedule")
        deployment.start(command_of("worker"), name="worker")
        unknown = "SELECT count(*) FROM governance_notice WHERE mail_state = 'UNKNOWN'"
        wait_until(lambda: deployment.count(unknown) == NUMBER, what="an end of those taken")
        send_digests(deployment, days=2)
        assert len(set(mailbox.names)) == len(mailbox.names) == 2
        mailbox.arrived.pop(0)
        assert all(mailbox.holds(title) for title in titles)
