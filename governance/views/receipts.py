"""The door to a signature's receipt: what its signer keeps outside."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from governance.models import Signoff
from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project


@in_project
@require_safe
def download_receipt(request: SignedInRequest, seat: Seat, signoff: UUID) -> HttpResponse:
    """Give out the receipt of a signature as a file to save.

    :raises Http404: the signature is older than the record, and has none.
    """
    reached = Signoff.objects.filter(project=seat.project).select_related("project", "entry")
    found = get_object_or_404(reached, public_id=signoff)
    if not found.receipt:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="{found.receipt_name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(
        found.receipt.encode(), content_type="text/plain; charset=utf-8", headers=headers
    )
