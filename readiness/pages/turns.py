"""When the verdict or what it stands on changed, and which findings made it change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.pages.history import Findings, Judged
from readiness.pages.moves import Move, Naming, moves_between
from readiness.pages.words import day_text, moment_text

TURNS = 30
CAUSES = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """One change of the status: when, from what to what, and because of what."""

    earlier: Judged
    later: Judged
    when: str
    words: str
    causes: tuple[Move, ...]
    more: tuple[Move, ...]

    @property
    def before(self) -> str:
        """Return the verdict before."""
        return self.earlier.verdict

    @property
    def verdict(self) -> str:
        """Return the verdict from then on."""
        return self.later.verdict

    @property
    def changed(self) -> bool:
        """Say whether the verdict itself changed."""
        return self.before != self.verdict

    @property
    def moves(self) -> tuple[Move, ...]:
        """Return all causes."""
        return self.causes + self.more


Pair = tuple[Judged, Judged]


def turning_points(judgements: Sequence[Judged]) -> list[Pair]:
    """Return the newest judgements that differ from the one before, each with that one."""
    pairs = [
        (before, now) for before, now in pairwise(judgements) if _status(before) != _status(now)
    ]
    return pairs[::-1][:TURNS]


def _status(judged: Judged) -> tuple[object, ...]:
    return (
        judged.verdict,
        judged.hard_misses,
        judged.accepted_risks,
        judged.go_live_date,
        judged.policy_id,
    )


def turns_of(
    pairs: Sequence[Pair], findings: Mapping[int, Findings], *, naming: Naming, zone: tzinfo
) -> list[Turn]:
    """Return the changes of the status with their causes, the newest first."""
    return [_turn(before, now, findings, naming, zone) for before, now in pairs]


def _turn(
    before: Judged, now: Judged, findings: Mapping[int, Findings], naming: Naming, zone: tzinfo
) -> Turn:
    moves = moves_between(findings[before.pk], findings[now.pk], naming=naming)
    deciding = [move for move in moves if move.decides] or moves
    return Turn(
        earlier=before,
        later=now,
        when=moment_text(now.as_of, zone=zone),
        words=status_words(before, now),
        causes=tuple(deciding[:CAUSES]),
        more=tuple(deciding[CAUSES:]),
    )


def status_words(before: Judged, now: Judged) -> str:
    """Return what changed in the head of two judgements; empty when nothing did."""
    said = []
    if before.hard_misses != now.hard_misses:
        text = _("Hard misses went from %(before)d to %(now)d.")
        said.append(text % {"before": before.hard_misses, "now": now.hard_misses})
    risks = now.accepted_risks - before.accepted_risks
    if risks:
        said.append(_risks(risks))
    if before.go_live_date != now.go_live_date:
        told = {"before": _day(before), "now": _day(now)}
        said.append(_("The go-live date moved from %(before)s to %(now)s.") % told)
    if before.policy_id != now.policy_id:
        said.append(_("Another version of the policy applies."))
    return " ".join(said)


def _risks(step: int) -> str:
    if step > 0:
        text = ngettext(
            "%(number)d more risk is accepted.", "%(number)d more risks are accepted.", step
        )
    else:
        text = ngettext(
            "The acceptance of %(number)d risk ended.",
            "The acceptance of %(number)d risks ended.",
            -step,
        )
    return text % {"number": abs(step)}


def _day(judged: Judged) -> str:
    return day_text(judged.go_live_date) if judged.go_live_date else _("no date")
