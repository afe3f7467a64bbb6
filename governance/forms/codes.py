"""Take the codes of what waits, as people write them, and look each of them up."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from governance.models import Project
from governance.services.dependents import Sorted, codes_in, sort_codes

MOST_CODES = 200
LONGEST_TEXT = 5000


class CodesField(forms.Field):
    """Take codes of scenarios, criteria and decisions, apart by commas, spaces or lines."""

    widget = forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_TEXT})

    def __init__(self, *, only_decisions: bool = False, **kwargs: Any) -> None:
        """Know no project yet: the form says in which one to look."""
        super().__init__(**{"required": False, **kwargs})
        self.only_decisions = only_decisions
        self.project: Project | None = None

    def clean(self, value: Any) -> Sorted:
        """Return what each code is.

        :raises ValidationError: the project does not know one of them, or there are too many.
        """
        text = str(value or "")
        codes = codes_in(text)
        if len(codes) > MOST_CODES or len(text) > LONGEST_TEXT or "\x00" in text:
            most = _("Write %(number)s codes at most.") % {"number": MOST_CODES}
            raise ValidationError(most, code="too_many")
        if self.project is None or not codes:
            return Sorted()
        found = sort_codes(self.project, codes=codes)
        wrong = list(found.unknown)
        if self.only_decisions:
            wrong += [*found.scenarios, *found.criteria]
        if wrong:
            message = _("This project knows no %(what)s.") % {"what": ", ".join(wrong)[:200]}
            raise ValidationError(message, code="unknown")
        return found
