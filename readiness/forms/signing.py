"""What an owner declares over the evidence of a process."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.choices import SignoffAct, SignoffKind
from governance.forms.decisions import NOTE
from governance.forms.proof import SignerForm
from governance.services.signoffs import meaning_of
from readiness.services.signing import Statement

LONGEST_REASON = 2000


class SignForm(SignerForm):
    """Sign, refuse or withdraw: the sentence in full, a reason, and the proof of who it is."""

    act = forms.ChoiceField(label=_("What you declare"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_REASON,
        widget=NOTE,
        help_text=_("Needed when you refuse or withdraw; it is shown with your name."),
    )
    evidence_hash = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        may_withdraw: bool,
        kind: SignoffKind = SignoffKind.PROCESS_EVIDENCE,
        **kwargs: Any,
    ) -> None:
        """Offer withdrawing only where there is a signature to withdraw."""
        acts = [SignoffAct.SIGNED, SignoffAct.REFUSED]
        if may_withdraw:
            acts.append(SignoffAct.WITHDRAWN)
        super().__init__(*args, kind=kind, acts=acts, **kwargs)
        self.fields["act"].choices = [  # type: ignore[attr-defined]
            (act.value, f"{VERBS[act]}: {meaning_of(act, kind=kind).shown}") for act in acts
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where the act needs one."""
        entered: dict[str, Any] = super().clean() or {}
        act = entered.get("act")
        if act and act != SignoffAct.SIGNED and not entered.get("reason"):
            self.add_error("reason", gettext("Give the reason; whoever has to act on it reads it."))
        return entered

    def statement(self) -> Statement:
        """Return what was declared."""
        return Statement(**self.declared())

    def declared(self) -> dict[str, Any]:
        """Return the act, the hash and the wording that were shown, and the reason."""
        entered = self.cleaned_data
        return {
            "act": SignoffAct(entered["act"]),
            "shown_hash": entered["evidence_hash"],
            "reason": entered["reason"],
            "shown_meaning": self.shown_meaning(entered["act"]),
        }


VERBS = {
    SignoffAct.SIGNED: _("I sign"),
    SignoffAct.REFUSED: _("I refuse"),
    SignoffAct.WITHDRAWN: _("I withdraw"),
}
