"""Rows that the demo has none of, so that every page can be reached by links."""

from datetime import timedelta

from django.utils import timezone

from governance.models import Project, User
from governance.services.attachments import Place
from governance.services.imports import Wish, request_import
from readiness.models import Snapshot
from readiness.pages.risks import criteria_to_ask_for
from readiness.services.requests import RiskWish, request_acceptance
from reports.rendering.paper import edition_of
from reports.services.keeping import request_report

ROSTER = (
    "Person ID,Name,Department,Site,Job role,Joined,Left\n"
    "X1,Ada Test,Finance,Oslo,Buyer,2026-01-01,\n"
    "X2,Bo Test,Finance,Oslo,Buyer,2026-05-01,2026-02-01\n"
)


def add_missing_rows(*, project: Project, manager: User, sponsor: User) -> None:
    """Hand a file in, ask for a risk to be accepted, ask for a report."""
    _hand_in(project, manager)
    _ask_for_acceptance(project, manager, sponsor)
    _print(project, sponsor)


def _hand_in(project: Project, manager: User) -> None:
    request_import(
        actor=manager,
        place=Place(organisation=project.organisation, project=project),
        name="roster.csv",
        content=ROSTER.encode(),
        wish=Wish(dry_run=True),
    )


def _ask_for_acceptance(project: Project, manager: User, sponsor: User) -> None:
    gate_key, _, criterion_key = criteria_to_ask_for(project)[0][0].partition(" ")
    request_acceptance(
        project=project,
        wish=RiskWish(
            gate_key=gate_key,
            criterion_key=criterion_key,
            reason="The bank interface comes later.",
            control="Payments are released by hand.",
            until=timezone.now().date() + timedelta(days=9),
            asked=sponsor,
        ),
        requester=manager,
        requested_at=timezone.now(),
    )


def _print(project: Project, sponsor: User) -> None:
    judged = Snapshot.objects.filter(project=project)
    snapshot = judged.order_by("as_of").first()
    if snapshot is not None:
        request_report(
            snapshot=snapshot,
            edition=edition_of("en"),
            requested_by=sponsor,
        )
