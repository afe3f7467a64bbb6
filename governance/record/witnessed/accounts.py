"""What became of an account's means to sign: how the record of its projects tells it.

Such a row belongs to no project: it is written into the record of each running project that
the account took part in at that moment.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from governance.choices import RecordKind, SecurityEventKind
from governance.models import AuthenticatorReset, SecurityEvent, SignatureAgreement
from governance.record.witnessing import Told, Witness, id_of

CHANGES = (SecurityEventKind.AUTHENTICATOR_ADDED, SecurityEventKind.AUTHENTICATOR_REMOVED)


def _reset(row: AuthenticatorReset) -> Told:
    terms = {
        "change": SecurityEventKind.AUTHENTICATOR_RESET,
        "account": id_of(row.account),
        "by": id_of(row.reset_by),
        "reset_at": row.reset_at,
        "holds_until": row.holds_until,
    }
    return Told(terms, {"reason": row.reason})


def _change(row: SecurityEvent) -> Told:
    terms = {
        "change": row.kind,
        "account": id_of(row.account),
        "by": id_of(row.actor),
        "factor": row.terms.get("factor"),
        "happened_at": row.happened_at,
    }
    return Told(terms)


def _agreement(row: SignatureAgreement) -> Told:
    return Told({"wording": row.wording})


def _account_id(row: SignatureAgreement) -> UUID:
    return row.account.public_id


def _of_accounts(rows: QuerySet[Any], subjects: Iterable[UUID]) -> QuerySet[Any]:
    return rows.filter(account__public_id__in=list(subjects))


WITNESSED = (
    Witness(
        kind=RecordKind.AUTHENTICATOR_CHANGED,
        model=AuthenticatorReset,
        noun="reset",
        tell=_reset,
        moment="reset_at",
        related=("account", "reset_by"),
        of_account=True,
    ),
    Witness(
        kind=RecordKind.AUTHENTICATOR_CHANGED,
        model=SecurityEvent,
        noun="security_event",
        tell=_change,
        moment="happened_at",
        related=("account", "actor"),
        only={"kind__in": CHANGES},
        of_account=True,
    ),
    Witness(
        kind=RecordKind.AGREED,
        model=SignatureAgreement,
        noun="account",
        tell=_agreement,
        moment="agreed_at",
        related=("account",),
        of_account=True,
        beside=frozenset({"language", "shown"}),
        subject=_account_id,
        by_subjects=_of_accounts,
    ),
)
