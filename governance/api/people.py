"""Read accounts, invitations and roles, as an administrator of the own organisation."""

from typing import ClassVar

from django.utils import timezone
from django_filters import BooleanFilter, ChoiceFilter, UUIDFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.views import ListView
from governance.choices import Role
from governance.models import Invitation, Participation, User

ADMINISTRATORS_ONLY = "Only a token of an administrator reads it, for the own organisation."


class AccountFilters(Filters):
    """Find accounts."""

    is_active = BooleanFilter(field_name="is_active")
    is_administrator = BooleanFilter(field_name="is_administrator")


class AccountSerializer(serializers.ModelSerializer[User]):
    """One account of the own organisation."""

    id = serializers.UUIDField(source="public_id")
    has_second_factor = serializers.BooleanField(source="has_factor")
    last_signed_in_at = serializers.DateTimeField(source="last_login", allow_null=True)

    class Meta:
        model = User
        fields: ClassVar[list[str]] = [
            "id",
            "name",
            "email",
            "is_active",
            "is_administrator",
            "has_second_factor",
            "last_signed_in_at",
            "created_at",
        ]


class AccountListView(ListView):
    """The accounts of the own organisation, closed ones among them."""

    queryset = User.objects.none()
    filterset_class = AccountFilters
    serializer_class = AccountSerializer

    @extend_schema(
        operation_id="account_list",
        summary="Accounts",
        description=ADMINISTRATORS_ONLY,
        tags=["Accounts"],
        responses=AccountSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """List the accounts, by name."""
        own = User.objects.administered_by(self.caller)
        return self.answer_page(own.with_standing().by_name())


class InvitationFilters(Filters):
    """Find invitations."""


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """One invitation that waits; its secret is told to nobody but whoever gets the mail."""

    id = serializers.UUIDField(source="public_id")
    project = serializers.UUIDField(source="project.public_id", default=None, allow_null=True)
    invited_by = serializers.CharField(source="invited_by.name")
    is_open = serializers.SerializerMethodField()

    class Meta:
        model = Invitation
        fields: ClassVar[list[str]] = [
            "id",
            "name",
            "email",
            "is_administrator",
            "project",
            "role",
            "invited_by",
            "created_at",
            "expires_at",
            "is_open",
        ]

    def get_is_open(self, invitation: Invitation) -> bool:
        """Say whether its link still works."""
        return invitation.expires_at > timezone.now()


class InvitationListView(ListView):
    """The invitations that nobody has accepted or withdrawn."""

    queryset = Invitation.objects.none()
    filterset_class = InvitationFilters
    serializer_class = InvitationSerializer

    @extend_schema(
        operation_id="invitation_list",
        summary="Invitations that wait",
        description=ADMINISTRATORS_ONLY,
        tags=["Accounts"],
        responses=InvitationSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """List the invitations, the newest first."""
        rows = Invitation.objects.visible_to(self.caller).waiting().newest_first()
        return self.answer_page(rows.select_related("project", "invited_by"))


class ParticipationFilters(Filters):
    """Find roles."""

    account = UUIDFilter(field_name="user__public_id")
    project = UUIDFilter(field_name="project__public_id")
    role = ChoiceFilter(field_name="role", choices=Role.choices)
    has_ended = BooleanFilter(field_name="ended_at", lookup_expr="isnull", exclude=True)


class ParticipationSerializer(serializers.ModelSerializer[Participation]):
    """A role of an account in a project, from a moment until it is ended."""

    account_id = serializers.UUIDField(source="user.public_id")
    account = serializers.CharField(source="user.name")
    organisation = serializers.CharField(source="user.organisation.name")
    project = serializers.UUIDField(source="project.public_id")
    role = serializers.ChoiceField(choices=Role.choices)
    given_by = serializers.CharField(source="given_by.name", default=None, allow_null=True)
    ended_by = serializers.CharField(source="ended_by.name", default=None, allow_null=True)

    class Meta:
        model = Participation
        fields: ClassVar[list[str]] = [
            "account_id",
            "account",
            "organisation",
            "project",
            "role",
            "started_at",
            "given_by",
            "ended_at",
            "ended_by",
        ]


class ParticipationListView(ListView):
    """Who has or had which role: in a client's projects, or a partner's own people."""

    queryset = Participation.objects.none()
    filterset_class = ParticipationFilters
    serializer_class = ParticipationSerializer

    @extend_schema(
        operation_id="participation_list",
        summary="Roles in projects",
        description=ADMINISTRATORS_ONLY,
        tags=["Accounts"],
        responses=ParticipationSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """List the roles, the newest first."""
        rows = Participation.objects.administered_by(self.caller).newest_first()
        return self.answer_page(
            rows.select_related("user__organisation", "project", "given_by", "ended_by")
        )
