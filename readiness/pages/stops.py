"""Which gates are stopped, by whom and why, and how that ended."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Project
from governance.pages.charters import StopRow, stop_rows
from governance.pages.trail import Step, trail_of
from readiness.models import Gate
from readiness.pages.spoken import policy_text
from readiness.policy.parsing import gates_of_body


@dataclass(frozen=True, slots=True)
class StopList:
    """Every stop of a project's gates, the newest first; `gates` by key and name."""

    answer: str
    rows: list[StopRow]
    gates: list[tuple[str, str]]
    trail: list[Step]


def stop_list(project: Project) -> StopList:
    """Return the stops of a project, and the gates that can be stopped."""
    rows = stop_rows(project)
    return StopList(
        answer=_answer(rows),
        rows=rows,
        gates=gate_names(project),
        trail=trail_of(project, _("Stopped gates")),
    )


def gate_names(project: Project) -> list[tuple[str, str]]:
    """Return key and name of a project's gates in their order, in the reader's language."""
    rows = Gate.objects.filter(project=project).select_related("policy").order_by("position")
    names = [(row.key, gates_of_body(row.policy.body)[row.key].name) for row in rows]
    return [(key, f"{key} {policy_text(name)}") for key, name in names]


def _answer(rows: list[StopRow]) -> str:
    number = sum(not row.ended for row in rows)
    if not number:
        return _("No gate is stopped.")
    return ngettext(
        "One gate is stopped: it is a no-go until the stop ends.",
        "%(number)d gates are stopped: they are a no-go until the stops end.",
        number,
    ) % {"number": number}
