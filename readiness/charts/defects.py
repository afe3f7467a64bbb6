"""Open defects by age and severity."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.charts.looks import (
    WIDTH,
    Chart,
    Spec,
    amounts_axis,
    number_words,
    rows_of,
    spec_of,
)

HEIGHT = 150
SHADES = ("#8f1414", "#d9663a", "#e8b04a", "#8b93a0")
"""From the worst severity to the mildest; the legend and the table name them in words."""


@dataclass(frozen=True, slots=True)
class AgeCount:
    """Count the open defects of one severity in one age group."""

    age: str
    severity: str
    count: int


def defects_chart(
    counts: Sequence[AgeCount], *, ages: Sequence[str], severities: Sequence[str]
) -> Chart | None:
    """Return stacked bars by age, severities from the worst; None without a defect.

    `ages` and `severities` are in the reader's words, in the order in which they are drawn.
    """
    total = sum(each.count for each in counts)
    if not total:
        return None
    table = {(each.age, each.severity): each.count for each in counts}
    rows = tuple(
        (age, *(number_words(table.get((age, name), 0)) for name in severities)) for age in ages
    )
    return Chart(
        _("Open defects by age"),
        _words(total, _worst(counts, severities), severities[0]),
        _stacked_bars(counts, ages, severities),
        (_("Age"), *severities),
        rows,
    )


def _worst(counts: Sequence[AgeCount], severities: Sequence[str]) -> int:
    return sum(each.count for each in counts if each.severity == severities[0])


def _words(total: int, worst: int, severity: str) -> str:
    words = ngettext(
        "%(total)s open defect, %(worst)s of them %(severity)s.",
        "%(total)s open defects, %(worst)s of them %(severity)s.",
        total,
    )
    return words % {
        "total": number_words(total),
        "worst": number_words(worst),
        "severity": severity,
    }


def _stacked_bars(
    counts: Sequence[AgeCount], ages: Sequence[str], severities: Sequence[str]
) -> Spec:
    colours = {"domain": list(severities), "range": list(SHADES[: len(severities)])}
    encoding = {
        "x": {
            "field": "age",
            "type": "ordinal",
            "sort": list(ages),
            "scale": {"domain": list(ages)},
            "axis": {"title": _("Age"), "labelAngle": 0},
        },
        "y": amounts_axis(_("Open defects")),
        "color": {"field": "severity", "type": "nominal", "scale": colours, "title": _("Severity")},
        "order": {"field": "rank"},
    }
    return spec_of(
        {
            "width": WIDTH - 120,
            "height": HEIGHT,
            "data": rows_of([_bar(each, severities) for each in counts if each.count]),
            "mark": {"type": "bar", "stroke": "#ffffff", "strokeWidth": 0.5},
            "encoding": encoding,
        }
    )


def _bar(each: AgeCount, severities: Sequence[str]) -> dict[str, object]:
    rank = severities.index(each.severity)
    return {"age": each.age, "severity": each.severity, "amount": each.count, "rank": rank}
