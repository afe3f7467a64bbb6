"""What may wait for a decision or rest on an assumption, by the codes that people write.

Scenarios and criteria live on floors above; settings.DEPENDENTS names who knows them.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from governance.choices import DependentKind
from governance.models import Decision, Project

_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A scenario or criterion that a project knows by a code.

    `subject_id` names it as `pages.places` does; `counts` is false where nothing is left to be
    done, as with a scenario that passed.
    """

    code: str
    title: str
    subject_id: str
    counts: bool = True


Lookup = Callable[..., Mapping[str, Known]]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Codes that somebody wrote, by what they are; `unknown` are those of nothing."""

    scenarios: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    unknown: tuple[str, ...] = field(default=())


@cache
def _lookup(kind: str) -> Lookup:
    found: Lookup = import_string(settings.DEPENDENTS[kind])
    return found


def known_dependents(project: Project, *, kind: str, codes: Collection[str]) -> Mapping[str, Known]:
    """Return code -> the scenario or criterion of the project; what it does not know is left out.

    One query, and none without a code.
    """
    return _lookup(kind)(project=project, codes=codes) if codes else {}


def codes_in(text: str) -> list[str]:
    """Return the codes that somebody wrote, apart by commas, spaces or lines; each once."""
    return list(dict.fromkeys(filter(None, _BETWEEN.split(text))))


def sort_codes(project: Project, *, codes: Collection[str]) -> Sorted:
    """Return what each code is: a decision, else a criterion, else a scenario of the project."""
    named = Decision.objects.filter(project=project, code__in=codes)
    decisions = {row.code: row for row in named}
    rest = [code for code in codes if code not in decisions]
    criteria = known_dependents(project, kind=DependentKind.CRITERION, codes=rest)
    rest = [code for code in rest if code not in criteria]
    scenarios = known_dependents(project, kind=DependentKind.SCENARIO, codes=rest)
    return Sorted(
        scenarios=tuple(scenarios),
        criteria=tuple(criteria),
        decisions=tuple(decisions.values()),
        unknown=tuple(code for code in rest if code not in scenarios),
    )
