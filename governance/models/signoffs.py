"""Signatures: who signed or refused what, when, with which meaning, on which evidence."""

from django.db import models
from django.db.models import Q

from governance.choices import (
    AuthenticationMethod,
    OrganisationKind,
    SignoffAct,
    SignoffKind,
)
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact
from governance.models.delegations import Delegation
from governance.models.processes import BusinessProcess
from governance.models.record import RecordEntry
from governance.models.tenancy import of_one_project, parent_of
from governance.querysets import SignoffQuerySet

OF_A_PROCESS = (SignoffKind.PROCESS_EVIDENCE, SignoffKind.SCOPE)


class Signoff(AppendOnly, Fact):
    """One act of signing, refusing or withdrawing; rows are added, never changed.

    `evidence` is the canonical JSON of what was put before the signer, `evidence_hash` its
    SHA-256 in hexadecimal; `statement` is the canonical JSON that was signed. `authority`
    says what made the signer entitled at that moment. `entry` is its place in the record,
    `receipt` the proof of that which the signer holds; both are empty where a signature is
    older than the record. Source: 21 CFR 11.50, 11.70.
    """

    business_actor_fields = ("signer",)

    process = models.ForeignKey(
        BusinessProcess, null=True, blank=True, on_delete=models.PROTECT, related_name="signoffs"
    )
    kind = models.CharField(
        max_length=20, choices=SignoffKind, default=SignoffKind.PROCESS_EVIDENCE
    )
    subject_noun = models.CharField(max_length=40, default="process", db_default="process")
    subject_id = models.UUIDField(null=True, blank=True)
    subject_title = models.CharField(max_length=400, default="", db_default="")
    act = models.CharField(max_length=10, choices=SignoffAct)
    meaning = models.TextField()
    reason = models.TextField(blank=True)
    evidence = models.TextField()
    evidence_hash = models.CharField(max_length=64)
    statement = models.TextField(default="", db_default="")
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signer_kind = models.CharField(max_length=10, choices=OrganisationKind)
    signer_name = models.CharField(max_length=200)
    signer_organisation_name = models.CharField(max_length=200)
    signer_zone = models.CharField(max_length=64, default="UTC", db_default="UTC")
    authority = models.CharField(max_length=300)
    delegation = models.ForeignKey(
        Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    authentication = models.CharField(max_length=40)
    signed_at = models.DateTimeField()
    entry = models.OneToOneField(
        RecordEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="signoff"
    )
    receipt = models.TextField(default="", db_default="")

    objects = SignoffQuerySet.as_manager()

    class Meta:
        constraints = [
            parent_of("signature"),
            *of_one_project("signature", "process", "delegation", "entry"),
            models.CheckConstraint(
                condition=Q(signer_kind=OrganisationKind.CLIENT), name="a_partner_never_signs"
            ),
            models.CheckConstraint(
                condition=~Q(act=SignoffAct.REFUSED) | ~Q(reason=""),
                name="a_refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(authentication__in=AuthenticationMethod.values)
                | Q(entry__isnull=True, authentication="PASSWORD"),
                name="a_signature_is_authenticated_in_person",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=OF_A_PROCESS) | Q(process__isnull=False),
                name="a_process_signature_names_its_process",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True)
                | (Q(subject_id__isnull=False) & ~Q(statement="") & ~Q(receipt="")),
                name="a_recorded_signature_has_its_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name} {self.act}"

    @property
    def receipt_name(self) -> str:
        """Return the name of the receipt's file; empty where there is none."""
        if self.entry is None or not self.receipt:
            return ""
        return f"{self.project.slug}-{self.entry.seq}.tlog-proof"
