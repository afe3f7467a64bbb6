"""Erase free texts from a record: what they hid in stays, and the log still verifies.

Erased is what the record keeps, and so what every pack holds that is made from then on. The
row that a text was written for keeps its words: its table refuses any change. An administrator
of the database who has to empty that too can: a row whose text was erased on record is not
held to its words any more. A pack, a mail or a receipt that left the house is beyond reach.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import RecordKind
from governance.models import Project, RecordEntry, RecordText, User
from governance.record.log import Deed, append
from governance.services.administering import AdministrationRefused, check_client_of


class ErasureRefused(AdministrationRefused):
    """Say why no text was erased, and which field to mend."""


@transaction.atomic
def erase_texts(
    *, project: Project, texts: Collection[RecordText], reason: str, erased_by: User
) -> RecordEntry:
    """Erase texts of a project's record, and append that they were, by whom and why.

    The reason is a text itself. Nothing else is told of what stood there.

    :raises AdministrationRefused: not an administrator of the project's client.
    :raises ErasureRefused: no reason, no text, another project's, or one that is gone already.
    """
    check_client_of(project, actor=erased_by)
    if not reason.strip():
        raise ErasureRefused(_("Say why it is erased; the words will be gone."), field="reason")
    held = RecordText.objects.select_for_update().filter(
        project=project, pk__in=[text.pk for text in texts]
    )
    found = list(held.order_by("pk"))
    if not found or len(found) != len(texts):
        raise ErasureRefused(_("Choose texts of this project's record."))
    if any(not text.nonce for text in found):
        raise ErasureRefused(_("This text is erased already."))
    deed = Deed(
        kind=RecordKind.TEXT_ERASED,
        actor=erased_by,
        terms={"commitments": [text.commitment for text in found]},
        texts={"reason": reason.strip()},
    )
    appended = append(deed, project=project)
    RecordText.objects.filter(pk__in=[text.pk for text in found]).update(text="", nonce="")
    return appended.entry
