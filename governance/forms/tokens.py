"""What somebody says about a new API token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices import Scope
from governance.forms.proof import ProofForm
from governance.forms.rows import RowField
from governance.models import Organisation, User

LIVES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("A year"))]


class TokenForm(ProofForm):
    """Name a token, say what it may do and for how long, and prove who asks."""

    name = forms.CharField(
        label=_("Where is it used?"),
        max_length=100,
        help_text=_("Such as: nightly export to the BI."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=[
            (Scope.READ, _("Read what you may see")),
            (Scope.PUSH, _("Push facts in your name")),
        ],
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
    )
    client = RowField(
        queryset=Organisation.objects.none(),
        label=_("For which client?"),
        empty_label=_("Choose…"),
        help_text=_("The token reaches nothing of your other clients."),
    )
    days = forms.ChoiceField(label=_("How long does it hold?"), choices=LIVES, initial="90")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Ask for the client where the account works for more than one."""
        super().__init__(*args, **kwargs)
        clients = Organisation.objects.clients_of(user).by_name()
        if len(clients) > 1:
            self.fields["client"].queryset = clients  # type: ignore[attr-defined]
        else:
            del self.fields["client"]

    def terms(self) -> dict[str, Any]:
        """Return the token's name, its scopes, the days it holds, and the client it is for."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "scopes": cleaned["scopes"],
            "days": int(cleaned["days"]),
            "client": cleaned.get("client"),
        }
