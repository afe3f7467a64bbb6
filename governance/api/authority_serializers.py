"""Shapes of charters, stops, overrulings and decision rights."""

from typing import Any

from rest_framework import serializers

from governance.choices import DecisionKind, Power


class CharterSerializer(serializers.Serializer[Any]):
    """One version of the charter; `signed` where the newest word is a signature over it."""

    id = serializers.UUIDField(source="charter.public_id")
    project_manager = serializers.CharField(source="charter.project_manager.name")
    granted = serializers.ListField(
        source="charter.granted", child=serializers.ChoiceField(choices=Power.choices)
    )
    withheld = serializers.ListField(
        source="charter.withheld", child=serializers.ChoiceField(choices=Power.choices)
    )
    withheld_reason = serializers.CharField(source="charter.withheld_reason")
    written_by = serializers.CharField(source="charter.written_by.name")
    written_at = serializers.DateTimeField(source="charter.written_at")
    signed = serializers.BooleanField()


class GateStopSerializer(serializers.Serializer[Any]):
    """A stop of a gate; the rest is empty while it stands."""

    id = serializers.UUIDField(source="public_id")
    gate = serializers.CharField(source="gate_key")
    reason = serializers.CharField()
    stopped_by = serializers.CharField(source="stopped_by.name")
    stopped_at = serializers.DateTimeField()
    end_reason = serializers.CharField(source="end.reason", default=None, allow_null=True)
    ended_by = serializers.CharField(source="end.ended_by.name", default=None, allow_null=True)
    ended_at = serializers.DateTimeField(source="end.ended_at", default=None, allow_null=True)


class OverrulingSerializer(serializers.Serializer[Any]):
    """One time that the project manager was overruled."""

    id = serializers.UUIDField(source="public_id")
    project_manager = serializers.CharField(source="project_manager.name")
    power = serializers.ChoiceField(choices=Power.choices, allow_blank=True)
    what = serializers.CharField()
    reason = serializers.CharField()
    stop = serializers.UUIDField(source="stop.public_id", default=None, allow_null=True)
    overruled_by = serializers.CharField(source="overruled_by.name")
    overruled_at = serializers.DateTimeField()
    written_by = serializers.CharField(source="written_by.name")


class DecisionRightSerializer(serializers.Serializer[Any]):
    """A right to take one kind of decision; the end is empty while it holds."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    process = serializers.CharField(source="process.code", default=None, allow_null=True)
    decider = serializers.CharField(source="decider.name")
    given_by = serializers.CharField(source="given_by.name")
    given_at = serializers.DateTimeField()
    successor = serializers.UUIDField(
        source="end.successor.public_id", default=None, allow_null=True
    )
    end_reason = serializers.CharField(source="end.reason", default=None, allow_null=True)
    ended_by = serializers.CharField(source="end.ended_by.name", default=None, allow_null=True)
    ended_at = serializers.DateTimeField(source="end.ended_at", default=None, allow_null=True)
