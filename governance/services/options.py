"""Offer ways to decide a question."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Decision, DecisionOption, User
from governance.record.witnessing import witness
from governance.services.marks import mark_projects
from governance.services.questions import DecisionRefused, lock_open

MOST_OPTIONS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to decide, what it brings, and whether it is the one recommended."""

    title: str
    consequence: str = ""
    is_recommended: bool = False


@transaction.atomic
def offer_option(
    *, decision: Decision, choice: Choice, offered_by: User, offered_at: datetime
) -> DecisionOption:
    """Write one more way to decide an open question; none is ever taken back.

    :raises DecisionRefused: it is not open, has the option already or too many, or another
        one is recommended already.
    """
    held = lock_open(decision)
    row = write_option(held, choice=choice, offered_by=offered_by)
    mark_projects(project_ids=[held.project_id])
    witness(row, actor=offered_by)
    return row


def write_option(decision: Decision, *, choice: Choice, offered_by: User) -> DecisionOption:
    """Write an option behind those there are; the caller holds the lock and witnesses it.

    :raises DecisionRefused: as `offer_option`.
    """
    title = choice.title.strip()
    offered = list(DecisionOption.objects.filter(decision=decision).order_by("position"))
    if not title:
        raise DecisionRefused(_("Say in a few words what would be done."), field="title")
    if any(row.title.casefold() == title.casefold() for row in offered):
        raise DecisionRefused(_("This option is there already."), field="title")
    if len(offered) >= MOST_OPTIONS:
        most = _("A question has %(number)s options at most.") % {"number": MOST_OPTIONS}
        raise DecisionRefused(most)
    recommended = next((row for row in offered if row.is_recommended), None)
    if choice.is_recommended and recommended is not None:
        message = _("“%(title)s” is recommended already; only one option can be.")
        raise DecisionRefused(message % {"title": recommended.title}, field="is_recommended")
    return DecisionOption.objects.create(
        organisation_id=decision.organisation_id,
        project_id=decision.project_id,
        decision=decision,
        position=len(offered) + 1,
        title=title,
        consequence=choice.consequence.strip(),
        is_recommended=choice.is_recommended,
        offered_by=offered_by,
    )
