"""The way in: who asks, in which project, and with which seat there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise

from governance.models import Project, User
from governance.permissions import Seat, seat_of
from governance.permissions.table import rule_of

Page = Callable[..., HttpResponse]
UNPROCESSABLE = 422


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User


def signed_in(view: Page) -> Page:
    """Let only somebody in who has signed in."""
    return login_required(view)


def in_project(view: Page) -> Page:
    """Hand the view a seat in the project of the address, with the project's own clock time.

    A project that the account may not reach answers as one that does not exist; in one that
    it reaches, the policy table says which roles may do what the address does.
    """

    @login_required
    @wraps(view)
    def entered(request: HttpRequest, project: UUID, **names: Any) -> HttpResponse:
        user = cast(User, request.user)
        reached = Project.objects.visible_to(user).select_related("organisation")
        found = get_object_or_404(reached, public_id=project)
        seat = seat_of(user, project=found)
        _refuse_seat(request, seat)
        with timezone.override(found.time_zone):
            return view(request, seat, **names)

    entered.asks_for_seat = True  # type: ignore[attr-defined]
    return entered


def _refuse_seat(request: HttpRequest, seat: Seat) -> None:
    """Stop a seat whose roles may not do what the address does.

    :raises PermissionDenied: no role of the seat may, or the address is in no policy.
    """
    match = request.resolver_match
    rule = rule_of(match.view_name, method=request.method) if match else None
    if rule is None:
        raise PermissionDenied
    if not rule.act.asks_no_role:
        refuse_unless(rule.act.allows(seat), rule.act.refusal)


def uuid_or_404(text: str) -> UUID:
    """Return a public identifier out of a query.

    :raises Http404: it is none, and so names nothing.
    """
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def refuse_unless(allowed: bool, sentence: "str | Promise") -> None:
    """Stop at the door of an act.

    :raises PermissionDenied: not allowed; the sentence is shown on the page.
    """
    if not allowed:
        raise PermissionDenied(str(sentence))


def carried_out(
    form: BaseForm, act: Callable[[], object], *, refusals: tuple[type[Exception], ...]
) -> bool:
    """Do what a valid form asks for; a refusal goes beside the field it names, or on top."""
    try:
        act()
    except refusals as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, str(refusal))
        return False
    return True


def answer_form(
    request: HttpRequest, template: str, *, form: BaseForm | None, **shown: Any
) -> HttpResponse:
    """Show a page with its form; what was sent wrongly comes back as 422 with its errors."""
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, template, {"form": form, **shown}, status=status)
