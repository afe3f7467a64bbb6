"""Read who may do what."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ApiView
from governance.choices import Role, Scope
from governance.pages.policy import act_rows
from governance.permissions.act import Area, Door

DOORS = [(door.name, door.name.capitalize().replace("_", " ")) for door in Door]


class PlaceSerializer(serializers.Serializer[Any]):
    """An address of an act, by the methods that are this act."""

    name = serializers.CharField(help_text="The address's own name.")
    path = serializers.CharField()
    methods = serializers.SerializerMethodField()
    scope = serializers.ChoiceField(
        choices=Scope.choices, allow_blank=True, help_text="What a token needs; empty on a page."
    )

    def get_methods(self, place: Any) -> list[str]:
        """Return the methods one by one."""
        return str(place.methods).split(", ")


class ActSerializer(serializers.Serializer[Any]):
    """One act and who may do it."""

    act = serializers.CharField(source="act.key")
    area = serializers.ChoiceField(source="act.area", choices=Area.choices)
    words = serializers.CharField()
    door = serializers.ChoiceField(
        source="act.door.name",
        choices=DOORS,
        help_text="What is asked first: nothing, an account, an administrator, or a seat.",
    )
    roles = serializers.SerializerMethodField()
    administrators = serializers.BooleanField(
        source="act.is_for_administrators", help_text="Whatever role the account holds."
    )
    partner = serializers.BooleanField(
        source="act.is_for_partners", help_text="A partner's accounts, too."
    )
    narrower = serializers.CharField(
        source="act.narrower", allow_blank=True, help_text="What has to be true beyond the role."
    )
    addresses = PlaceSerializer(source="places", many=True)

    def get_roles(self, row: Any) -> list[str]:
        """Return the roles that may, in the order of the roles."""
        return [role.value for role in Role if role in row.act.held_by]


class PolicyListView(ApiView):
    """The policy table."""

    @extend_schema(
        operation_id="policy_list",
        summary="Who may do what",
        description="Every act, who may do it, and where. What is not listed, nobody may do.",
        tags=["Policy"],
        responses=ActSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """List every act with its roles, by area."""
        return Response(ActSerializer(act_rows(), many=True).data)
