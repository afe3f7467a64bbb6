"""The door where a partner's account chooses the one client that it works for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.models import Organisation
from governance.pages.clients import client_page
from governance.services.acting import CLIENT, choose_client
from governance.views.entry import SignedInRequest, signed_in, uuid_or_404


@signed_in
@require_http_methods(["GET", "POST"])
def choose(request: SignedInRequest) -> HttpResponse:
    """Show the clients of a partner's account, and work for the one that is chosen.

    :raises Http404: the account is no partner's, or the client is none of its own.
    """
    user = request.user
    if not user.is_partner:
        raise Http404
    if request.method != "POST":
        return render(request, "governance/clients.html", {"page": client_page(user)})
    named = uuid_or_404(request.POST.get("client", ""))
    client = get_object_or_404(Organisation.objects.clients_of(user), public_id=named)
    choose_client(user=user, client=client)
    request.session[CLIENT] = client.pk
    request.session.cycle_key()
    messages.success(request, _("You now work for %(client)s.") % {"client": client.name})
    return redirect("readiness:portfolio")
