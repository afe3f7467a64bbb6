"""What page one says of a recorded judgement: the answer, who must act, what was accepted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import Phase
from governance.pages.holds import reset_note
from readiness.choices import FindingState, ReportedColour
from readiness.pages.actions import Action as AskedAction
from readiness.pages.actions import Agenda
from readiness.pages.heads import untested_text
from readiness.pages.opened import opened_text
from readiness.pages.recorded import (
    Body,
    gap_words,
    reports_of_project,
    sentence_after_verdict,
    untested_in,
)
from readiness.pages.words import countdown_text, t_minus_text
from reports.rendering.page_one import Action, Answer, Masthead, Reservation, Risk
from reports.rendering.wording import (
    day_words,
    kept_apart,
    local_words,
    utc_words,
    verdict_word,
)

Recorded = Mapping[str, Any]
SOON_DAYS = 14
"""An acceptance that ends within so many days is marked."""

NO_RESETS: Mapping[str, datetime] = MappingProxyType({})


def masthead_of(body: Body, *, partners: Sequence[str], zone: ZoneInfo) -> Masthead:
    """Return whose report this is, and of which moment."""
    project, as_of = body["project"], datetime.fromisoformat(body["as_of"])
    return Masthead(
        project=project["name"],
        client=kept_apart(project["client"]),
        upgrade=_upgrade(project),
        partners=", ".join(kept_apart(partner) for partner in partners),
        judged_local=local_words(as_of, zone=zone),
        judged_utc=utc_words(as_of),
        phase=str(Phase(project["phase"]).label) if project["phase"] in Phase else project["phase"],
    )


def _upgrade(project: Recorded) -> str:
    """Return from what to what the project goes; empty when neither is known."""
    platforms = {"old": project["from_platform"], "new": project["to_platform"]}
    if all(platforms.values()):
        return _("%(old)s to %(new)s") % platforms
    return str(platforms["old"] or platforms["new"])


def answer_of(body: Body, *, zone: ZoneInfo) -> Answer:
    """Return the verdict with its sentence, its date, and what people reported beside it."""
    reasons, _bracket, gates = sentence_after_verdict(body["headline"]).partition(" (")
    report: Recorded = next(iter(reports_of_project(body)), {})
    colour = ReportedColour(report.get("colour", ReportedColour.NOT_REPORTED))
    return Answer(
        verdict=body["verdict"],
        word=verdict_word(body["verdict"]),
        sentence=reasons,
        where=_where(gates.removesuffix(")")),
        untested=untested_text(untested_in(body)),
        go_live=_go_live(body),
        countdown=_countdown(body),
        reported=str(colour.label),
        reported_by=_by(report, zone),
        evidence=_evidence(body["counts"]),
        gap=gap_words(body, zone=zone),
    )


def _evidence(counts: Mapping[str, int]) -> str:
    if not counts:
        return _("no criterion is judged yet")
    judged = sum(counts.values())
    words = ngettext(
        "%(met)d of %(judged)d criterion met", "%(met)d of %(judged)d criteria met", judged
    )
    return words % {"met": counts.get(FindingState.MET, 0), "judged": judged}


def _where(gates: str) -> str:
    """Return which gates make the verdict: by name, or how many of how many."""
    if gates.startswith(("in ", "bei ")):
        return f"{gates[:1].upper()}{gates[1:]}"
    return _("At the gates: %(gates)s") % {"gates": gates} if gates else ""


def _go_live(body: Body) -> str:
    text = body["go_live_date"]
    return day_words(date.fromisoformat(text)) if text else _("No date set")


def _countdown(body: Body) -> str:
    if body["go_live_date"] is None:
        return _("without a date no gate opens")
    return f"{t_minus_text(body['days_left'])}: {countdown_text(body['days_left'])}"


def _by(report: Recorded, zone: ZoneInfo) -> str:
    if not report:
        return _("nobody has reported a colour")
    day = _day(report["at"], zone) if report["at"] else ""
    return ", ".join(part for part in (kept_apart(report["by"]), day) if part)


def _day(moment: str, zone: ZoneInfo) -> str:
    return day_words(datetime.fromisoformat(moment).astimezone(zone).date())


def actions_of(agenda: Agenda, body: Body) -> tuple[Action, ...]:
    """Return what has to happen, each thing once, in the recorded order; nothing accepted."""
    places = {
        (each["gate"], each["criterion"]): place for place, each in enumerate(body["actions"])
    }
    asked = [action for share in agenda.shares for action in share.actions]
    in_order = sorted(asked, key=lambda each: places[each.gate, each.key])
    return tuple(_action(each) for each in in_order if each.state != FindingState.ACCEPTED)


def _action(asked: AskedAction) -> Action:
    keys = ", ".join((f"{asked.gate} {asked.key}", *asked.also))
    return Action(text=asked.text, who=asked.who, keys=keys, state=asked.state)


def risks_of(
    body: Body, *, zone: ZoneInfo, today: date, resets: Mapping[str, datetime] = NO_RESETS
) -> Iterator[Risk]:
    """Yield the risks in force, the soonest to end first; `resets` are those of approvers."""
    for risk in body["accepted_risks"]:
        until = datetime.fromisoformat(risk["expires_at"]).astimezone(zone).date()
        yield Risk(
            key=risk["criterion"],
            gate=risk["gate"],
            wording=risk["wording"],
            who=_approver(risk),
            note=reset_note(
                kept_apart(risk["approver"]),
                reset_at=resets.get(risk["id"]),
                at=datetime.fromisoformat(risk["accepted_at"]),
            ),
            until=day_words(until),
            left=countdown_text((until - today).days),
            is_soon=(until - today).days <= SOON_DAYS,
            reason=risk["reason"],
            control=risk["control"],
        )


def _approver(risk: Recorded) -> str:
    named = (kept_apart(risk["approver"]), risk["approver_role"])
    return ", ".join(part for part in named if part)


def caveats_of(body: Body, *, zone: ZoneInfo) -> Iterator[Reservation]:
    """Yield the caveats that were open when the project was judged, the newest first."""
    for caveat in body["caveats"]:
        text, who = kept_apart(caveat["text"]), kept_apart(caveat["by"])
        opened = kept_apart(opened_text(caveat))
        yield Reservation(text, who, _day(caveat["at"], zone), opened)
