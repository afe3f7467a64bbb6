"""What people enter who ask for people, and what managers answer by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import ParticipationPurpose, PersonReply
from governance.forms.caveats import CaveatMixin
from governance.forms.decisions import DAY, NOTE
from governance.forms.rows import RowsField
from governance.models import Department, ParticipationRequest, Person, RequestedPerson
from governance.services.participation import Call, newest_answer
from governance.services.releasing import Word

LONGEST_REASON = 1000
EVERYBODY = "everybody"


class _PeopleField(RowsField):
    """Take people of a department, each told apart by job, site and number."""

    def label_from_instance(self, obj: Any) -> str:
        """Return a name with what tells it from others."""
        return ", ".join(filter(None, (obj.name, obj.job_title, obj.site, obj.external_id)))


class CallForm(forms.Form):
    """Ask for named people of one department."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("What for"),
        choices=ParticipationPurpose.choices,
        widget=forms.RadioSelect,
    )
    from_date = forms.DateField(label=gettext_lazy("From"), widget=DAY)
    to_date = forms.DateField(label=gettext_lazy("Until"), widget=DAY)
    people = _PeopleField(
        queryset=Person.objects.none(),
        label=gettext_lazy("Who"),
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=gettext_lazy("What the manager should know"),
        required=False,
        max_length=2000,
        widget=NOTE,
    )

    def __init__(self, *args: Any, department: Department, today: date, **kwargs: Any) -> None:
        """Offer the people who are in the department today."""
        super().__init__(*args, **kwargs)
        self.department = department
        offered = Person.objects.filter(project_id=department.project_id, department=department)
        there = offered.exclude(left_date__lt=today).order_by("name", "pk")
        self.fields["people"].queryset = there  # type: ignore[attr-defined]

    def call(self) -> Call:
        """Return whom somebody asks for."""
        return Call(department=self.department, **self.cleaned_data)


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """One person to answer for, with the two fields of the answer."""

    person: Person
    reply: BoundField
    reason: BoundField


class AnswerForm(forms.Form):
    """Release or refuse each person of a request who waits for an answer."""

    is_caveat = forms.BooleanField(
        label=gettext_lazy("The refusals are caveats"),
        required=False,
        help_text=gettext_lazy("They stand on page one of gate and report until resolved."),
    )

    def __init__(
        self, *args: Any, asked: Sequence[RequestedPerson], today: date, **kwargs: Any
    ) -> None:
        """Ask for each person who waits: released or refused, and why."""
        super().__init__(*args, **kwargs)
        self.waiting = [each for each in asked if waits(each, today=today)]
        self.answered = [each for each in asked if newest_answer(each) is not None]
        for each in self.waiting:
            self.fields[_reply_of(each)] = forms.ChoiceField(
                label=each.person.name,
                choices=PersonReply.choices,
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[_reason_of(each)] = forms.CharField(
                label=_("If refused: why"), required=False, max_length=LONGEST_REASON
            )
        self.order_fields([*(name for name in self.fields if name != "is_caveat"), "is_caveat"])

    @property
    def people(self) -> list[AskedPerson]:
        """Return each person with the fields of the answer."""
        return [
            AskedPerson(each.person, self[_reply_of(each)], self[_reason_of(each)])
            for each in self.waiting
        ]

    def clean(self) -> dict[str, Any] | None:
        """Refuse an answer without a word, a refusal without a reason, and what came too late."""
        cleaned = super().clean()
        for each in self.answered:
            if self.data.get(_reply_of(each)):
                late = _("Somebody answered for %(name)s meanwhile. Look again.")
                self.add_error(None, late % {"name": each.person.name})
        for each in self.waiting:
            reply = self.cleaned_data.get(_reply_of(each))
            if reply == PersonReply.REFUSED and not self._reason(each):
                self.add_error(_reason_of(each), _("A refusal needs a reason."))
        replies = [word.reply for word in self.words()]
        if not replies and not self.errors:
            self.add_error(None, _("Say for at least one person: released or refused."))
        if self.cleaned_data.get("is_caveat") and PersonReply.REFUSED not in replies:
            self.add_error("is_caveat", _("Only a refusal can be a caveat."))
        return cleaned

    def words(self) -> list[Word]:
        """Return what was said, person by person."""
        everybody = EVERYBODY in self.data
        said = [(each, self.cleaned_data.get(_reply_of(each))) for each in self.waiting]
        return [
            Word(
                requested=each,
                reply=reply or PersonReply.RELEASED,
                reason=self._reason(each) if reply else "",
            )
            for each, reply in said
            if reply or everybody
        ]

    def _reason(self, each: RequestedPerson) -> str:
        reason: str = self.cleaned_data.get(_reason_of(each)) or ""
        return reason.strip()


class ChangeForm(CaveatMixin, forms.Form):
    """Answer for one person again; what was said before stays on record."""

    caveat_field = "reason"

    reply = forms.ChoiceField(
        label=gettext_lazy("Your answer now"),
        choices=PersonReply.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it changed"), max_length=LONGEST_REASON, widget=NOTE
    )
    seen = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ["reply", "reason", "is_caveat", "seen"]

    def word(self, requested: RequestedPerson) -> Word:
        """Return what was said, instead of the answer that the page showed."""
        shown = self.cleaned_data["seen"]
        before = next((row for row in requested.answers.all() if row.public_id == shown), None)
        return Word(
            requested=requested,
            reply=self.cleaned_data["reply"],
            reason=self.cleaned_data["reason"],
            instead_of=before,
        )


def waits(requested: RequestedPerson, *, today: date) -> bool:
    """Say whether somebody, still on the roster, waits for an answer."""
    left = requested.person.left_date
    return newest_answer(requested) is None and (left is None or left >= today)


def may_be_answered(request: ParticipationRequest, *, at: datetime) -> bool:
    """Say whether the days of a request are not over; `at` is in the project's own zone."""
    return request.to_date >= at.date()


def _reply_of(each: RequestedPerson) -> str:
    return f"reply_{each.public_id}"


def _reason_of(each: RequestedPerson) -> str:
    return f"reason_{each.public_id}"
