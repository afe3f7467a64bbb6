"""Shapes of projects, their processes, gates and criteria."""

from typing import Any

from rest_framework import serializers

from governance.choices import Phase, ProcessLevel
from governance.models import BusinessProcess
from readiness.choices import Verdict
from readiness.models import Criterion


class ClientSerializer(serializers.Serializer[Any]):
    """The client whose project it is."""

    name = serializers.CharField()
    slug = serializers.CharField()


class JudgementSerializer(serializers.Serializer[Any]):
    """The newest judgement of a project, in short."""

    snapshot = serializers.UUIDField(source="public_id")
    as_of = serializers.DateTimeField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    headline = serializers.CharField()
    hard_misses = serializers.IntegerField()
    accepted_risks = serializers.IntegerField()


class ProjectSerializer(serializers.Serializer[Any]):
    """One client's upgrade, with its newest judgement."""

    id = serializers.UUIDField(source="project.public_id")
    client = ClientSerializer(source="project.organisation")
    name = serializers.CharField(source="project.name")
    slug = serializers.CharField(source="project.slug")
    from_platform = serializers.CharField(source="project.from_platform")
    to_platform = serializers.CharField(source="project.to_platform")
    start_date = serializers.DateField(source="project.start_date", allow_null=True)
    go_live_date = serializers.DateField(source="project.go_live_date", allow_null=True)
    time_zone = serializers.CharField(source="project.time_zone")
    phase = serializers.ChoiceField(source="project.phase", choices=Phase.choices)
    judgement = JudgementSerializer(
        source="snapshot", allow_null=True, help_text="Empty before the first judgement."
    )
    being_judged = serializers.BooleanField(
        help_text="A fact is newer than the judgement; a new one is on its way."
    )
    needs_executive = serializers.BooleanField(
        help_text=(
            "An executive has something to do in it this week: a no-go stands within 28 days of"
            " its date, a request to accept a risk waits, or an accepted risk ends."
        )
    )
    requests_waiting = serializers.IntegerField(
        help_text="Requests to accept a risk that nobody has answered."
    )
    acceptances_ending = serializers.IntegerField(
        help_text="Criteria whose last acceptance ends within a week."
    )


class ProcessSerializer(serializers.ModelSerializer[BusinessProcess]):
    """A node of the process tree."""

    id = serializers.UUIDField(source="public_id")
    level = serializers.ChoiceField(choices=ProcessLevel.choices)
    parent_code = serializers.CharField(source="parent.code", default=None, allow_null=True)
    accountable_code = serializers.CharField(
        source="accountable.code",
        default=None,
        allow_null=True,
        help_text="Code of the node that is owned and signed: this one or one above.",
    )
    owner = serializers.CharField(source="owner.name", default=None, allow_null=True)
    deputy = serializers.CharField(source="deputy.name", default=None, allow_null=True)

    class Meta:
        model = BusinessProcess
        fields = [
            "id",
            "code",
            "name",
            "description",
            "level",
            "parent_code",
            "accountable_code",
            "criticality",
            "in_scope",
            "owner",
            "deputy",
        ]


class PolicySerializer(serializers.Serializer[Any]):
    """The version of the policy that a gate is judged by."""

    key = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    hash = serializers.CharField(source="body_hash")


class GateSerializer(serializers.Serializer[Any]):
    """A gate of a project, with the verdict of the newest judgement."""

    id = serializers.UUIDField(source="gate.public_id")
    key = serializers.CharField(source="gate.key")
    name = serializers.CharField(source="gate.name")
    position = serializers.IntegerField(source="gate.position")
    policy = PolicySerializer(source="gate.policy")
    opens_date = serializers.DateField(
        allow_null=True, help_text="Judged from this day on; empty before the first judgement."
    )
    decision_date = serializers.DateField(allow_null=True)
    verdict = serializers.ChoiceField(
        choices=Verdict.choices, allow_null=True, help_text="Empty before the first judgement."
    )
    headline = serializers.CharField()
    is_deciding = serializers.BooleanField(help_text="The project's verdict is taken from it.")
    findings = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many findings are in each state."
    )


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    """A policy's demand on one metric."""

    gate = serializers.CharField(source="gate_key")
    class_ = serializers.CharField()
    glide_path = serializers.ListField(
        child=serializers.ListField(),
        help_text="Pairs of days before go-live and the threshold that counts from then on.",
    )
    accountable_roles = serializers.ListField(child=serializers.CharField())

    def get_fields(self) -> dict[str, Any]:
        """Name the class as the policy files do; the word is Python's own."""
        fields = super().get_fields()
        fields["class"] = serializers.ChoiceField(
            source="criterion_class", choices=[("HARD", "Hard"), ("SOFT", "Soft")]
        )
        del fields["class_"]
        return fields

    class Meta:
        model = Criterion
        fields = [
            "gate",
            "key",
            "position",
            "wording",
            "why",
            "metric",
            "origin",
            "kind",
            "comparison",
            "target",
            "warn",
            "class_",
            "accountable_roles",
            "due_days",
            "glide_path",
            "ttl_days",
            "grade",
            "source",
        ]
