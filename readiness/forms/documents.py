"""What somebody declares over a scope or a document of the project."""

from typing import Any

from governance.choices import SignoffKind
from readiness.forms.signing import SignForm
from readiness.services.documents import Word

FINAL = (SignoffKind.POLICY_CHANGE,)
"""Kinds whose signature is carried out at once: another act follows, none is taken back."""


class DocumentForm(SignForm):
    """Sign, refuse or withdraw, over a document of any kind."""

    def __init__(self, *args: Any, kind: SignoffKind, is_signed: bool, **kwargs: Any) -> None:
        """Offer withdrawing only where there is a signature that can be withdrawn."""
        may_withdraw = is_signed and kind not in FINAL
        super().__init__(*args, kind=kind, may_withdraw=may_withdraw, **kwargs)

    def word(self) -> Word:
        """Return what was declared."""
        return Word(**self.declared())
