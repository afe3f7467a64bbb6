"""The words of the record: what the terms and texts of an entry are called, and what they say."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import (
    Affiliation,
    AssessedAs,
    AuthenticationMethod,
    CalendarKind,
    DecisionKind,
    EscalationCause,
    HeldKind,
    OrganisationKind,
    ParticipationPurpose,
    PersonReply,
    Power,
    Presence,
    RaidKind,
    RaidState,
    RecordKind,
    Role,
    Ruling,
    SecurityEventKind,
)

Names = Mapping[str, str]

# Terms that a line shows, in this order; everything else stands in what is recorded exactly.
TERMS: dict[str, Promise] = {
    "process": gettext_lazy("Process"),
    "department": gettext_lazy("Department"),
    "person": gettext_lazy("Person"),
    "requested": gettext_lazy("Person"),
    "decision": gettext_lazy("Decision"),
    "assumption": gettext_lazy("Assumption"),
    "code": gettext_lazy("Code"),
    "waiting": gettext_lazy("What waits for it"),
    "supersedes": gettext_lazy("It takes the place of"),
    "project_manager": gettext_lazy("Project manager"),
    "power": gettext_lazy("Power"),
    "overruled_by": gettext_lazy("Overruled by"),
    "answered_as": gettext_lazy("Answered as"),
    "decision_kind": gettext_lazy("Kind of decision"),
    "owner": gettext_lazy("Owner"),
    "deputy": gettext_lazy("Deputy"),
    "delegate": gettext_lazy("Delegate"),
    "account": gettext_lazy("Account"),
    "role": gettext_lazy("Role"),
    "decider": gettext_lazy("Decider"),
    "addressee": gettext_lazy("With whom"),
    "cause": gettext_lazy("Why"),
    "asked": gettext_lazy("Asked"),
    "ruling": gettext_lazy("Ruling"),
    "purpose": gettext_lazy("What for"),
    "reply": gettext_lazy("Answer"),
    "gate": gettext_lazy("Gate"),
    "criterion": gettext_lazy("Criterion"),
    "metric": gettext_lazy("Figure"),
    "done": gettext_lazy("Done"),
    "due": gettext_lazy("Of"),
    "value": gettext_lazy("Value"),
    "colour": gettext_lazy("Reported colour"),
    "change": gettext_lazy("Change"),
    "version": gettext_lazy("Version"),
    "go_live_date": gettext_lazy("Go-live"),
    "raid_kind": gettext_lazy("What it is"),
    "raid_state": gettext_lazy("State"),
    "calendar_kind": gettext_lazy("What they are"),
    "promised_date": gettext_lazy("Promised for"),
    "from_date": gettext_lazy("From"),
    "to_date": gettext_lazy("Until"),
    "due_date": gettext_lazy("Due"),
    "wanted_until": gettext_lazy("Wanted until"),
    "starts_at": gettext_lazy("From"),
    "ends_at": gettext_lazy("Until"),
    "expires_at": gettext_lazy("Until"),
    "import_kind": gettext_lazy("Kind of file"),
    "taken": gettext_lazy("Rows taken"),
    "refused": gettext_lazy("Rows refused"),
    "meeting": gettext_lazy("Meeting"),
    "chair": gettext_lazy("Chaired by"),
    "presence": gettext_lazy("Attendance"),
    "judged_at": gettext_lazy("Judgement of"),
    "method": gettext_lazy("Proved by"),
    "partner": gettext_lazy("Partner"),
    "consultant": gettext_lazy("Consultant"),
    "leaves_date": gettext_lazy("Last working day"),
    "held": gettext_lazy("Held"),
    "taken_by": gettext_lazy("Taken over by"),
    "kind": gettext_lazy("Act"),
}
TEXTS: dict[str, Promise] = {
    "title": gettext_lazy("Title"),
    "what": gettext_lazy("What"),
    "subject_title": gettext_lazy("What"),
    "statement": gettext_lazy("Statement"),
    "outcome": gettext_lazy("Outcome"),
    "text": gettext_lazy("Text"),
    "note": gettext_lazy("Note"),
    "notes": gettext_lazy("Notes"),
    "place": gettext_lazy("Where"),
    "reason": gettext_lazy("Reason"),
    "control": gettext_lazy("Control"),
    "detail": gettext_lazy("Detail"),
    "consequence": gettext_lazy("What that brings"),
    "file_name": gettext_lazy("File"),
    "provider": gettext_lazy("Provider"),
    "confirmed_by": gettext_lazy("Confirmed by"),
    "raised_by": gettext_lazy("Raised by"),
    "made_by": gettext_lazy("Assumed by"),
    "reporter_name": gettext_lazy("Reported by"),
    "approver_name": gettext_lazy("Accepted by"),
}
ERASED = gettext_lazy("erased")
_CHOSEN: dict[str, Mapping[str, Any]] = {
    "role": dict(Role.choices),
    "cause": dict(EscalationCause.choices),
    "power": dict(Power.choices),
    "answered_as": dict(AssessedAs.choices),
    "decision_kind": dict(DecisionKind.choices),
    "presence": dict(Presence.choices),
    "ruling": dict(Ruling.choices),
    "raid_kind": dict(RaidKind.choices),
    "raid_state": dict(RaidState.choices),
    "calendar_kind": dict(CalendarKind.choices),
    "purpose": dict(ParticipationPurpose.choices),
    "reply": dict(PersonReply.choices),
    "affiliation": dict(Affiliation.choices),
    "method": dict(AuthenticationMethod.choices),
    "change": dict(SecurityEventKind.choices),
    "kind": dict(RecordKind.choices),
    "held": dict(HeldKind.choices),
}


def kind_word(kind: str) -> str:
    """Return what an entry is about; a kind that is no longer known stands as it is."""
    return str(dict(RecordKind.choices).get(kind, kind))


def term_lines(terms: Mapping[str, Any], *, names: Names, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Return the terms that a line shows, each with its label."""
    return [
        (str(label), _value(name, terms[name], names=names, zone=zone))
        for name, label in TERMS.items()
        if terms.get(name) not in (None, "", [])
    ]


def text_lines(texts: Mapping[str, str], *, erased: Mapping[str, bool]) -> list[tuple[str, str]]:
    """Return the texts of an entry, each with its label; an erased one says so."""
    return [
        (str(TEXTS[name]), str(ERASED) if erased.get(name) else texts[name])
        for name in TEXTS
        if name in texts
    ]


def side_word(kind: str) -> str:
    """Return by which verb an organisation's people stand in the record."""
    if kind == OrganisationKind.PARTNER:
        return _("recorded by")
    return _("by")


def _value(name: str, value: Any, *, names: Names, zone: ZoneInfo) -> str:
    if name in _CHOSEN:
        return str(_CHOSEN[name].get(value, value))
    if isinstance(value, str):
        return names.get(value) or _moment(value, zone)
    return str(value)


def _moment(text: str, zone: ZoneInfo) -> str:
    """Return a moment or a day as people write it; any other text as it is."""
    for read, show in _READ:
        try:
            return show(read(text), zone)
        except ValueError:
            continue
    return text


def _day_text(day: date, _zone: ZoneInfo) -> str:
    return date_format(day, "j M Y")


def _moment_text(moment: Any, zone: ZoneInfo) -> str:
    return date_format(moment.astimezone(zone), "j M Y, H:i")


_READ: tuple[tuple[Callable[[str], Any], Callable[[Any, ZoneInfo], str]], ...] = (
    (date.fromisoformat, _day_text),
    (lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z"), _moment_text),
)
