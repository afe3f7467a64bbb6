"""What narrows the portfolio down."""

from django import forms

from readiness.choices import Verdict


class PortfolioFilter(forms.Form):
    """Search words and a verdict; both may stay empty."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    verdict = forms.ChoiceField(
        label="Verdict", required=False, choices=[("", "Every verdict"), *Verdict.choices]
    )

    @property
    def words(self) -> str:
        """Return the search words, or nothing when they cannot be used."""
        return str(getattr(self, "cleaned_data", {}).get("q", ""))

    @property
    def chosen_verdict(self) -> str:
        """Return the verdict asked for, or nothing."""
        return str(getattr(self, "cleaned_data", {}).get("verdict", ""))
