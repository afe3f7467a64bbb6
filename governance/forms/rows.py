"""Choose several rows, named by their keys."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_DIGITS = 18


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Take rows by key; a number that no database holds is refused before it is asked."""

    def clean(self, value: Any) -> Any:
        """Return the rows.

        :raises ValidationError: one of them is not offered.
        """
        for key in value or ():
            if len(str(key)) > MOST_DIGITS:
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, code="invalid_choice", params={"value": _("That")})
        return super().clean(value)
