"""What people enter to escalate something, and to answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import EscalationAct
from governance.forms.caveats import CaveatMixin
from governance.forms.decisions import NOTE, OPEN
from governance.forms.searching import Narrowing, Search
from governance.services.answering import Reply
from governance.services.ladder import Stand

ACTS = [
    (EscalationAct.ANSWERED, gettext_lazy("Answer it")),
    (EscalationAct.DECIDED, gettext_lazy("Decide it")),
    (EscalationAct.PASSED_ON, gettext_lazy("Pass it on")),
]


def stand_words(stand: Stand) -> str:
    """Return who stands on a rung, as a list of choices has it."""
    return _("%(name)s, %(rung)s") % {"name": stand.account.name, "rung": stand.rung.label}


class EscalateForm(forms.Form):
    """Escalate something."""

    reason = forms.CharField(
        label=gettext_lazy("What do you need, and why now?"),
        max_length=2_000,
        widget=NOTE,
    )
    rung = forms.ChoiceField(label=gettext_lazy("To whom"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, stands: Sequence[Stand], **kwargs: Any) -> None:
        """Offer who stands above, the first of them unless another is chosen."""
        super().__init__(*args, **kwargs)
        rung = self.fields["rung"]
        rung.choices = [(each.rung, stand_words(each)) for each in stands]  # type: ignore[attr-defined]
        rung.initial = stands[0].rung if stands else None


class EscalationAnswerForm(CaveatMixin, forms.Form):
    """Answer, decide or pass on what was escalated."""

    caveat_field = "text"

    act = forms.ChoiceField(
        label=gettext_lazy("What you do"),
        choices=ACTS,
        widget=forms.RadioSelect,
        initial=EscalationAct.ANSWERED,
    )
    text = forms.CharField(
        label=gettext_lazy("Your answer, decision or reason"), max_length=2_000, widget=NOTE
    )
    why = forms.CharField(
        label=gettext_lazy("Why it is decided so"),
        required=False,
        max_length=2_000,
        widget=NOTE,
        help_text=gettext_lazy("Needed for a decision. Everybody in the project reads both."),
    )
    to = forms.ChoiceField(
        label=gettext_lazy("Pass it on to"),
        required=False,
        help_text=gettext_lazy("Needed when you pass it on. Their clock starts anew."),
    )
    field_order = ["act", "text", "is_caveat", "why", "to"]

    def __init__(self, *args: Any, stands: Sequence[Stand], **kwargs: Any) -> None:
        """Offer to whom it may go; where nobody is left, it cannot be passed on."""
        super().__init__(*args, **kwargs)
        self._stands = {str(each.account.public_id): each for each in stands}
        names = [(key, stand_words(each)) for key, each in self._stands.items()]
        self.fields["to"].choices = [("", _("Nobody")), *names]  # type: ignore[attr-defined]
        if not stands:
            self.fields["act"].choices = ACTS[:2]  # type: ignore[attr-defined]
            del self.fields["to"]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a decision, and to whom something is passed on."""
        cleaned = super().clean() or self.cleaned_data
        act = cleaned.get("act")
        if act == EscalationAct.DECIDED and not cleaned.get("why", "").strip():
            self.add_error("why", _("Give the reason; a decision stands on record with it."))
        if act == EscalationAct.PASSED_ON and not cleaned.get("to"):
            self.add_error("to", _("Choose to whom it goes."))
        return cleaned

    def reply(self) -> Reply:
        """Return what was chosen."""
        said = self.cleaned_data
        return Reply(
            act=EscalationAct(said["act"]),
            text=said["text"],
            why=said["why"],
            to=self._stands.get(said.get("to", "")),
            is_caveat=said["is_caveat"],
        )


@dataclass(frozen=True, slots=True)
class WantedEscalations:
    """What somebody looks for among escalations; empty words look for every one."""

    answered: bool = False
    words: str = ""
    only: str = ""


class EscalationSearch(Search):
    """Look for escalations; nothing here looks for who raised them but for one's own."""

    show = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=gettext_lazy("Words"), required=False, max_length=100, widget=forms.SearchInput
    )
    only = Narrowing(
        label=gettext_lazy("Only"),
        everything=gettext_lazy("Every one"),
        choices=[
            ("late", gettext_lazy("Beyond their time")),
            ("mine", gettext_lazy("What waits for me")),
            ("raised", gettext_lazy("What I raised")),
            ("alone", gettext_lazy("What escalated itself")),
        ],
    )

    def wanted(self) -> WantedEscalations:
        """Return what is looked for; what makes no sense is not looked for."""
        kept: Mapping[str, str] = self.kept()
        return WantedEscalations(
            answered=kept.get("show", OPEN) != OPEN,
            words=kept.get("q", ""),
            only=kept.get("only", ""),
        )
