"""Read decisions with their options and what waits for them, and raise one."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django_filters import BooleanFilter, CharFilter, ChoiceFilter
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.decision_serializers import (
    DecisionPushSerializer,
    DecisionSerializer,
    ExposureSerializer,
)
from governance.api.filters import Filters
from governance.api.idempotency import KEY_PARAMETER, PushView
from governance.api.views import ApiView, ListView
from governance.choices import DecisionKind
from governance.models import BusinessProcess, Decision, Project
from governance.pages.exposure import exposure_body
from governance.pages.registers import answered_decisions
from governance.querysets import DecisionQuerySet
from governance.services.decisions import Question, raise_decision
from governance.services.dependencies import Dependents
from governance.services.dependents import Sorted, sort_codes
from governance.services.options import Choice
from governance.services.questions import DecisionRefused

MOST_ROWS = 200


class DecisionFilters(Filters):
    """Find decisions."""

    code = CharFilter(field_name="code")
    open = BooleanFilter(method="keep_open", help_text="Those that wait, or those that do not.")
    kind = ChoiceFilter(field_name="kind", choices=DecisionKind.choices)
    blocks_go_live = BooleanFilter(field_name="blocks_go_live")

    def keep_open(self, rows: DecisionQuerySet, name: str, value: bool) -> QuerySet[Decision]:
        """Keep what waits for a decider, or what was decided or replaced."""
        return rows.waiting() if value else rows.answered()


class DecisionListView(PushView, ListView):
    """Questions that wait for a decider, and their answers."""

    queryset = Decision.objects.none()
    filterset_class = DecisionFilters
    push_serializer_class = DecisionPushSerializer
    refusals = (DecisionRefused,)

    @extend_schema(
        operation_id="decision_list",
        summary="Decisions",
        tags=["Registers"],
        responses=DecisionSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the decisions of a project with the outcome that counts, the oldest first."""
        rows = Decision.objects.filter(project=self.reached_project(project))
        found = _fetched(self.filter_queryset(rows.order_by("raised_at", "pk")))
        page = self.paginate_queryset(found)
        shown = DecisionSerializer(answered_decisions(page or []), many=True)
        return self.get_paginated_response(shown.data)

    @extend_schema(
        operation_id="decision_add",
        summary="Raise a decision",
        description=(
            "Deciding is done in the browser, by whoever has the right to. What waits is named by "
            "the codes of processes, scenarios, criteria and decisions."
        ),
        tags=["Registers"],
        parameters=[KEY_PARAMETER],
        request=DecisionPushSerializer,
        responses={201: DecisionSerializer},
    )
    def post(self, request: Request, project: UUID) -> HttpResponse:
        """Raise a decision in the name of the account behind the token."""
        return self.push(request, self.reached_project(project))

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the decision.

        :raises DecisionRefused: it cannot be raised so.
        """
        row = raise_decision(
            project=project,
            question=_question(project, fields),
            raised_by=self.caller,
            raised_at=timezone.now(),
        )
        found = _fetched(Decision.objects.filter(project=project, pk=row.pk))
        return dict(DecisionSerializer(answered_decisions(found)[0]).data)


class ExposureView(ApiView):
    """What waits for open decisions."""

    @extend_schema(
        operation_id="exposure_show",
        summary="What waits for decisions",
        description=(
            "How long decisions take, everything that waits for each open one at any remove, what "
            "a week more costs in scenarios, and the debt of assumptions."
        ),
        tags=["Registers"],
        responses=ExposureSerializer,
    )
    def get(self, request: Request, project: UUID) -> Response:
        """Answer with latency, exposure and debt as they are now."""
        body = exposure_body(self.reached_project(project), as_of=timezone.now(), most=MOST_ROWS)
        return Response(ExposureSerializer(body).data)


def _fetched(rows: Any) -> Any:
    """Fetch with decisions everything that is answered."""
    return (
        rows.select_related("decider", "supersedes")
        .with_successors()
        .prefetch_related(
            "blocked_processes",
            "outcomes__decided_by",
            "outcomes__option",
            "options",
            "dependencies__waiting",
        )
    )


def _question(project: Project, fields: dict[str, Any]) -> Question:
    """Return what a body asks for.

    :raises DecisionRefused: the project does not know a code.
    """
    codes = fields.get("blocks", [])
    blocked = list(BusinessProcess.objects.filter(project=project, code__in=codes).accountable())
    unknown = sorted(set(codes) - {row.code for row in blocked})
    waiting = _known(project, fields.get("waiting", []), field="waiting")
    after = _known(project, fields.get("after", []), field="after")
    wrong = [*unknown, *after.scenarios, *after.criteria]
    if wrong:
        message = f"This project knows no {', '.join(wrong)}."
        raise DecisionRefused(message, field="blocks" if unknown else "after")
    return Question(
        title=fields["title"],
        detail=fields.get("detail", ""),
        kind=fields.get("kind", ""),
        due_date=fields.get("due_date"),
        blocks_go_live=fields.get("blocks_go_live", False),
        blocked=blocked,
        options=[Choice(**option) for option in fields.get("options", [])],
        dependents=Dependents(
            scenarios=waiting.scenarios,
            criteria=waiting.criteria,
            decisions=waiting.decisions,
            after=after.decisions,
        ),
    )


def _known(project: Project, codes: list[str], *, field: str) -> Sorted:
    found = sort_codes(project, codes=codes)
    if found.unknown:
        message = f"This project knows no {', '.join(found.unknown)}."
        raise DecisionRefused(message, field=field)
    return found
