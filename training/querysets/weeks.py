"""How much training was finished, week by week."""

from datetime import date, datetime, tzinfo

from django.apps import apps
from django.db.models import Count
from django.db.models.functions import TruncWeek

from training.choices import COMPLETION_RESULTS


def finished_by_week(
    *, project_id: int, since: datetime, until: datetime, zone: tzinfo
) -> dict[date, int]:
    """Return Monday -> records of a course completed or passed in that week of a zone."""
    records = apps.get_model("training", "TrainingRecord").objects.filter(
        project_id=project_id,
        result__in=COMPLETION_RESULTS,
        happened_at__gte=since,
        happened_at__lte=until,
    )
    weeks = records.annotate(week=TruncWeek("happened_at", tzinfo=zone)).values_list("week")
    return {monday.date(): number for monday, number in weeks.annotate(Count("pk")).order_by()}
