"""What a tester enters about a run: how each step ended, how the whole, a photo."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from uat.choices import STEP_RESULTS, ExecutionResult
from uat.imports.photos import PhotoRefused, take_photo
from uat.services.executions import RunDetails, StepDetails
from uat.services.photos import TakenPhoto

MINUTE = "%Y-%m-%dT%H:%M"
LONGEST_COMMENT = 5000
PHOTO_TYPES = "image/jpeg,image/png,image/webp"
AS_THE_STEPS = ("", _("As the steps say"))
STEP_CHOICES = [(str(result), result.label) for result in STEP_RESULTS]


@dataclass(frozen=True, slots=True)
class StepFields:
    """One step on the form: its words and its two fields."""

    number: int
    instruction: str
    result: BoundField
    comment: BoundField


class PhotoField(forms.FileField):
    """Take a photo and draw it anew; what arrives is never kept as it came."""

    def clean(self, data: Any, initial: Any = None) -> TakenPhoto | None:
        """Return the photo, or None without one.

        :raises ValidationError: it is no photo that can be read.
        """
        file = cast("UploadedFile[bytes] | None", super().clean(data, initial))
        if file is None:
            return None
        try:
            return take_photo(file)
        except PhotoRefused as refusal:
            raise ValidationError(str(refusal)) from refusal


class RunForm(forms.Form):
    """Say how a run of a scenario ended."""

    result = forms.ChoiceField(label=_("How did it end?"), widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("What did you see?"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed when it failed or was blocked."),
    )
    photo = PhotoField(
        label=_("A photo of what you saw"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": PHOTO_TYPES, "capture": "environment"}),
        help_text=_("JPEG, PNG or WebP, up to 15 MB. The place it was taken at is removed."),
    )
    build = forms.CharField(
        label=_("Build or version you tested"), required=False, max_length=60, strip=True
    )
    executed_at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        input_formats=[MINUTE, "%Y-%m-%dT%H:%M:%S"],
    )
    once = forms.RegexField(
        r"^[A-Za-z0-9]{22}$", widget=forms.HiddenInput, initial=lambda: get_random_string(22)
    )

    def __init__(self, *args: Any, steps: list[str], **kwargs: Any) -> None:
        """Ask for each step how it ended."""
        super().__init__(*args, **kwargs)
        self.steps = steps
        choices = cast(forms.ChoiceField, self.fields["result"])
        choices.required = not steps
        choices.choices = [*([AS_THE_STEPS] if steps else []), *ExecutionResult.choices]
        for number in range(1, len(steps) + 1):
            self.fields[f"step-{number}"] = forms.ChoiceField(
                label=gettext("Step %(number)s: how did it end?") % {"number": number},
                required=False,
                choices=STEP_CHOICES,
                widget=forms.RadioSelect,
            )
            self.fields[f"note-{number}"] = forms.CharField(
                label=gettext("Step %(number)s: what did you see?") % {"number": number},
                required=False,
                max_length=LONGEST_COMMENT,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def step_fields(self) -> Iterator[StepFields]:
        """Yield the steps in their order, each with its fields."""
        for number, instruction in enumerate(self.steps, start=1):
            yield StepFields(number, instruction, self[f"step-{number}"], self[f"note-{number}"])

    def clean(self) -> dict[str, Any]:
        """Ask what was seen in each step that did not pass, unless the whole run says it."""
        entered = super().clean() or self.cleaned_data
        for number in range(1, len(self.steps) + 1):
            if entered.get(f"note-{number}") and not entered.get(f"step-{number}", "lost"):
                self.add_error(f"step-{number}", _("Choose how this step ended."))
        for step in self._steps():
            silent = not step.comment.strip() and not entered.get("comment", "").strip()
            if silent and step.result != ExecutionResult.PASSED:
                self.add_error(f"note-{step.number}", _("Say what went wrong in this step."))
        return entered

    def _steps(self) -> Iterator[StepDetails]:
        """Yield the steps somebody said something about."""
        for number, instruction in enumerate(self.steps, start=1):
            result = self.cleaned_data.get(f"step-{number}", "")
            if result:
                note = self.cleaned_data.get(f"note-{number}", "")
                yield StepDetails(
                    number=number, result=result, comment=note, instruction=instruction
                )

    def run(self, tester_id: int) -> RunDetails:
        """Return the run; the same form sent twice is the same run."""
        entered = self.cleaned_data
        return RunDetails(
            result=entered["result"],
            executed_at=entered["executed_at"],
            build=entered["build"],
            comment=entered["comment"],
            photo=entered["photo"],
            steps=tuple(self._steps()),
            external_id=f"{tester_id}:{entered['once']}",
        )
