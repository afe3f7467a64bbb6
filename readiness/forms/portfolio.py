"""What narrows the portfolio down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from readiness.choices import Verdict


class PortfolioFilter(forms.Form):
    """Search words, a verdict, and whether an executive is needed; all may stay empty."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    verdict = forms.ChoiceField(
        label=_("Verdict"), required=False, choices=[("", _("Every verdict")), *Verdict.choices]
    )

    need = forms.BooleanField(label=_("Only what needs an executive"), required=False)

    @property
    def words(self) -> str:
        """Return the search words, or nothing when they cannot be used."""
        return str(getattr(self, "cleaned_data", {}).get("q", ""))

    @property
    def chosen_verdict(self) -> str:
        """Return the verdict asked for, or nothing."""
        return str(getattr(self, "cleaned_data", {}).get("verdict", ""))

    @property
    def only_needing(self) -> bool:
        """Say whether only upgrades that need an executive were asked for."""
        return bool(getattr(self, "cleaned_data", {}).get("need", False))
