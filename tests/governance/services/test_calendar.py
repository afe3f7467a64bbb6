"""The business calendar: what is written into it, and what is taken out again."""

from datetime import date
from typing import Any

import pytest

from governance.choices import CalendarKind
from governance.models import CalendarEntry
from governance.services.calendar import CalendarRefused, end_days
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.raiding import close_days

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 6, 29), date(2026, 7, 3)


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestWriteDays:
    def test_keeps_days_with_both_ends(self, cast: Cast) -> None:
        row = close_days(cast, FIRST, LAST)
        assert CalendarEntry.objects.touching(LAST, LAST).get() == row
        assert not CalendarEntry.objects.touching(date(2026, 7, 4), date(2026, 7, 9)).exists()

    @pytest.mark.parametrize(
        ("first", "last", "field"),
        [
            (LAST, FIRST, "to_date"),
            (FIRST, date(2029, 1, 1), "to_date"),
            (FIRST, LAST, "from_date"),
        ],
    )
    def test_refuses_what_makes_no_sense_or_stands_there(
        self, cast: Cast, first: date, last: date, field: str
    ) -> None:
        close_days(cast, FIRST, LAST)
        with pytest.raises(CalendarRefused) as refused:
            close_days(cast, first, last)
        assert refused.value.field == field
        assert CalendarEntry.objects.count() == 1


class TestEndDays:
    def test_takes_them_out_and_lets_them_in_again(self, cast: Cast) -> None:
        row = close_days(cast, FIRST, LAST, kind=CalendarKind.HOLIDAY)
        ended: dict[str, Any] = {"ended_by": cast.project_manager, "ended_at": NOW}
        end_days(entry=row, reason="The works council moved it.", **ended)
        assert not CalendarEntry.objects.standing().exists()
        assert not CalendarEntry.objects.holidays().exists()
        again = close_days(cast, FIRST, LAST, kind=CalendarKind.HOLIDAY)
        assert CalendarEntry.objects.standing().get() == again
        with pytest.raises(CalendarRefused, match="already"):
            end_days(entry=row, reason="Once more.", **ended)

    def test_refuses_without_a_reason(self, cast: Cast) -> None:
        row = close_days(cast, FIRST, LAST)
        with pytest.raises(CalendarRefused, match="Say why"):
            end_days(entry=row, reason=" ", ended_by=cast.project_manager, ended_at=NOW)
        assert CalendarEntry.objects.standing().exists()
