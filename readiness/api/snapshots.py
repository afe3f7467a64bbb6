"""Read judgements: lists from stored lines, each snapshot byte by byte as it was written."""

import hashlib
from uuid import UUID

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ApiView, ListView, not_found, ready_made
from governance.choices import Scope
from readiness.api.filters import FindingFilters, SnapshotFilters
from readiness.api.serializers.snapshots import FindingSerializer, SnapshotLineSerializer
from readiness.models import Finding, Snapshot
from readiness.pages.listing import LINE_COLUMNS, page_of_lines
from readiness.querysets import SnapshotQuerySet

KEPT_SECONDS = 3600
BODY = {"type": "object", "additionalProperties": True}


class SnapshotListView(ListView):
    """The judgements of a project.

    Snapshots never change, so a page is made once and kept until the project has another.
    """

    queryset = Snapshot.objects.none()
    filterset_class = SnapshotFilters
    serializer_class = SnapshotLineSerializer

    @extend_schema(
        operation_id="snapshot_list",
        summary="Snapshots",
        tags=["Judgements"],
        responses=SnapshotLineSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> HttpResponse:
        """List the judgements of a project, the newest first unless asked otherwise."""
        rows = Snapshot.objects.filter(project=self.reached_project(project))
        etag = _tag(project, rows.version(), request.build_absolute_uri())
        key = f"snapshot-lines:{etag}"
        body = cache.get(key)
        if body is None:
            body = self._page_of(rows)
            cache.set(key, body, KEPT_SECONDS)
        return ready_made(body, etag=etag)

    def _page_of(self, rows: SnapshotQuerySet) -> str:
        lines = self.filter_queryset(rows.newest_first()).values(*LINE_COLUMNS)
        page = self.paginate_queryset(lines) or []
        return page_of_lines(page, count=self.total, links=self.links)


class SnapshotView(ApiView):
    """One judgement."""

    scopes = {"GET": Scope.READ}

    @extend_schema(
        operation_id="snapshot_show",
        summary="One snapshot",
        description="The judgement as it was written, byte by byte; the ETag is its SHA-256.",
        tags=["Judgements"],
        responses={200: BODY},
    )
    def get(self, request: Request, project: UUID, snapshot: UUID) -> HttpResponse:
        """Send the stored judgement."""
        rows = Snapshot.objects.filter(project=self.reached_project(project))
        return _stored(get_object_or_404(rows.only("body", "etag"), public_id=snapshot))


class LatestSnapshotView(ApiView):
    """The newest judgement."""

    scopes = {"GET": Scope.READ}

    @extend_schema(
        operation_id="snapshot_latest",
        summary="The newest snapshot",
        description="As one snapshot; 404 before the project was judged for the first time.",
        tags=["Judgements"],
        responses={200: BODY},
    )
    def get(self, request: Request, project: UUID) -> HttpResponse:
        """Send the newest stored judgement.

        :raises Http404: nothing was judged yet.
        """
        reached = self.reached_project(project)
        rows = Snapshot.objects.filter(project=reached).made_by(timezone.now())
        newest = rows.newest_first().only("body", "etag", "public_id").first()
        if newest is None:
            raise not_found()
        response = _stored(newest)
        response["Content-Location"] = f"../{newest.public_id}/"
        return response


class FindingListView(ListView):
    """The findings of one judgement."""

    queryset = Finding.objects.none()
    filterset_class = FindingFilters
    serializer_class = FindingSerializer

    @extend_schema(
        operation_id="finding_list",
        summary="Findings of a snapshot",
        tags=["Judgements"],
        responses=FindingSerializer(many=True),
    )
    def get(self, request: Request, project: UUID, snapshot: UUID) -> Response:
        """List how each criterion came out, in the order of gates and criteria."""
        rows = Snapshot.objects.filter(project=self.reached_project(project))
        found = get_object_or_404(rows.only("pk"), public_id=snapshot)
        return self.answer_page(Finding.objects.filter(snapshot=found).order_by("pk"))


def _stored(snapshot: Snapshot) -> HttpResponse:
    return ready_made(snapshot.body, etag=snapshot.etag)


def _tag(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
