"""Shapes of snapshots, findings and metrics over time."""

from typing import Any

from rest_framework import serializers

from readiness.choices import FindingState, SnapshotTrigger, Verdict
from readiness.models import Finding


class SnapshotLineSerializer(serializers.Serializer[Any]):
    """One snapshot in a list; the whole of it stands under its own address."""

    id = serializers.UUIDField()
    as_of = serializers.DateTimeField()
    local_date = serializers.DateField(help_text="The project's own date at that moment.")
    trigger = serializers.ChoiceField(choices=SnapshotTrigger.choices)
    is_late = serializers.BooleanField()
    computed_at = serializers.DateTimeField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    headline = serializers.CharField()
    go_live_date = serializers.DateField(allow_null=True)
    hard_misses = serializers.IntegerField()
    accepted_risks = serializers.IntegerField()
    policy = serializers.CharField(allow_null=True, help_text="Key and version.")
    inputs_hash = serializers.CharField()
    code_version = serializers.CharField()
    etag = serializers.CharField(help_text="SHA-256 of the snapshot's own answer.")


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """The outcome of one criterion in a snapshot."""

    gate = serializers.CharField(source="gate_key")
    criterion = serializers.CharField(source="criterion_key")
    state = serializers.ChoiceField(choices=FindingState.choices)

    class Meta:
        model = Finding
        fields = [
            "gate",
            "criterion",
            "metric",
            "state",
            "is_hard",
            "done",
            "due",
            "value",
            "population",
            "due_today",
            "target",
        ]


class MetricPointSerializer(serializers.Serializer[Any]):
    """One measurement of one metric at one moment, and how it was judged."""

    as_of = serializers.DateTimeField(source="snapshot__as_of")
    local_date = serializers.DateField(source="snapshot__local_date")
    trigger = serializers.ChoiceField(source="snapshot__trigger", choices=SnapshotTrigger.choices)
    gate = serializers.CharField(source="gate_key")
    criterion = serializers.CharField(source="criterion_key")
    metric = serializers.CharField()
    state = serializers.ChoiceField(choices=FindingState.choices)
    done = serializers.IntegerField(allow_null=True)
    due = serializers.IntegerField(allow_null=True)
    value = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    population = serializers.IntegerField()
    due_today = serializers.DecimalField(max_digits=16, decimal_places=4, allow_null=True)
    target = serializers.DecimalField(max_digits=16, decimal_places=4, allow_null=True)
