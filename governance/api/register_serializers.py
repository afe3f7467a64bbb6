"""Shapes of assumptions and signatures."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from governance.choices import Affiliation, Ruling, SignoffAct, SignoffKind
from governance.models import Delegation, Signoff
from governance.record.canonical import sha256_of


class CodesField(serializers.ListField):
    """The codes of rows, in their order."""

    child = serializers.CharField()

    def to_representation(self, data: Any) -> list[str]:
        """Return the codes."""
        return sorted(row.code for row in data.all())


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
    scenarios = CodesField(
        source="question.dependencies", help_text="Those that rest on it, by their codes."
    )
    ruling = serializers.ChoiceField(
        source="answer.ruling", choices=Ruling.choices, default=None, allow_null=True
    )
    reason = serializers.CharField(source="answer.reason", default=None, allow_null=True)
    ruled_by = serializers.CharField(source="answer.ruled_by.name", default=None, allow_null=True)
    ruled_at = serializers.DateTimeField(source="answer.ruled_at", default=None, allow_null=True)


class SignoffSerializer(serializers.ModelSerializer[Signoff]):
    """One act of signing, refusing or withdrawing, as it was given."""

    id = serializers.UUIDField(source="public_id")
    process = serializers.CharField(source="process.code", default=None, allow_null=True)
    kind = serializers.ChoiceField(choices=SignoffKind.choices)
    subject = serializers.CharField(source="subject_title", help_text="What it is over.")
    act = serializers.ChoiceField(choices=SignoffAct.choices)
    authenticator_reset_at = serializers.DateTimeField(
        allow_null=True,
        read_only=True,
        help_text=(
            "When an administrator reset the signer's second factor, where that was within the "
            "seven days before the act."
        ),
    )

    delegation = serializers.UUIDField(
        source="delegation.public_id",
        default=None,
        allow_null=True,
        help_text="The delegation under which it was given, if any.",
    )
    signer_zone = serializers.CharField(help_text="The signer's own time zone, then.")
    entry_number = serializers.IntegerField(
        source="entry.seq",
        default=None,
        allow_null=True,
        help_text="Its number in the record; empty where it is older than that.",
    )
    statement_hash = serializers.SerializerMethodField(
        help_text="SHA-256 of what was signed; empty where it is older than the record."
    )
    receipt = serializers.SerializerMethodField(
        help_text="Where its receipt is; empty where there is none."
    )

    def get_statement_hash(self, row: Signoff) -> str:
        """Return the hash of the statement."""
        return sha256_of(row.statement) if row.statement else ""

    def get_receipt(self, row: Signoff) -> str:
        """Return the address of the receipt."""
        if row.entry is None:
            return ""
        names = {"project": row.project.public_id, "signoff": row.public_id}
        return reverse("api:signoff-receipt", kwargs=names)

    class Meta:
        model = Signoff
        fields = [
            "id",
            "process",
            "kind",
            "subject",
            "act",
            "meaning",
            "reason",
            "evidence_hash",
            "signer_name",
            "signer_organisation_name",
            "authority",
            "delegation",
            "authentication",
            "signed_at",
            "signer_zone",
            "authenticator_reset_at",
            "entry_number",
            "statement_hash",
            "receipt",
        ]


class DelegationSerializer(serializers.ModelSerializer[Delegation]):
    """Somebody who may sign for one process in its owner's place, from and until a moment."""

    id = serializers.UUIDField(source="public_id")
    process = serializers.CharField(source="process.code")
    delegate = serializers.CharField(source="delegate.name")
    appointed_by = serializers.CharField(source="appointed_by.name")
    ended_at = serializers.DateTimeField(source="end.ended_at", default=None, allow_null=True)
    ended_by = serializers.CharField(source="end.ended_by.name", default=None, allow_null=True)
    ended_because = serializers.CharField(source="end.reason", default=None, allow_null=True)

    class Meta:
        model = Delegation
        fields = [
            "id",
            "process",
            "delegate",
            "starts_at",
            "ends_at",
            "reason",
            "appointed_by",
            "appointed_at",
            "ended_at",
            "ended_by",
            "ended_because",
        ]
