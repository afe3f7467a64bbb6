"""Signatures: who signed or refused what, when, with which meaning, on which evidence."""

from django.db import models
from django.db.models import Q

from governance.choices import OrganisationKind, SignoffAct, SignoffKind
from governance.models.accounts import User
from governance.models.base import AppendOnly, Fact
from governance.models.processes import BusinessProcess
from governance.models.tenancy import of_one_project
from governance.querysets import SignoffQuerySet


class Signoff(AppendOnly, Fact):
    """One act of signing, refusing or withdrawing; rows are added, never changed.

    `evidence` is the canonical JSON that was signed, `evidence_hash` its SHA-256 in
    hexadecimal. `authority` says what made the signer entitled at that moment.
    """

    business_actor_fields = ("signer",)

    process = models.ForeignKey(BusinessProcess, on_delete=models.PROTECT, related_name="signoffs")
    kind = models.CharField(
        max_length=20, choices=SignoffKind, default=SignoffKind.PROCESS_EVIDENCE
    )
    act = models.CharField(max_length=10, choices=SignoffAct)
    meaning = models.TextField()
    reason = models.TextField(blank=True)
    evidence = models.TextField()
    evidence_hash = models.CharField(max_length=64)
    signer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signer_kind = models.CharField(max_length=10, choices=OrganisationKind)
    signer_name = models.CharField(max_length=200)
    signer_organisation_name = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    authentication = models.CharField(max_length=40)
    signed_at = models.DateTimeField()

    objects = SignoffQuerySet.as_manager()

    class Meta:
        constraints = [
            *of_one_project("signature", "process"),
            models.CheckConstraint(
                condition=Q(signer_kind=OrganisationKind.CLIENT), name="a_partner_never_signs"
            ),
            models.CheckConstraint(
                condition=~Q(act=SignoffAct.REFUSED) | ~Q(reason=""),
                name="a_refusal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(authentication__in=["PASSWORD", "PASSWORD_TOTP"]),
                name="a_signature_is_authenticated_in_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name} {self.act}"
