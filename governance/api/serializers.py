"""Shapes that more than one address reads or writes."""

from typing import Any

from rest_framework import serializers

from governance.choices import JobState, OrganisationKind, Scope
from governance.models import ApiToken, Job, Organisation


class StrictSerializer(serializers.Serializer[Any]):
    """Refuse fields that nobody asked for, so that a typing mistake is not lost."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the fields.

        :raises ValidationError: a field is unknown, missing or wrong.
        """
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                text = "There is no such field here."
                raise serializers.ValidationError(
                    {name: [text] for name in unknown}, code="unknown"
                )
        return super().to_internal_value(data)


class TokenSerializer(serializers.Serializer[Any]):
    """Who a token speaks for and what it may do."""

    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    organisation = serializers.CharField(source="user.organisation.name")
    side = serializers.ChoiceField(source="user.kind", choices=OrganisationKind.choices)
    client = serializers.SerializerMethodField(
        help_text="The one client that a partner's token works for; null for a client's own."
    )
    token = serializers.CharField(source="prefix", help_text="The first characters of it.")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    expires_at = serializers.DateTimeField(allow_null=True)

    def get_client(self, token: ApiToken) -> str | None:
        """Return the name of the client that the account acts for."""
        chosen = token.user.acting_for_id or 0
        clients = Organisation.objects.clients_of(token.user).filter(pk=chosen)
        return clients.values_list("name", flat=True).first()


class JobSerializer(serializers.ModelSerializer[Job]):
    """How far a piece of background work has come."""

    id = serializers.UUIDField(source="public_id")
    state = serializers.ChoiceField(choices=JobState.choices)

    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "state",
            "attempts",
            "progress_done",
            "progress_due",
            "error",
            "created_at",
            "started_at",
            "finished_at",
        ]
