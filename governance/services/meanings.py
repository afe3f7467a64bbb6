"""What an act of signing means, in full: a closed list, versioned.

A new wording is a new version; old ones stay, because signatures were given in them.
Source: 21 CFR 11.50(a)(3).
"""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext, gettext_noop

from governance.choices import SignoffAct, SignoffKind

SIGNED, REFUSED, WITHDRAWN = SignoffAct.SIGNED, SignoffAct.REFUSED, SignoffAct.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one act over one kind of document means; `sentence` is English."""

    kind: SignoffKind
    version: int
    act: SignoffAct
    sentence: str

    @property
    def key(self) -> str:
        """Return the name by which a page says which wording it showed."""
        return f"{self.kind}.{self.act}.{self.version}"

    @property
    def shown(self) -> str:
        """Return the sentence in the reader's language."""
        return gettext(self.sentence)

    def as_signed(self) -> dict[str, object]:
        """Return what stands in a statement: the English sentence and the one shown."""
        return {
            "key": f"{self.kind}.{self.act}",
            "version": self.version,
            "sentence": self.sentence,
            "language": get_language() or "en",
            "shown": self.shown,
        }


_SIGNING = (
    (
        SignoffKind.PROCESS_EVIDENCE,
        gettext_noop(
            "I have reviewed the evidence of this process shown to me and confirm, for the business"
            " I answer for, that the process may go live on this evidence."
        ),
        gettext_noop(
            "I have reviewed the evidence of this process shown to me and refuse it: the process"
            " may not go live on this evidence, for the reason I give."
        ),
    ),
    (
        SignoffKind.SCOPE,
        gettext_noop(
            "I have read what belongs to this process and what does not, and confirm, for the"
            " business I answer for, that this is the scope that has to work at go-live."
        ),
        gettext_noop(
            "I have read what belongs to this process and what does not, and refuse this scope,"
            " for the reason I give."
        ),
    ),
    (
        SignoffKind.CHARTER,
        gettext_noop(
            "As sponsor I grant the project manager the powers stated here, and stand behind"
            " their use."
        ),
        gettext_noop("As sponsor I refuse to grant these powers, for the reason I give."),
    ),
    (
        SignoffKind.ACCEPTANCE,
        gettext_noop(
            "I have read the risk stated here and accept it in my own name, for the client, with"
            " the control stated and until the date stated."
        ),
        gettext_noop(
            "I have read the risk stated here and do not accept it, for the reason I give."
        ),
    ),
    (
        SignoffKind.POLICY_CHANGE,
        gettext_noop(
            "I have read what this policy demands differently from the one before and decide that"
            " the project is judged by it from now on."
        ),
        gettext_noop(
            "I have read what this policy demands differently from the one before and refuse the"
            " change, for the reason I give."
        ),
    ),
    (
        SignoffKind.CLOSURE,
        gettext_noop(
            "I have read how testing ended and confirm, for the business, that user acceptance"
            " testing is closed with the results and the open defects shown to me."
        ),
        gettext_noop(
            "I have read how testing ended and refuse to close it, for the reason I give."
        ),
    ),
    (
        SignoffKind.GO_NO_GO,
        gettext_noop(
            "I have read the judgement and its caveats shown to me and vote that the upgrade goes"
            " live on the date stated."
        ),
        gettext_noop(
            "I have read the judgement and its caveats shown to me and vote that the upgrade does"
            " not go live, for the reason I give."
        ),
    ),
    (
        SignoffKind.HANDOVER,
        gettext_noop(
            "I have read what is open after go-live and hand the upgraded system over to"
            " operations in the state shown to me."
        ),
        gettext_noop(
            "I have read what is open after go-live and refuse the handover, for the reason I give."
        ),
    ),
)
_TAKING_BACK = {
    SignoffKind.PROCESS_EVIDENCE: gettext_noop(
        "I withdraw the signature given for this process, for the reason I give; it no longer"
        " stands for my agreement."
    ),
    SignoffKind.ACCEPTANCE: gettext_noop(
        "I end the acceptance of this risk before its date, for the reason I give; it no longer"
        " counts."
    ),
}
_TAKING_BACK_ANY = gettext_noop(
    "I withdraw the signature given here, for the reason I give; it no longer stands for my"
    " agreement."
)


def _all() -> tuple[Meaning, ...]:
    found = []
    for kind, signing, refusing in _SIGNING:
        found += [Meaning(kind, 1, SIGNED, signing), Meaning(kind, 1, REFUSED, refusing)]
        found.append(Meaning(kind, 1, WITHDRAWN, _TAKING_BACK.get(kind, _TAKING_BACK_ANY)))
    return tuple(found)


MEANINGS = _all()


def meaning_of(act: str, *, kind: str = SignoffKind.PROCESS_EVIDENCE) -> Meaning:
    """Return the newest wording of an act over a kind of document."""
    return max(
        (meaning for meaning in MEANINGS if (meaning.act, meaning.kind) == (act, kind)),
        key=lambda meaning: meaning.version,
    )
