"""What an administrator enters about accounts, and what somebody invited does."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.choices import AccountState, Role
from governance.forms.proof import ProofForm
from governance.forms.searching import Narrowing, Search
from governance.models import Organisation, Project, User
from governance.services.invitations import Wish

BUSINESS_ROLES = [(role.value, role.label) for role in Role if role != Role.CONSULTANT]


@dataclass(frozen=True, slots=True)
class WantedAccounts:
    """What is looked for; what is empty looks for everything."""

    words: str = ""
    state: str = ""
    project: Project | None = None


class AccountSearch(Search):
    """Look for accounts by name or address, by state and by project."""

    q = forms.CharField(label=gettext_lazy("Name or address"), required=False, max_length=100)
    state = Narrowing(
        label=gettext_lazy("State"),
        everything=gettext_lazy("Every state"),
        choices=AccountState.choices,
    )
    project = Narrowing(label=gettext_lazy("Upgrade"), everything=gettext_lazy("Every upgrade"))

    def __init__(self, *args: Any, projects: Iterable[Project], **kwargs: Any) -> None:
        """Offer the projects that the administrator reaches."""
        super().__init__(*args, **kwargs)
        self._projects = self.offer_rows("project", projects)

    def wanted(self) -> WantedAccounts:
        """Return what is looked for; a value that makes no sense is not looked for."""
        kept = self.kept()
        return WantedAccounts(
            words=kept.get("q", ""),
            state=kept.get("state", ""),
            project=self._projects.get(kept.get("project", "")),
        )


class RoleForm(forms.Form):
    """Give an account a role in a project."""

    project = forms.ModelChoiceField(
        queryset=Project.objects.none(),
        label=gettext_lazy("Upgrade"),
        empty_label=gettext_lazy("Choose…"),
        to_field_name="public_id",
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[("", gettext_lazy("Choose…")), *BUSINESS_ROLES]
    )

    def __init__(self, *args: Any, administrator: User, **kwargs: Any) -> None:
        """Offer the administrator's own projects."""
        super().__init__(*args, **kwargs)
        offer_projects(self, administrator)


class ConsultantForm(forms.Form):
    """Let a partner's account take part in a project."""

    project = forms.ModelChoiceField(
        queryset=Project.objects.none(),
        label=gettext_lazy("Upgrade"),
        empty_label=gettext_lazy("Choose…"),
        to_field_name="public_id",
    )
    email = forms.CharField(
        label=gettext_lazy("E-mail address of the consultant"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Exactly as the partner keeps it. Only accounts of partners that work on the upgrade."
        ),
    )

    def __init__(self, *args: Any, administrator: User, **kwargs: Any) -> None:
        """Offer the administrator's own projects."""
        super().__init__(*args, **kwargs)
        offer_projects(self, administrator)


class InvitationForm(forms.Form):
    """Invite somebody into the own organisation."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200)
    email = forms.CharField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("It names the account for good."),
    )
    project = forms.ModelChoiceField(
        queryset=Project.objects.none(),
        required=False,
        label=gettext_lazy("Upgrade"),
        empty_label=gettext_lazy("None yet"),
        to_field_name="public_id",
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role in the upgrade"),
        required=False,
        choices=[("", gettext_lazy("None yet")), *BUSINESS_ROLES],
    )
    is_administrator = forms.BooleanField(
        label=gettext_lazy("Administers accounts"), required=False
    )

    def __init__(self, *args: Any, administrator: User, **kwargs: Any) -> None:
        """Offer the administrator's own projects; a partner has none."""
        super().__init__(*args, **kwargs)
        if administrator.is_partner:
            del self.fields["project"], self.fields["role"]
        else:
            offer_projects(self, administrator)

    def wish(self) -> Wish:
        """Return who is to be invited."""
        cleaned = self.cleaned_data
        return Wish(
            name=cleaned["name"],
            email=cleaned["email"],
            is_administrator=cleaned["is_administrator"],
            project=cleaned.get("project"),
            role=cleaned.get("role", ""),
        )


class ResetForm(ProofForm):
    """Reset somebody's second factor: say why, and prove who does."""

    reason = forms.CharField(
        label=gettext_lazy("How did you make sure who asks?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Such as: lost the phone, came to my desk. The account and the log show it."
        ),
    )


class AcceptForm(forms.Form):
    """Accept an invitation: the name to sign with, and a password."""

    name = forms.CharField(
        label=gettext_lazy("Your name, as it is printed beside what you sign"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Fifteen characters or more; a sentence is easy to keep."),
    )
    again = forms.CharField(
        label=gettext_lazy("The password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, organisation: Organisation, **kwargs: Any) -> None:
        """Remember whose account it will be: a password must not be made of that."""
        super().__init__(*args, **kwargs)
        self._future = User(email=email, organisation=organisation)

    def clean(self) -> dict[str, Any]:
        """Check the password under the rules that hold for every account."""
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password is None:
            return cleaned
        self._future.name = cleaned.get("name", "")
        try:
            validate_password(password, self._future)
        except ValidationError as error:
            self.add_error("password", error)
        if "again" in cleaned and cleaned["again"] != password:
            self.add_error("again", _("The two passwords differ."))
        return cleaned


def offer_projects(form: forms.Form, administrator: User) -> None:
    """Let a form choose among the projects of the administrator's own client."""
    own = Project.objects.visible_to(administrator).of_client(administrator.organisation_id)
    form.fields["project"].queryset = own.order_by("name", "pk")  # type: ignore[attr-defined]
