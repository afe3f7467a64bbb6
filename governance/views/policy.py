"""The door to who may do what."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.pages.policy import policy_page
from governance.views.entry import SignedInRequest, signed_in


@signed_in
@require_safe
def show_policy(request: SignedInRequest) -> HttpResponse:
    """Show the policy table: acts down, roles across."""
    return render(request, "governance/policy.html", {"page": policy_page()})
