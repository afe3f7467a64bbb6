"""What each signature is worth now: by what came after it, and by what became of its evidence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from governance.choices import SignoffAct, SignoffKind
from governance.models import Project, Signoff
from governance.querysets.signatures import SignoffLine, SignoffQuerySet
from governance.services.signoffs import evidence_hash_of
from readiness.metrics import lapsed_acceptances
from readiness.metrics.exhibits import AGEING, Covered, current_exhibits
from readiness.models import Acceptance


class Worth(TextChoices):
    """Say what an act is worth now."""

    VALID = "VALID", _("Valid")
    STALE = "STALE", _("Evidence changed since")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    SUPERSEDED = "SUPERSEDED", _("Superseded")
    EXPIRED = "EXPIRED", _("Expired")


@dataclass(frozen=True, slots=True)
class Weighed:
    """An act with what it is worth, which act came after it, and what is there now.

    `current` is the canonical JSON of now, None where it cannot change.
    """

    line: SignoffLine
    worth: Worth
    later: SignoffLine | None
    earlier: SignoffLine | None
    current: str | None


def weighed(project: Project, acts: SignoffQuerySet, *, at: datetime) -> dict[int, Weighed]:
    """Return the key of each act -> what it is worth at a moment.

    `acts` are all of one or more subjects of the project; the evidence is read anew for the
    newest of each alone.
    """
    chains = list(_chains(acts.as_lines()))
    newest = {_covered(chain[-1]) for chain in chains if chain[-1].kind in AGEING}
    current = current_exhibits(project_id=project.pk, as_of=at, wanted=newest)
    over = _ended_acceptances(project, chains, at)
    found = {each.line.pk: each for chain in chains for each in _weigh(chain, current)}
    return found | {
        pk: replace(each, worth=over[pk])
        for pk, each in found.items()
        if each.worth == Worth.VALID and pk in over
    }


def _ended_acceptances(
    project: Project, chains: Iterable[list[SignoffLine]], at: datetime
) -> dict[int, Worth]:
    """Return signature -> why the acceptance it was given for no longer counts by itself.

    An acceptance ages by what it rests on, and ends on its day; nobody has to sign for that.
    """
    if not any(chain[-1].kind == SignoffKind.ACCEPTANCE for chain in chains):
        return {}
    lapsed = lapsed_acceptances(project_ids=[project.pk], as_of=at)
    rows = Acceptance.objects.filter(project=project, signature__isnull=False)
    found: dict[int, Worth] = {}
    for pk, signature_id, expires_at in rows.values_list("pk", "signature_id", "expires_at"):
        if expires_at <= at:
            found[signature_id] = Worth.EXPIRED
        elif pk in lapsed:
            found[signature_id] = Worth.STALE
    return found


def acts_beside(signoff: Signoff) -> SignoffQuerySet:
    """Return all acts of the same kind over the same subject."""
    subject = signoff.subject_id
    if subject is None and signoff.process is not None:
        subject = signoff.process.public_id
    acts = Signoff.objects.filter(project=signoff.project_id)
    return acts.over(subject, kind=signoff.kind) if subject else acts.filter(pk=signoff.pk)


def _chains(lines: Iterable[SignoffLine]) -> Iterator[list[SignoffLine]]:
    """Yield the acts over each subject, the oldest first."""
    found: dict[tuple[object, str], list[SignoffLine]] = {}
    for line in lines:
        found.setdefault((line.subject, line.kind), []).append(line)
    yield from found.values()


def _covered(line: SignoffLine) -> Covered:
    return line.kind, line.process_id


def _weigh(chain: list[SignoffLine], current: Mapping[Covered, str]) -> Iterator[Weighed]:
    for place, line in enumerate(chain):
        later = chain[place + 1] if place + 1 < len(chain) else None
        body = None if later else current.get(_covered(line))
        earlier = chain[place - 1] if place else None
        yield Weighed(line, _worth(line, later, body), later, earlier, body)


def _worth(line: SignoffLine, later: SignoffLine | None, current: str | None) -> Worth:
    if line.act != SignoffAct.SIGNED:
        return Worth.REFUSED if line.act == SignoffAct.REFUSED else Worth.WITHDRAWN
    if later is not None:
        is_withdrawn = later.act == SignoffAct.WITHDRAWN
        return Worth.WITHDRAWN if is_withdrawn else Worth.SUPERSEDED
    if current is not None and evidence_hash_of(current) != line.evidence_hash:
        return Worth.STALE
    return Worth.VALID
