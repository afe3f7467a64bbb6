"""Shapes of decisions, their options, what waits for them, and of exposure."""

from typing import Any

from rest_framework import serializers

from governance.api.register_serializers import CodesField
from governance.api.serializers import StrictSerializer
from governance.choices import Affiliation, DecisionKind, DependentKind
from governance.services.options import MOST_OPTIONS

LONGEST_TEXT = 10_000
MOST_CODES = 200


class OptionSerializer(serializers.Serializer[Any]):
    """One way to decide."""

    title = serializers.CharField()
    consequence = serializers.CharField()
    is_recommended = serializers.BooleanField()


class DependentSerializer(serializers.Serializer[Any]):
    """Something that waits for a decision, beside processes."""

    kind = serializers.ChoiceField(choices=DependentKind.choices)
    code = serializers.SerializerMethodField()

    def get_code(self, row: Any) -> str:
        """Return the code of what waits."""
        return str(row.waiting.code if row.waiting else row.code)


class DecisionSerializer(serializers.Serializer[Any]):
    """A question that waits for one decider; `outcome` is empty while it is open."""

    id = serializers.UUIDField(source="question.public_id")
    code = serializers.CharField(source="question.code")
    title = serializers.CharField(source="question.title")
    detail = serializers.CharField(source="question.detail")
    kind = serializers.ChoiceField(
        source="question.kind",
        choices=DecisionKind.choices,
        allow_blank=True,
        help_text="By which right it is decided; empty where nobody said.",
    )
    raised_by = serializers.CharField(source="question.raised_by")
    raised_affiliation = serializers.ChoiceField(
        source="question.raised_affiliation", choices=Affiliation.choices
    )
    raised_at = serializers.DateTimeField(source="question.raised_at")
    decider = serializers.CharField(source="question.decider.name", default=None, allow_null=True)
    due_date = serializers.DateField(source="question.due_date", allow_null=True)
    blocks_go_live = serializers.BooleanField(source="question.blocks_go_live")
    blocks = CodesField(source="question.blocked_processes")
    options = OptionSerializer(source="question.options.all", many=True)
    waiting = DependentSerializer(source="question.dependencies.all", many=True)
    supersedes = serializers.CharField(
        source="question.supersedes.code",
        default=None,
        allow_null=True,
        help_text="Code of the decision whose place it took.",
    )
    superseded_by = serializers.CharField(
        source="question.superseded_by.code",
        default=None,
        allow_null=True,
        help_text="Code of the decision that took its place; nothing waits here any more.",
    )
    outcome = serializers.CharField(source="answer.outcome", default=None, allow_null=True)
    reason = serializers.CharField(source="answer.reason", default=None, allow_null=True)
    option = serializers.CharField(
        source="answer.option.title",
        default=None,
        allow_null=True,
        help_text="Title of the option that was taken; empty where it was none of them.",
    )
    decided_by = serializers.CharField(
        source="answer.decided_by.name", default=None, allow_null=True
    )
    decided_at = serializers.DateTimeField(
        source="answer.decided_at", default=None, allow_null=True
    )


class OptionPushSerializer(StrictSerializer):
    """One way to decide, and what it brings."""

    title = serializers.CharField(max_length=300)
    consequence = serializers.CharField(
        max_length=LONGEST_TEXT, required=False, default="", allow_blank=True
    )
    is_recommended = serializers.BooleanField(required=False, default=False)


def _codes(help_text: str) -> serializers.ListField:
    child = serializers.CharField(max_length=100)
    return serializers.ListField(
        child=child, required=False, max_length=MOST_CODES, help_text=help_text
    )


class DecisionPushSerializer(StrictSerializer):
    """A question; the ownership map says who decides it, else it is an executive."""

    title = serializers.CharField(max_length=300)
    detail = serializers.CharField(
        max_length=LONGEST_TEXT, required=False, default="", allow_blank=True
    )
    kind = serializers.ChoiceField(
        choices=DecisionKind.choices, required=False, default="", allow_blank=True
    )
    due_date = serializers.DateField(required=False, allow_null=True)
    blocks_go_live = serializers.BooleanField(required=False, default=False)
    blocks = _codes("Codes of the processes that wait for it.")
    waiting = _codes("Codes of scenarios, criteria and decisions that wait for it.")
    after = _codes("Codes of the decisions that have to be made first.")
    options = serializers.ListField(
        child=OptionPushSerializer(), required=False, max_length=MOST_OPTIONS
    )


class HeldSerializer(serializers.Serializer[Any]):
    """How much waits, and how many scenarios a week that means until go-live."""

    processes = serializers.IntegerField()
    scenarios = serializers.IntegerField()
    criteria = serializers.IntegerField()
    decisions = serializers.IntegerField()
    go_live = serializers.BooleanField()
    scenarios_a_week = serializers.DecimalField(
        max_digits=9, decimal_places=1, allow_null=True, help_text="If they can start now."
    )
    scenarios_a_week_later = serializers.DecimalField(
        max_digits=9,
        decimal_places=1,
        allow_null=True,
        help_text="After one more week of waiting; empty where no week would be left.",
    )


class AgesSerializer(serializers.Serializer[Any]):
    """How many open decisions are of each age, in days."""

    up_to_5 = serializers.IntegerField()
    up_to_10 = serializers.IntegerField()
    up_to_20 = serializers.IntegerField()
    over_20 = serializers.IntegerField()


class LatencySerializer(serializers.Serializer[Any]):
    """How long decisions take; open ones count with their age so far."""

    raised = serializers.IntegerField()
    open = serializers.IntegerField()
    decided = serializers.IntegerField()
    overdue = serializers.IntegerField()
    blocking = serializers.IntegerField(help_text="Open, and go-live cannot happen without them.")
    p50_days = serializers.DecimalField(max_digits=9, decimal_places=1, allow_null=True)
    p80_days = serializers.DecimalField(max_digits=9, decimal_places=1, allow_null=True)
    open_by_age = AgesSerializer()


class ExposedSerializer(serializers.Serializer[Any]):
    """An open decision and everything that waits for it, at any remove."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    decider = serializers.CharField(allow_null=True)
    asked_at = serializers.DateTimeField(help_text="Of one that replaced an open one: then.")
    days = serializers.IntegerField()
    due_date = serializers.DateField(allow_null=True)
    overdue = serializers.BooleanField()
    waits_for = serializers.ListField(child=serializers.CharField())
    waiting = HeldSerializer()


class ExposedListSerializer(serializers.Serializer[Any]):
    """Everything that waits, and the open decisions, the worst two hundred first."""

    all = HeldSerializer()
    scenarios_left = serializers.IntegerField(help_text="In scope and without a valid pass.")
    decisions = ExposedSerializer(many=True)


class AssumedSerializer(serializers.Serializer[Any]):
    """An assumption nobody ruled on: its age in days times what rests on it."""

    code = serializers.CharField()
    days = serializers.IntegerField()
    dependants = serializers.IntegerField()
    debt = serializers.IntegerField()


class AssumedListSerializer(serializers.Serializer[Any]):
    """The debt of assumptions."""

    open = serializers.IntegerField()
    overdue = serializers.IntegerField()
    debt = serializers.IntegerField()
    assumptions = AssumedSerializer(many=True)


class ExposureSerializer(serializers.Serializer[Any]):
    """What waits for decisions in a project."""

    project = serializers.CharField()
    as_of = serializers.DateTimeField()
    latency = LatencySerializer()
    exposure = ExposedListSerializer()
    debt = AssumedListSerializer()
