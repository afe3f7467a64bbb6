"""What somebody looks for among the signatures of a project."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from governance.choices import SignoffAct, SignoffKind
from governance.forms.searching import Choices, Narrowing, Search


@dataclass(frozen=True, slots=True)
class WantedSignatures:
    """What is looked for; empty asks for nothing."""

    kind: str = ""
    act: str = ""
    worth: str = ""


class SignatureSearch(Search):
    """Look for signatures by what they cover, what was done, and what they are worth now."""

    kind = Narrowing(
        label=_("What it covers"), everything=_("Everything"), choices=SignoffKind.choices
    )
    act = Narrowing(
        label=_("What was done"), everything=_("Everything"), choices=SignoffAct.choices
    )
    worth = Narrowing(label=_("Worth now"), everything=_("Everything"))

    def __init__(self, *args: object, worths: Choices, **kwargs: object) -> None:
        """Offer what a signature can be worth."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.offer("worth", worths)

    def wanted(self) -> WantedSignatures:
        """Return what is looked for; what makes no sense is not."""
        return WantedSignatures(**self.kept())
