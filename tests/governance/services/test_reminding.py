"""What is overdue is told once, at once where it blocks go-live; what is done is taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.choices import NoticeKind, Phase, RaidKind
from governance.models import Decision, Notice, ProviderConfirmation, RaidItem
from governance.services.reminding import remind, settle_answered
from tests.factories import EARLY, NOW
from tests.people import Cast, make_cast
from tests.questions import decide, make_decision
from tests.telling import told

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def late(cast: Cast, *, days: int = 1, **fields: Any) -> Decision:
    """Return a decision of the process owner's that was due some days ago."""
    fields.setdefault("decider", cast.process_owner)
    return make_decision(project=cast.project, due_date=(NOW - days * DAY).date(), **fields)


def dependency_of(cast: Cast, **fields: Any) -> RaidItem:
    """Return a dependency on somebody outside."""
    return RaidItem.objects.create(
        organisation=cast.client,
        project=cast.project,
        code="X-1",
        kind=RaidKind.DEPENDENCY,
        title="The carrier's labels",
        raised_at=EARLY,
        **fields,
    )


class TestRemind:
    def test_tells_the_decider_once(self, cast: Cast) -> None:
        decision = late(cast)
        assert remind(now=NOW) == 1
        assert remind(now=NOW + DAY) == 0
        notice = Notice.objects.get()
        assert (notice.kind, notice.account) == ("DECISION_OVERDUE", cast.process_owner)
        assert (notice.subject_id, notice.is_urgent) == (str(decision.public_id), False)

    def test_tells_at_once_what_blocks_go_live_and_is_late_since_yesterday(
        self, cast: Cast
    ) -> None:
        late(cast, blocks_go_live=True)
        late(cast, blocks_go_live=True, days=9)
        remind(now=NOW)
        assert sorted(Notice.objects.values_list("is_urgent", flat=True)) == [False, True]

    def test_tells_the_executives_where_nobody_is_named(self, cast: Cast) -> None:
        late(cast, decider=None)
        remind(now=NOW)
        assert Notice.objects.get().account == cast.sponsor

    def test_waits_for_the_end_of_the_day_in_the_projects_own_zone(self, cast: Cast) -> None:
        late(cast, days=0)
        assert remind(now=NOW) == 0
        cast.project.time_zone = "Pacific/Kiritimati"
        cast.project.save()
        assert remind(now=NOW + timedelta(hours=12)) == 1

    def test_tells_nothing_of_what_is_decided_or_closed(self, cast: Cast) -> None:
        decision = late(cast)
        decide(decision, by=cast.sponsor, at=EARLY)
        assert remind(now=NOW) == 0
        late(cast)
        cast.project.phase = Phase.CLOSED
        cast.project.save()
        assert remind(now=NOW) == 0

    def test_is_as_cheap_a_second_time_however_many_there_are(self, cast: Cast) -> None:
        for _ in range(9):
            late(cast)
        remind(now=NOW)
        with CaptureQueriesContext(connection) as asked:
            remind(now=NOW)
        assert len(asked) <= 5


class TestRemindOfPromises:
    def test_tells_the_owner_that_nobody_confirms_a_dependency_any_more(self, cast: Cast) -> None:
        dependency_of(cast, owner=cast.process_owner)
        assert remind(now=NOW) == 1
        assert remind(now=NOW + DAY) == 0
        notice = Notice.objects.get()
        assert (notice.kind, notice.account) == ("CONFIRMATION_STALE", cast.process_owner)

    def test_tells_the_project_manager_where_nobody_owns_it_and_again_after_the_next_word(
        self, cast: Cast
    ) -> None:
        item = dependency_of(cast)
        remind(now=NOW)
        assert Notice.objects.get().account == cast.project_manager
        ProviderConfirmation.objects.create(
            organisation=cast.client,
            project=cast.project,
            item=item,
            promised_date=NOW.date(),
            confirmed_by="Ms Carrier",
            noted_by=cast.project_manager,
            confirmed_at=NOW,
        )
        assert remind(now=NOW + DAY) == 0
        assert remind(now=NOW + 8 * DAY) == 1


class TestSettleAnswered:
    def test_takes_back_what_is_decided_however_that_came(self, cast: Cast) -> None:
        open_one, decided = late(cast), late(cast)
        for decision in (open_one, decided):
            told(cast, cast.process_owner, subject_id=decision.public_id)
        told(cast, cast.process_owner, kind=NoticeKind.CAVEAT_WRITTEN, noun="caveat")
        decide(decided, by=cast.sponsor, at=EARLY)
        assert settle_answered(now=NOW) == 1
        assert settle_answered(now=NOW) == 0
        settled = Notice.objects.get(settled_at=NOW)
        assert settled.subject_id == str(decided.public_id)
