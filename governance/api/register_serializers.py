"""Shapes of decisions, assumptions and signatures."""

from typing import Any

from rest_framework import serializers

from governance.choices import Affiliation, Ruling, SignoffAct
from governance.models import Signoff


class CodesField(serializers.ListField):
    """The codes of processes, in their order."""

    child = serializers.CharField()

    def to_representation(self, data: Any) -> list[str]:
        """Return the codes."""
        return sorted(process.code for process in data.all())


class DecisionSerializer(serializers.Serializer[Any]):
    """A question that waits for one decider; `outcome` is empty while it is open."""

    id = serializers.UUIDField(source="question.public_id")
    code = serializers.CharField(source="question.code")
    title = serializers.CharField(source="question.title")
    detail = serializers.CharField(source="question.detail")
    raised_by = serializers.CharField(source="question.raised_by")
    raised_affiliation = serializers.ChoiceField(
        source="question.raised_affiliation", choices=Affiliation.choices
    )
    raised_at = serializers.DateTimeField(source="question.raised_at")
    decider = serializers.CharField(source="question.decider.name", default=None, allow_null=True)
    due_date = serializers.DateField(source="question.due_date", allow_null=True)
    blocks_go_live = serializers.BooleanField(source="question.blocks_go_live")
    blocks = CodesField(source="question.blocked_processes")
    outcome = serializers.CharField(source="answer.outcome", default=None, allow_null=True)
    decided_by = serializers.CharField(
        source="answer.decided_by.name", default=None, allow_null=True
    )
    decided_at = serializers.DateTimeField(
        source="answer.decided_at", default=None, allow_null=True
    )


class AssumptionSerializer(serializers.Serializer[Any]):
    """What a partner assumed in place of an answer; `ruling` is empty while nobody ruled."""

    id = serializers.UUIDField(source="question.public_id")
    code = serializers.CharField(source="question.code")
    statement = serializers.CharField(source="question.statement")
    made_by = serializers.CharField(source="question.made_by")
    made_affiliation = serializers.ChoiceField(
        source="question.made_affiliation", choices=Affiliation.choices
    )
    raised_at = serializers.DateTimeField(source="question.raised_at")
    due_date = serializers.DateField(source="question.due_date", allow_null=True)
    blocks = CodesField(source="question.blocked_processes")
    ruling = serializers.ChoiceField(
        source="answer.ruling", choices=Ruling.choices, default=None, allow_null=True
    )
    reason = serializers.CharField(source="answer.reason", default=None, allow_null=True)
    ruled_by = serializers.CharField(source="answer.ruled_by.name", default=None, allow_null=True)
    ruled_at = serializers.DateTimeField(source="answer.ruled_at", default=None, allow_null=True)


class SignoffSerializer(serializers.ModelSerializer[Signoff]):
    """One act of signing, refusing or withdrawing, as it was given."""

    id = serializers.UUIDField(source="public_id")
    process = serializers.CharField(source="process.code")
    act = serializers.ChoiceField(choices=SignoffAct.choices)
    authenticator_reset_at = serializers.DateTimeField(
        allow_null=True,
        read_only=True,
        help_text=(
            "When an administrator reset the signer's second factor, where that was within the "
            "seven days before the act."
        ),
    )

    class Meta:
        model = Signoff
        fields = [
            "id",
            "process",
            "kind",
            "act",
            "meaning",
            "reason",
            "evidence_hash",
            "signer_name",
            "signer_organisation_name",
            "authority",
            "authentication",
            "signed_at",
            "authenticator_reset_at",
        ]
