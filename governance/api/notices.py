"""Read what the account behind the token was told, and mark it as read."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import BooleanFilter, ChoiceFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.idempotency import KEY_PARAMETER, PushView
from governance.api.serializers import StrictSerializer
from governance.api.views import ListView
from governance.choices import NoticeKind
from governance.models import Notice, Project
from governance.pages.notices import href_of
from governance.services.notices import read_notices


class NoticeProjectSerializer(serializers.Serializer[object]):
    """The upgrade it belongs to."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()


class NoticeSerializer(serializers.Serializer[Notice]):
    """One thing the account was told, and the page on which it is done."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.ChoiceField(choices=NoticeKind.choices)
    title = serializers.CharField()
    project = NoticeProjectSerializer()
    is_urgent = serializers.BooleanField()
    due_at = serializers.DateTimeField(allow_null=True)
    happened_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True, help_text="Since when it is done.")
    url = serializers.SerializerMethodField(help_text="The page it is done on.")

    def get_url(self, notice: Notice) -> str:
        """Return where it is done."""
        return href_of(notice)


class NoticeFilters(Filters):
    """Find notices."""

    kind = ChoiceFilter(field_name="kind", choices=NoticeKind.choices)
    urgent = BooleanFilter(field_name="is_urgent")
    read = BooleanFilter(field_name="read_at", lookup_expr="isnull", exclude=True)
    done = BooleanFilter(field_name="settled_at", lookup_expr="isnull", exclude=True)


class NoticeReadSerializer(StrictSerializer):
    """Nothing has to be said."""


class NoticeListView(ListView):
    """What the caller was told."""

    queryset = Notice.objects.none()
    filterset_class = NoticeFilters
    serializer_class = NoticeSerializer

    @extend_schema(
        operation_id="notice_list",
        summary="Notices",
        description="What the account behind the token was told, over all its projects.",
        tags=["Work"],
        responses=NoticeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """List them, the newest first."""
        told = Notice.objects.told_to(self.caller).select_related("project")
        return self.answer_page(told.newest_first())


class NoticeReadView(PushView):
    """That one notice was read."""

    push_serializer_class = NoticeReadSerializer

    @extend_schema(
        operation_id="notice_read",
        summary="Mark a notice as read",
        tags=["Work"],
        parameters=[KEY_PARAMETER],
        request=NoticeReadSerializer,
        responses={201: NoticeSerializer},
    )
    def post(self, request: Request, notice: UUID) -> HttpResponse:
        """Keep that the account behind the token has read it."""
        return self.push(request, self._told().project)

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Mark it as read; the first time stays."""
        row = self._told()
        read_notices(Notice.objects.told_to(self.caller).filter(pk=row.pk), read_at=timezone.now())
        row.refresh_from_db()
        return dict(NoticeSerializer(row).data)

    def _told(self) -> Notice:
        told = Notice.objects.told_to(self.caller).select_related("project")
        return get_object_or_404(told, public_id=self.kwargs["notice"])
