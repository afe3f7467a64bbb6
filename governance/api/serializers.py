"""Shapes that more than one address reads or writes."""

from typing import Any

from rest_framework import serializers


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
    side = serializers.ChoiceField(source="user.kind", choices=["CLIENT", "PARTNER"])
    token = serializers.CharField(source="prefix", help_text="The first characters of it.")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=["READ", "PUSH"]))
    expires_at = serializers.DateTimeField(allow_null=True)
