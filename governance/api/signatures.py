"""Read who may sign in an owner's place, and take receipts of signatures along."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import BooleanFilter, CharFilter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.register_serializers import DelegationSerializer
from governance.api.renderers import TextRenderer
from governance.api.views import ApiView, ListView, ready_made
from governance.models import Delegation, Signoff
from governance.querysets.record import DelegationQuerySet


class DelegationFilters(Filters):
    """Find delegations."""

    process = CharFilter(field_name="process__code", help_text="Code of the process.")
    holds = BooleanFilter(method="holding", help_text="Whether it lets somebody sign now.")

    def holding(self, rows: DelegationQuerySet, _: str, holds: bool) -> DelegationQuerySet:
        """Keep those that let somebody sign now, or the others."""
        now = timezone.now()
        if holds:
            return rows.holding_at(now)
        return rows.exclude(pk__in=rows.holding_at(now).values("pk"))


class DelegationListView(ListView):
    """Who may sign for which process in its owner's place."""

    queryset = Delegation.objects.none()
    filterset_class = DelegationFilters
    serializer_class = DelegationSerializer

    @extend_schema(
        operation_id="delegation_list",
        summary="Delegations",
        description="Reading only: a sponsor appoints in person.",
        tags=["Registers"],
        responses=DelegationSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the delegations of a project, the one that ends last first."""
        rows = Delegation.objects.filter(project=self.reached_project(project))
        beside = ("process", "delegate", "appointed_by", "end__ended_by")
        return self.answer_page(rows.select_related(*beside).newest_first())


class ReceiptView(ApiView):
    """The receipt of one signature."""

    renderer_classes = [TextRenderer]

    @extend_schema(
        operation_id="signoff_receipt",
        summary="Receipt of a signature",
        description="A C2SP `tlog-proof`; 404 where a signature is older than the record.",
        tags=["Registers"],
        responses={(200, "text/plain"): OpenApiTypes.STR},
    )
    def get(self, request: Request, project: UUID, signoff: UUID) -> HttpResponse:
        """Send the receipt as it was handed out.

        :raises Http404: the signature is older than the record, and has none.
        """
        rows = Signoff.objects.filter(project=self.reached_project(project))
        found = get_object_or_404(rows.select_related("project", "entry"), public_id=signoff)
        if not found.receipt:
            raise Http404
        answer = ready_made(found.receipt.encode(), media_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{found.receipt_name}"'
        return answer
