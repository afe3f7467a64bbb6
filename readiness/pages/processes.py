"""The evidence of one process on one page.

`at` is the moment of looking, in the project's own zone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import SignoffAct
from governance.models import (
    Assumption,
    BusinessProcess,
    Decision,
    Delegation,
    Signoff,
    User,
)
from governance.pages.decisions import (
    QuestionRow,
    assumption_row,
    decision_row,
    with_assumption_rows,
    with_decision_rows,
)
from governance.pages.delegations import delegates_of, who_signs
from governance.pages.holds import hold_of, reset_note
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_sign
from governance.services.signoffs import evidence_hash_of
from readiness.metrics.evidence import process_evidence
from readiness.pages.coverage import (
    ClassRow,
    PartnerRuns,
    TrainingRow,
    class_rows,
    partner_runs,
    runs_text,
    scenarios_text,
    training_rows,
)
from readiness.pages.evidence import Change, EvidenceFigures, changes_between, figures_of
from readiness.pages.heads import current_version, version_href
from readiness.pages.words import day_text, moment_text
from readiness.services.signing import is_being_judged
from uat.models import Defect

DEFECTS_SHOWN = 10
HASH = re.compile("[0-9a-f]{64}")
OWN_OPENINGS = {
    SignoffAct.SIGNED: gettext_lazy("You signed %(runs)s; %(changed)s."),
    SignoffAct.REFUSED: gettext_lazy("You refused %(runs)s; %(changed)s."),
}
OPENINGS = {
    SignoffAct.SIGNED: gettext_lazy("%(who)s signed %(runs)s; %(changed)s."),
    SignoffAct.REFUSED: gettext_lazy("%(who)s refused %(runs)s; %(changed)s."),
}


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """One act over the process; stale when the evidence is no longer what it was given on."""

    signoff: Signoff
    at: str
    words: str
    stale: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the signature of a process stands: what was done last, and what changed since."""

    newest: Signoff | None
    evidence: str
    answer: str
    changes: list[Change]

    @property
    def is_signed(self) -> bool:
        """Say whether a signature was given and not taken back, valid or stale."""
        return self.newest is not None and self.newest.act == SignoffAct.SIGNED

    @property
    def evidence_hash(self) -> str:
        """Return the hash of the evidence the page shows."""
        return evidence_hash_of(self.evidence) if self.evidence else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPage:
    """Everything an owner looks at before signing."""

    process: BusinessProcess
    standing: Standing
    figures: EvidenceFigures | None
    classes: list[ClassRow]
    partners: list[PartnerRuns]
    training: list[TrainingRow]
    defects: list[Defect]
    open_defects: int
    questions: list[QuestionRow]
    settled: int
    history: list[SignatureRow]
    being_judged: bool
    as_of: str
    shown: str
    version_href: str
    may_sign: bool
    delegations: list[Delegation]
    hold: str
    go_live: str
    trail: list[Step]

    @property
    def is_outdated(self) -> bool:
        """Say whether the open page shows other evidence than there is now."""
        return self.shown != self.standing.evidence_hash

    @property
    def put_before(self) -> str:
        """Return in one sentence what the signer puts a name to."""
        if self.figures is None:
            return ""
        told = {
            "scenarios": scenarios_text(self.figures.scenarios),
            "runs": runs_text(self.figures.runs),
            "passed": self.figures.passed,
            "defects": defects_text(self.figures.defects),
            "go_live": self.go_live,
        }
        text = _(
            "You put your name to what this page shows: %(scenarios)s, %(runs)s by the business,"
            " %(passed)s passed, %(defects)s, go-live %(go_live)s."
        )
        return text % told

    @property
    def summary(self) -> str:
        """Return how the scenarios stand in one sentence."""
        every = self.classes[-1]
        told = {
            "scenarios": scenarios_text(every.due),
            "tested": every.tested,
            "passed": every.passed,
            "blocked": every.blocked,
            "old": every.old,
            "unrun": every.not_run,
        }
        text = _(
            "%(scenarios)s in scope: %(tested)d run by the business, %(passed)d passed,"
            " %(blocked)d blocked, %(old)d changed since, %(unrun)d never run."
        )
        return text % told

    @property
    def who_signs(self) -> str:
        """Return who else signs or refuses, for those who may not."""
        return who_signs(self.process, self.delegations)


def defects_text(number: int) -> str:
    """Return a number of open defects in words."""
    text = ngettext("%(number)d open defect", "%(number)d open defects", number)
    return text % {"number": number}


def process_page(
    process: BusinessProcess, *, seat: Seat, at: datetime, shown: str = ""
) -> ProcessPage:
    """Return the evidence of an accountable process with its signatures.

    `shown` is the hash of what an open page shows; it asks whether that is still so.
    """
    project = seat.project
    evidence = process_evidence(project_ids=[project.pk], as_of=at, process_ids=[process.pk])
    acts = _acts(process)
    standing = _standing(evidence.get(process.pk, ""), acts[0] if acts else None, seat.user)
    by_class, partners = partner_runs(process)
    defects = Defect.objects.open().of_owned_process(str(process.public_id)).worst_first()
    delegations = delegates_of(process, at=at)
    delegates = [held.delegate_id for held in delegations]
    signs = may_sign(seat, process, delegates=delegates) and bool(standing.evidence)
    above = Step(_("Processes"), reverse("readiness:process-list", args=[project.public_id]))
    return ProcessPage(
        process=process,
        standing=standing,
        figures=figures_of(standing.evidence) if standing.evidence else None,
        classes=class_rows(process, partner=by_class),
        partners=partners,
        training=training_rows(process, project=project, today=at.date()),
        defects=list(defects[:DEFECTS_SHOWN]),
        open_defects=defects.count(),
        questions=_questions(process, at),
        settled=_settled(process),
        history=_history(acts, standing, at),
        being_judged=is_being_judged(getattr(project, "mark", None)),
        as_of=moment_text(at, zone=at.tzinfo or UTC),
        shown=shown if HASH.fullmatch(shown) else standing.evidence_hash,
        version_href=version_href(project, current_version(project, as_of=at)),
        may_sign=signs,
        delegations=delegations,
        hold=hold_of(seat.user, at=at) if signs else "",
        go_live=day_text(project.go_live_date) if project.go_live_date else _("without a date"),
        trail=trail_of(project, above, process.code),
    )


def _acts(process: BusinessProcess) -> list[Signoff]:
    acts = Signoff.objects.filter(process=process).of_evidence().with_resets()
    return list(acts.order_by("-signed_at", "-pk"))


def _standing(evidence: str, newest: Signoff | None, reader: User) -> Standing:
    if newest is None:
        return Standing(None, evidence, _("Nobody has signed this process yet."), [])
    act, is_own = SignoffAct(newest.act), newest.signer_id == reader.pk
    changes = []
    if evidence and act != SignoffAct.WITHDRAWN:
        opening = str((OWN_OPENINGS if is_own else OPENINGS)[act])
        changes = changes_between(
            newest.evidence, evidence, opening=opening, who=newest.signer_name
        )
    return Standing(newest, evidence, _answer(newest, changed=bool(changes)), changes)


def _answer(newest: Signoff, *, changed: bool) -> str:
    by = {"who": newest.signer_name, "organisation": newest.signer_organisation_name}
    if newest.act == SignoffAct.REFUSED:
        return _("Refused by %(who)s of %(organisation)s.") % by
    if newest.act == SignoffAct.WITHDRAWN:
        return _("The signature was withdrawn by %(who)s of %(organisation)s.") % by
    if changed:
        text = _(
            "Signed by %(who)s of %(organisation)s, but the evidence changed since:"
            " it has to be signed again."
        )
        return text % by
    return _("Signed by %(who)s of %(organisation)s; the evidence is still what it was.") % by


def _history(acts: list[Signoff], standing: Standing, at: datetime) -> list[SignatureRow]:
    zone = at.tzinfo
    current = standing.evidence_hash
    return [
        SignatureRow(
            signoff=act,
            at=moment_text(act.signed_at, zone=zone) if zone else str(act.signed_at),
            words=act.reason or act.meaning,
            stale=act.act == SignoffAct.SIGNED and act.evidence_hash != current,
            note=reset_note(
                act.signer_name,
                reset_at=getattr(act, "authenticator_reset_at", None),
                at=act.signed_at,
            ),
        )
        for act in acts
    ]


def _settled(process: BusinessProcess) -> int:
    """Return how many decisions and assumptions that the process waited for are settled."""
    decided = Decision.objects.holding_up(process).answered()
    ruled = Assumption.objects.holding_up(process).answered()
    return decided.count() + ruled.count()


def _questions(process: BusinessProcess, at: datetime) -> list[QuestionRow]:
    """Return the open decisions and assumptions that the process, or a part of it, waits for."""
    decisions = Decision.objects.holding_up(process).waiting()
    assumptions = Assumption.objects.holding_up(process).waiting()
    return [
        *(decision_row(row, at=at) for row in with_decision_rows(decisions.order_by("raised_at"))),
        *(
            assumption_row(row, at=at)
            for row in with_assumption_rows(assumptions.order_by("raised_at"))
        ),
    ]
