"""Read judgements: lists from stored lines, each snapshot byte by byte as it was written."""

import hashlib
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.quick import QuickView
from governance.api.shelf import Shelf
from governance.api.views import ApiView, ListView, not_found, ready_made
from governance.models import Project, User
from governance.querysets.prepared import Prepared, Row
from readiness.api.body import BODY
from readiness.api.filters import FindingFilters, SnapshotFilters
from readiness.api.serializers.snapshots import FindingSerializer, SnapshotLineSerializer
from readiness.models import Finding, Snapshot
from readiness.pages.listing import LINE_COLUMNS, page_of_lines
from readiness.querysets import SnapshotQuerySet, with_history_version

_pages = Shelf(size=64)


def _history(*, is_administrator: bool) -> Prepared:
    """Return the question whether an account reaches a project, and its snapshots' version."""

    def build(public_id: UUID, organisation_id: int, user_id: int = -1) -> "QuerySet[Project, Any]":
        asking = User(
            pk=user_id, organisation_id=organisation_id, is_administrator=is_administrator
        )
        reached = Project.objects.visible_to(asking).filter(public_id=public_id)
        return with_history_version(reached).values_list("pk", "history")

    asker = {} if is_administrator else {"user_id": -1}
    return Prepared(build, public_id=UUID(int=1), organisation_id=-2, **asker)


_histories = {each: _history(is_administrator=each) for each in (False, True)}


class SnapshotListView(QuickView, ListView):
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
        row = _reached_history(self.caller, project)
        if row is None:
            raise not_found()
        etag = _tag(row, request)
        body = self._page_of(Snapshot.objects.filter(project=row[0])).encode()
        _pages.put(etag, body)
        return ready_made(body, etag=etag)

    def remembered(self, user: User, **names: Any) -> HttpResponse | None:
        """Return the page if it was made since the project's newest judgement."""
        row = _reached_history(user, names["project"])
        etag = _tag(row, self.request) if row else ""
        body = _pages.get(etag)
        return None if body is None else ready_made(body, etag=etag)

    def _page_of(self, rows: SnapshotQuerySet) -> str:
        lines = self.filter_queryset(rows.newest_first()).values(*LINE_COLUMNS)
        page = self.paginate_queryset(lines) or []
        return page_of_lines(page, count=self.total, links=self.links)


class SnapshotView(ApiView):
    """One judgement."""

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


def _reached_history(user: User, public_id: UUID) -> Row | None:
    """Return a project's number and the version of its snapshots, if the account reaches it."""
    if user.works_for_id is None:
        return None
    question = _histories[user.administers_projects]
    asker = {} if user.administers_projects else {"user_id": user.pk}
    rows = question.rows(public_id=public_id, organisation_id=user.works_for_id, **asker)
    return rows[0] if rows else None


def _stored(snapshot: Snapshot) -> HttpResponse:
    return ready_made(snapshot.body, etag=snapshot.etag)


def _tag(row: Row, request: Request | HttpRequest) -> str:
    """Name a page by all that it hangs on: the project's snapshots and the whole address."""
    place = f"{request.scheme} {request.get_host()} {request.get_full_path()}"
    return hashlib.sha256(f"{row} {place}".encode()).hexdigest()
