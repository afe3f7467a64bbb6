"""What waits for a decision, what hangs on the partner and on others, in words."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import CalendarKind, Rung
from readiness.choices import PartnerArea, PartnerBand
from readiness.pages.authority.lines import Line, Said, of_text, sentences
from readiness.pages.recorded import day_of
from readiness.pages.words import day_text, number_text

SHOWN = (PartnerBand.WATCH, PartnerBand.HIGH)


def decisions_words(part: Mapping[str, Any]) -> Said:
    """Return how many decisions are open, how long they take and what a week costs."""
    told = {name: number_text(part[name]) for name in ("open", "overdue", "blocking")}
    opened = _("Open decisions: %(open)s, overdue: %(overdue)s, blocking go-live: %(blocking)s.")
    pace = ""
    if part["p50"] is not None and part["p80"] is not None:
        days = {name: number_text(Decimal(part[name])) for name in ("p50", "p80")}
        pace = _("Half are made within %(p50)s days, four of five within %(p80)s.") % days
    return Said(
        sentence=sentences([opened % told, pace, _a_week(part["week_costs"])]),
        is_bad=bool(part["overdue"] or part["blocking"]),
        lines=tuple(_waiting_lines(part["worst"])),
    )


def _a_week(scenarios: int) -> str:
    if not scenarios:
        return ""
    told = ngettext(
        "Another week of waiting holds up %(number)s scenario.",
        "Another week of waiting holds up %(number)s scenarios.",
        scenarios,
    )
    return told % {"number": number_text(scenarios)}


def _waiting_lines(rows: list[Mapping[str, Any]]) -> Iterator[Line]:
    for row in rows:
        told = {
            **row,
            "decider": row["decider"] or _("nobody named"),
            "days": number_text(row["days"]),
            "waiting": number_text(row["waiting"]),
        }
        words = _("%(code)s %(title)s: open %(days)s d with %(decider)s; waiting: %(waiting)s")
        yield Line(words % told, str(row["id"]))


def partner_words(part: Mapping[str, Any]) -> Said:
    """Return what the partner assumed and how much of the work hangs on it."""
    told = {name: number_text(part[name]) for name in ("assumptions", "debt", "rework")}
    waiting = _("Assumptions without an owner's word: %(assumptions)s, a debt of %(debt)s days.")
    rework = _("Scenarios to be tested anew after a correction: %(rework)s.") % told
    return Said(
        sentence=sentences([waiting % told, rework if part["rework"] else ""]),
        is_bad=bool(part["rework"])
        or any(row["band"] == PartnerBand.HIGH for row in part["shares"]),
        lines=tuple(
            Line(
                _("%(area)s: %(share)s")
                % {
                    "area": PartnerArea(row["area"]).label,
                    "share": of_text(row["done"], row["due"]),
                }
            )
            for row in part["shares"]
            if row["band"] in SHOWN
        ),
    )


def escalations_words(part: Mapping[str, Any]) -> Said:
    """Return how many escalations are open and whose clock ran out."""
    told = {name: number_text(part[name]) for name in ("open", "overdue")}
    return Said(
        sentence=_("Open escalations: %(open)s, past their clock: %(overdue)s.") % told,
        is_bad=bool(part["overdue"]),
        lines=tuple(
            Line(
                _("%(title)s: with %(who)s for %(days)s d")
                % {
                    "title": row["title"],
                    "who": row["addressee"] or str(Rung(row["rung"]).label),
                    "days": number_text(row["days"]),
                },
                str(row["id"]),
            )
            for row in part["worst"]
        ),
    )


def dependencies_words(part: Mapping[str, Any]) -> Said:
    """Return how sure the dependencies are, and what lies on the days of go-live."""
    told = {
        "confirmed": of_text(part["confirmed"], part["listed"]),
        "fresh": number_text(part["fresh"]),
        "risks": number_text(part["risks"]),
        "issues": number_text(part["issues"]),
    }
    sure = _("Dependencies confirmed by their provider: %(confirmed)s, this week: %(fresh)s.")
    kept = _("Open risks: %(risks)s, open issues: %(issues)s.")
    return Said(
        sentence=sentences([sure % told, kept % told]),
        is_bad=part["fresh"] < part["listed"] or bool(part["conflicts"]),
        lines=tuple(_conflict_lines(part["conflicts"])),
    )


def _conflict_lines(rows: list[Mapping[str, Any]]) -> Iterator[Line]:
    for row in rows:
        first, last = day_of(row["from_date"]), day_of(row["to_date"])
        told = {
            "kind": CalendarKind(row["kind"]).label,
            "title": row["title"],
            "first": day_text(first) if first else "",
            "last": day_text(last) if last else "",
        }
        yield Line(_("%(kind)s on the days of go-live: %(title)s, %(first)s to %(last)s") % told)
