"""What the project manager may do, by whose signature, and where that was overruled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from governance.choices import Power, SignoffAct, inside
from governance.models import Charter, GateStop, Overruling, Project, Signoff, User
from governance.pages.delegations import moment_words
from governance.pages.trail import Step, trail_of
from governance.services.charters import charter_signature, newest_charter, signs
from governance.services.seating import is_project_manager

MEANING = {
    Power.CALL_PEOPLE: gettext_lazy(
        "Asks departments for named people by a date; silence goes up by itself."
    ),
    Power.ESCALATE: gettext_lazy("Goes straight to the sponsor, past every step between."),
    Power.STOP_GATE: gettext_lazy("A stopped gate is a no-go until the stop ends."),
    Power.HOLD_PLAN: gettext_lazy("Nobody shortens the plan without the project manager's word."),
}
GRANTED = ("good", "circle-check", gettext_lazy("Granted"))
WITHHELD = ("bad", "hand-stop", gettext_lazy("Withheld"))
WAITING = ("warn", "clock-exclamation", gettext_lazy("Not signed"))
ABSENT = ("bad", "alert-triangle", gettext_lazy("Not granted"))


@dataclass(frozen=True, slots=True)
class PowerRow:
    """One power: what it is, what it means, and whether it holds."""

    label: str
    means: str
    tone: str
    shape: str
    state: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of the charter in words."""

    charter: Charter
    written: str
    grants: str
    is_newest: bool


@dataclass(frozen=True, slots=True)
class CharterTold:
    """One version of the charter; `signed` where the sponsor's newest word is over it."""

    charter: Charter
    signed: bool


@dataclass(frozen=True, slots=True)
class StopRow:
    """One stop of a gate in words; `ended` is empty while it stands."""

    stop: GateStop
    stopped: str
    ended: str
    is_overruled: bool


@dataclass(frozen=True, slots=True)
class OverrulingRow:
    """One overruling in words."""

    overruling: Overruling
    at: str
    power: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CharterPage:
    """Everything that is to be known of the project manager's powers."""

    answer: str
    newest: Charter | None
    powers: list[PowerRow]
    signature: Signoff | None
    signed: str
    is_signed: bool
    wants_signature: bool
    sign_href: str
    stops: list[StopRow]
    overrulings: list[OverrulingRow]
    versions: list[VersionRow]
    trail: list[Step]

    @property
    def signed_before(self) -> bool:
        """Say whether the newest word is a signature over an older version."""
        signature = self.signature
        return not self.is_signed and signature is not None and signature.act == SignoffAct.SIGNED


def charter_page(project: Project) -> CharterPage:
    """Return the charter as it stands now, with every version and every overruling."""
    newest, signature = newest_charter(project), charter_signature(project)
    manages = newest is not None and is_project_manager(newest.project_manager, project=project)
    is_signed = newest is not None and signature is not None and signs(signature, charter=newest)
    holds = manages and is_signed
    stops = stop_rows(project)
    return CharterPage(
        answer=_answer(newest, signature, manages=manages, is_signed=is_signed),
        newest=newest,
        powers=[_power_row(power, newest, holds=holds) for power in Power],
        signature=signature,
        signed="" if signature is None else moment_words(signature.signed_at),
        is_signed=is_signed,
        wants_signature=manages and not is_signed,
        sign_href=reverse("readiness:document-sign", args=[project.public_id, "charter"]),
        stops=[row for row in stops if not row.ended],
        overrulings=overruling_rows(project),
        versions=_versions(project),
        trail=trail_of(project, _("Charter")),
    )


def told_charters(project: Project, *, versions: Iterable[Charter]) -> list[CharterTold]:
    """Return versions of the charter, each with whether it is what the sponsor signed last."""
    act = charter_signature(project)
    return [CharterTold(row, act is not None and signs(act, charter=row)) for row in versions]


def powers_text(powers: Iterable[Power]) -> str:
    """Return powers side by side, as they stand inside a sentence."""
    is_english = (get_language() or "en").startswith("en")
    return ", ".join(inside(each.label) if is_english else str(each.label) for each in powers)


def stop_rows(project: Project) -> list[StopRow]:
    """Return every stop of a gate, the newest first."""
    rows = GateStop.objects.filter(project=project)
    fetched = rows.select_related("stopped_by", "end__ended_by").newest_first()
    return list(map(stop_row, fetched))


def overruling_rows(project: Project) -> list[OverrulingRow]:
    """Return every time that the project manager was overruled, the last first."""
    rows = Overruling.objects.filter(project=project)
    fetched = rows.select_related("project_manager", "overruled_by", "written_by")
    return [
        OverrulingRow(row, moment_words(row.overruled_at), _power_word(row.power))
        for row in fetched.order_by("-overruled_at", "-pk")
    ]


def _power_word(power: str) -> str:
    return str(dict(Power.choices).get(power, ""))


def stop_row(stop: GateStop) -> StopRow:
    """Return one stop in words."""
    end = getattr(stop, "end", None)
    ended = ""
    if end is not None:
        told = {"name": end.ended_by.name, "at": moment_words(end.ended_at), "why": end.reason}
        ended = _("Ended by %(name)s on %(at)s: %(why)s") % told
    is_overruled = end is not None and end.ended_by_id != stop.stopped_by_id
    return StopRow(stop, moment_words(stop.stopped_at), ended, is_overruled)


def _power_row(power: Power, newest: Charter | None, *, holds: bool) -> PowerRow:
    if newest is None:
        looks = ABSENT
    elif power not in newest.granted:
        looks = WITHHELD
    else:
        looks = GRANTED if holds else WAITING
    tone, shape, word = looks
    return PowerRow(str(power.label), str(MEANING[power]), tone, shape, str(word))


def _versions(project: Project) -> list[VersionRow]:
    rows = Charter.objects.filter(project=project).newest_first()
    fetched = rows.select_related("project_manager", "written_by")
    return [
        VersionRow(
            row,
            _written(row.written_by, row.written_at),
            powers_text(row.granted) or _("no power"),
            place == 0,
        )
        for place, row in enumerate(fetched)
    ]


def _written(by: User, at: datetime) -> str:
    told = {"name": by.name, "at": moment_words(at)}
    return _("Written by %(name)s, %(at)s") % told


def _answer(
    newest: Charter | None, signature: Signoff | None, *, manages: bool, is_signed: bool
) -> str:
    if newest is None:
        return _("The project manager has no charter: responsibility without authority.")
    told = {"name": newest.project_manager.name}
    if not manages:
        text = _("%(name)s no longer manages this project; the charter grants nothing.")
        return text % told
    if not is_signed:
        if signature is not None and signature.act == SignoffAct.REFUSED:
            text = _("The sponsor refused a charter; %(name)s is granted nothing.")
            return text % told
        text = _("The charter for %(name)s is not signed; it grants nothing until it is.")
        return text % told
    if not newest.granted:
        return _("The charter withholds every power from %(name)s.") % told
    told |= {"powers": powers_text(newest.granted), "withheld": powers_text(newest.withheld)}
    first = _("%(name)s may do this: %(powers)s.") % told
    return f"{first} {_('Withheld: %(withheld)s.') % told}" if newest.withheld else first
