"""Choose rows by their public identifiers: a foreign one is as wrong as one that is not there."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

NAMED_BY = "public_id"


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Take one row of those that are offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name rows by their public identifiers."""
        super().__init__(*args, **{"to_field_name": NAMED_BY, **kwargs})

    def to_python(self, value: Any) -> Any:
        """Return the row.

        :raises ValidationError: it is not offered, or names nothing at all.
        """
        if value not in self.empty_values and not isinstance(value, Model) and not names_one(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Take several rows of those that are offered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name rows by their public identifiers."""
        super().__init__(*args, **{"to_field_name": NAMED_BY, **kwargs})

    def clean(self, value: Any) -> Any:
        """Return the rows.

        :raises ValidationError: one of them is not offered.
        """
        if not all(names_one(key) for key in value or ()):
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice", params={"value": _("That")})
        return super().clean(value)


def names_one(key: object) -> bool:
    """Say whether a text is a public identifier."""
    try:
        UUID(str(key))
    except ValueError:
        return False
    return True
