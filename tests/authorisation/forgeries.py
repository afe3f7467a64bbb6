"""Leaks of signatures and of the record: whose word is taken, and who is shown what was said."""

from typing import Any

from governance.models import BusinessProcess, RecordText
from governance.services.entitlement import Entitlement
from tests.authorisation.doors import PLANTS, Leak
from tests.authorisation.planting import appending, instead, leak, replace

__all__ = ["PLANTS", "Leak"]
DOCUMENT = "readiness:document-sign"


def _whoever_looks_signs() -> None:
    replace("readiness.pages.documents:_may_sign", instead(answer=True))
    replace("governance.permissions.act:Act.allows", instead(answer=True))
    whoever = instead(answer=Entitlement("Whoever looks"))
    replace("governance.services.signoffs:entitlement_of", whoever)


@leak("a document signed by whoever looks", DOCUMENT, actors=("it", "business_user"))
def _() -> None:
    _whoever_looks_signs()


@leak("an owner's word by whoever looks", "readiness:scope-show", actors=("finance", "sponsor"))
def _() -> None:
    _whoever_looks_signs()


@leak("a signature in somebody else's name", DOCUMENT, actors=("sponsor",))
def _() -> None:
    def of_another(sign: Any) -> Any:
        def signed(**terms: Any) -> Any:
            row = sign(**terms)
            owned = BusinessProcess.objects.filter(project=row.project, owner__isnull=False)
            left_out = {"id", "public_id", "recorded_at", "entry", "receipt", "signer"}
            held = {
                field.name: getattr(row, field.name)
                for field in row._meta.concrete_fields
                if field.name not in left_out
            }
            return type(row).objects.create(**held, signer=owned.earliest("pk").owner)

        return signed

    replace("readiness.services.documents:sign", of_another)


@leak("a receipt by its identifier alone", "governance:receipt-download")
def _() -> None:
    def anywhere(found: Any) -> Any:
        return lambda rows, **wanted: found(rows.model._base_manager.all(), **wanted)

    replace("governance.views.receipts:get_object_or_404", anywhere)


@leak("a timeline of everybody's words", "governance:record-show")
def _() -> None:
    def words(_: Any) -> str:
        return str(list(RecordText._base_manager.values_list("text", flat=True)))

    replace("governance.views.record:render", appending(words))


@leak("a pack in a partner's hands", "reports:pack-request", actors=("consultant@a",))
def _() -> None:
    replace("governance.permissions.act:Act.allows", instead(answer=True))
