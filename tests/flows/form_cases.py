"""Where each form of the product is, who fills it in, and what has to be there first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse

from governance.models import Assumption, Caveat, Decision, Delegation, ImportRun, Replacement
from governance.services.attachments import Place
from governance.services.imports import Wish, job_of, request_import
from governance.tasks import run_job
from readiness.models import Acceptance, AcceptanceRequest
from readiness.services.holdings import Party
from readiness.services.replacements import Parting, replace_party
from tests.flows import called, empowered
from tests.flows.escalated import escalation_of
from tests.flows.filling import ROSTER
from tests.flows.raid_rows import days_of, item_of
from tests.flows.steering import meeting_of, minutes_of
from tests.questions import accept, decide
from tests.signing import LATER, Desk, delegate_to


def no_rows(_: Desk) -> tuple[Any, ...]:
    return ()


def nothing_more(_: Desk) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One form: where it is, who fills it in, and what a sensible reader enters besides."""

    form: str
    page: str
    who: str = "sponsor"
    rows: Callable[[Desk], tuple[Any, ...]] = no_rows
    more: Callable[[Desk], dict[str, Any]] = nothing_more
    asked: str = ""
    sent_to: str = ""
    key: str = "form"
    in_project: bool = True
    says_something_when_empty: bool = False
    status: int = 302

    def address(self, desk: Desk, *, sent: bool = False) -> str:
        """Return where the form is shown, or where it is sent to."""
        name = (self.sent_to if sent else "") or self.page
        rows = [getattr(row, "public_id", row) for row in self.rows(desk)]
        project = [desk.cast.project.public_id] if self.in_project else []
        return reverse(name, args=[*project, *rows]) + self.asked


def decision_of(desk: Desk) -> tuple[Any, ...]:
    return (Decision.objects.filter(project=desk.cast.project).earliest("pk"),)


def assumption_of(desk: Desk) -> tuple[Any, ...]:
    return (Assumption.objects.filter(project=desk.cast.project).earliest("pk"),)


def request_of(desk: Desk) -> tuple[Any, ...]:
    return (AcceptanceRequest.objects.filter(project=desk.cast.project).earliest("pk"),)


def acceptance_of(desk: Desk) -> tuple[Any, ...]:
    cast = desk.cast
    row = Acceptance.objects.filter(project=cast.project).first()
    return (row or accept(cast, at=LATER, until=LATER + timedelta(days=14)),)


def decided_first(desk: Desk) -> tuple[Any, ...]:
    decided(desk)
    return ()


def decided(desk: Desk) -> Decision:
    decision: Decision = decision_of(desk)[0]
    if not decision.outcomes.exists():
        decide(decision, by=desk.cast.sponsor, at=LATER)
    return decision


def caveat_of(desk: Desk) -> tuple[Any, ...]:
    """Return a caveat that stands on page one."""
    cast = desk.cast
    row, _ = Caveat.objects.get_or_create(
        organisation=cast.client,
        project=cast.project,
        text="Porto has no training room.",
        written_by=cast.project_manager,
        written_at=LATER,
    )
    return (row,)


def delegation_of(desk: Desk) -> tuple[Any, ...]:
    """Return who signs in an owner's place."""
    held = Delegation.objects.filter(project=desk.cast.project).first()
    return (held or delegate_to(desk, desk.cast.business_user),)


def import_of(desk: Desk) -> tuple[Any, ...]:
    """Return a roster that was imported."""
    found = ImportRun.objects.filter(project=desk.cast.project, attachment__isnull=False).first()
    if found is None:
        found = request_import(
            actor=desk.cast.project_manager,
            place=Place(organisation=desk.cast.client, project=desk.cast.project),
            name="roster.csv",
            content=ROSTER,
            wish=Wish(),
        )
        run_job.apply(args=(job_of(found).pk,))
    return (found,)


def held_by_replaced(desk: Desk) -> tuple[Any, ...]:
    """Return who was replaced, and what only they knew."""
    cast = desk.cast
    row = Replacement.objects.filter(project=cast.project).first() or replace_party(
        project=cast.project,
        parting=Parting(
            party=Party(cast.partner, cast.consultant),
            reason="They are needed elsewhere.",
            leaves_date=LATER.date(),
            knowledge=("The bank's interface",),
        ),
        replaced_by=cast.sponsor,
        replaced_at=LATER,
    )
    return row, row.held.latest("pk")


CASES = [
    Case(form="DecisionForm", page="governance:decision-add"),
    Case(form="OutcomeForm", page="governance:decision-detail", rows=decision_of),
    Case(form="OptionForm", page="governance:option-add", rows=decision_of, who="consultant"),
    Case(form="WaitingForm", page="governance:dependency-add", rows=decision_of, who="consultant",
         more=lambda desk: {"waiting": desk.scenario.code}),
    Case(form="AssumptionForm", page="governance:assumption-add", who="consultant",
         more=lambda desk: {"scenarios": desk.scenario.code}),
    Case(form="RestingForm", page="governance:assumption-rest", who="consultant",
         rows=assumption_of, more=lambda desk: {"scenarios": desk.scenario.code}),
    Case(form="RulingForm", page="governance:assumption-detail", rows=assumption_of,
         who="process_owner"),
    Case(form="AppointmentForm", page="governance:owner-change",
         rows=lambda desk: (desk.process,),
         more=lambda desk: {"deputy": desk.cast.sponsor.public_id}, says_something_when_empty=True),
    Case(form="DelegationForm", page="governance:delegation-list",
         more=lambda desk: {"delegate": desk.cast.project_manager.public_id}),
    Case(form="DelegationEndForm", page="governance:delegation-end", rows=delegation_of),
    Case(form="CallForm", page="governance:people-request-add", who="project_manager",
         rows=called.department_of),
    Case(form="AnswerForm", page="governance:people-request-detail", who="process_owner",
         rows=called.request_of, says_something_when_empty=True),
    Case(form="ChangeForm", page="governance:person-answer-change", who="process_owner",
         rows=called.answered_of),
    Case(form="EscalateForm", page="governance:escalation-add", who="business_user",
         asked="?noun=criterion&id=G3%2FUX-01"),
    Case(form="EscalationAnswerForm", page="governance:escalation-detail", who="project_manager",
         rows=escalation_of, more=lambda _: {"act": "ANSWERED"}),
    Case(form="CharterForm", page="governance:charter-write",
         more=lambda _: {"powers": ["ESCALATE"]}),
    Case(form="OverrulingForm", page="governance:overruling-add", who="project_manager",
         more=lambda desk: {"overruled_by": desk.cast.sponsor.public_id,
                            "overruled_on": "2026-05-04"}),
    Case(form="AssessmentForm", page="governance:leadership-show", who="project_manager"),
    Case(form="RightForm", page="governance:right-give"),
    Case(form="RightEndForm", page="governance:right-end", rows=empowered.right_of),
    Case(form="HandOverForm", page="governance:ownership-hand-over",
         more=lambda desk: {"giver": desk.cast.process_owner.public_id,
                            "taker": desk.cast.business_user.public_id}),
    Case(form="StopForm", page="readiness:stop-list", who="project_manager",
         rows=empowered.signed_charter),
    Case(form="StopEndForm", page="readiness:stop-end", rows=empowered.stop_of),
    Case(form="GoLiveForm", page="governance:go-live-show",
         rows=decided_first),
    Case(form="UploadForm", page="governance:import-add", who="project_manager",
         more=lambda _: {"starts": "2013J = 2026-10-01", "owners": "", "by": ""}),
    Case(form="UndoForm", page="governance:import-undo", who="project_manager", rows=import_of,
         in_project=False),
    Case(form="MappingForm", page="governance:import-columns", who="project_manager",
         rows=import_of, asked="?kind=roster", in_project=False),
    Case(form="MeetingForm", page="governance:meeting-add", who="project_manager"),
    Case(form="MinutesForm", page="governance:meeting-minutes", who="project_manager",
         rows=meeting_of, more=minutes_of, says_something_when_empty=True),
    Case(form="StatementForm", page="governance:statement-show"),
    Case(form="CaveatForm", page="readiness:caveat-list", who="project_manager"),
    Case(form="RaidForm", page="governance:raid-add", who="consultant"),
    Case(form="RaidChangeForm", page="governance:raid-detail", rows=item_of),
    Case(form="ConfirmForm", page="governance:raid-confirm", who="business_user", rows=item_of,
         more=lambda _: {"confirmed_date": ""}),
    Case(form="CalendarForm", page="governance:calendar-show", who="project_manager",
         more=lambda _: {"title": "Another close"}),
    Case(form="CalendarEndForm", page="governance:calendar-end", who="process_owner",
         rows=days_of),
    Case(form="ResolveForm", page="readiness:caveat-resolve", who="project_manager",
         rows=caveat_of),
    Case(form="TokenForm", page="governance:token-list", in_project=False, status=200),
    Case(form="InvitationForm", page="governance:invitation-add", who="administrator",
         more=lambda _: {"email": "new@mills.example"}, in_project=False),
    Case(form="RoleForm", page="governance:account-detail", who="administrator",
         rows=lambda desk: (desk.cast.stranger,), in_project=False),
    Case(form="ConsultantForm", page="governance:consultant-add", who="administrator",
         more=lambda desk: {"email": desk.cast.guest.email}, in_project=False),
    Case(form="DepartmentForm", page="governance:department-list", who="project_manager"),
    Case(form="ResetForm", page="governance:account-reset", who="administrator",
         rows=lambda desk: (desk.cast.stranger,), in_project=False),
    Case(form="RunForm", page="uat:run-add", who="business_user",
         rows=lambda desk: (desk.scenario,)),
    Case(form="StatusForm", page="readiness:status-show", who="project_manager"),
    Case(form="MetricForm", page="readiness:reported-detail", who="project_manager",
         rows=lambda _: ("gov.policy_frozen",)),
    Case(form="AskForm", page="readiness:request-add", who="project_manager"),
    Case(form="GrantForm", page="readiness:request-detail", rows=request_of),
    Case(form="DeclineForm", page="readiness:request-detail", rows=request_of, key="decline",
         sent_to="readiness:request-decline"),
    Case(form="EndForm", page="readiness:acceptance-end", rows=acceptance_of),
    Case(form="DocumentForm", page="readiness:scope-show", who="process_owner",
         rows=lambda desk: (desk.process,)),
    Case(form="ReplacementForm", page="readiness:replacement-add",
         more=lambda desk: {"consultant": desk.cast.consultant.public_id}),
    Case(form="HandoverForm", page="readiness:handover-add", rows=held_by_replaced),
    Case(form="SignForm", page="readiness:process-detail", who="process_owner",
         rows=lambda desk: (desk.process,)),
]  # fmt: skip
