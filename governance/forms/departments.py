"""What somebody says about a department."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.models import Project, User


class DepartmentForm(forms.Form):
    """Name a department and its manager."""

    name = forms.CharField(label=pgettext_lazy("department", "Name"), max_length=200)
    manager = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label=_("Manager"),
        empty_label=_("Nobody"),
        to_field_name="public_id",
        help_text=_("Releases people's time for tests and courses."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the open accounts of the client."""
        super().__init__(*args, **kwargs)
        own = User.objects.open_accounts_of(project.organisation_id)
        self.fields["manager"].queryset = own.by_name()  # type: ignore[attr-defined]
