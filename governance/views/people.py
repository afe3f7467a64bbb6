"""Doors to the accounts that an administrator keeps."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms.people import AccountSearch, ConsultantForm, ResetForm, RoleForm
from governance.models import ApiToken, Participation, User
from governance.pages.account_page import account_page
from governance.pages.people import account_list, own_projects
from governance.services.accounts import (
    IdentityNotProved,
    demo_code_of,
    prove_by_app,
    second_factor_of,
)
from governance.services.administering import AdministrationRefused, check_other_account
from governance.services.administrators import (
    deactivate,
    make_administrator,
    reactivate,
    relieve_administrator,
)
from governance.services.closing import ClosingRefused
from governance.services.resets import letter_of_reset, reset_authenticators
from governance.services.roles import admit_consultant, end_role, give_role
from governance.services.tokens import revoke_token
from governance.tasks import wake_worker
from governance.views.entry import SignedInRequest, answer_form, carried_out, signed_in


@signed_in
@require_safe
def list_accounts(request: SignedInRequest) -> HttpResponse:
    """Show the accounts of the own organisation, and who else takes part in its projects."""
    form = AccountSearch(request.GET, projects=own_projects(request.user))
    shown = account_list(
        request.user,
        wanted=form.wanted(),
        number=request.GET.get("page", "1"),
        at=timezone.now(),
    )
    return render(request, "governance/people.html", {"list": shown, "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def show_person(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Show one account of the own organisation; give it a role in a project."""
    found = _account_or_404(request, account)
    form = _role_form(request, found)
    if (
        form is not None
        and form.is_valid()
        and carried_out(
            form,
            lambda: give_role(
                **form.cleaned_data,
                account=found,
                given_by=request.user,
                given_at=timezone.now(),
            ),
            refusals=(AdministrationRefused,),
        )
    ):
        messages.success(request, _("The role is given. It counts from now on."))
        return redirect(request.path)
    page = account_page(found, viewer=request.user, at=timezone.now())
    shown = {"page": page, "is_own": found == request.user}
    return answer_form(request, "governance/person_account.html", form=form, **shown)


@signed_in
@require_POST
def stop_role(request: SignedInRequest, account: UUID, project: UUID, role: str) -> HttpResponse:
    """End a role; a client's administrator ends a consultant's too."""
    reached = Participation.objects.administered_by(request.user).current()
    fetched = reached.select_related("user", "project")
    found = get_object_or_404(
        fetched, user__public_id=account, project__public_id=project, role=role
    )
    _tell(
        request,
        lambda: end_role(participation=found, ended_by=request.user, ended_at=timezone.now()),
        _("The role has ended. It opens nothing from now on."),
    )
    if found.user.organisation_id != request.user.organisation_id:
        return redirect("governance:account-list")
    return redirect("governance:account-detail", account)


@signed_in
@require_POST
def change_administrator(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Name an account an administrator, or relieve it."""
    found = _account_or_404(request, account)
    if found.is_administrator:
        _tell(
            request,
            lambda: relieve_administrator(account=found, relieved_by=request.user),
            _("%(name)s administers no more.") % {"name": found.name},
        )
    else:
        _tell(
            request,
            lambda: make_administrator(account=found, made_by=request.user, made_at=timezone.now()),
            _("%(name)s administers accounts now, with a second factor.") % {"name": found.name},
        )
    return redirect("governance:account-detail", account)


@signed_in
@require_POST
def change_state(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Close an account, or open it again."""
    found = _account_or_404(request, account)
    if found.is_active:
        _tell(
            request,
            lambda: deactivate(account=found, closed_by=request.user, closed_at=timezone.now()),
            _("The account is closed; its sessions and API tokens have ended."),
        )
    else:
        _tell(
            request,
            lambda: reactivate(account=found, reopened_by=request.user),
            _("The account is open again."),
        )
    return redirect("governance:account-detail", account)


@signed_in
@require_http_methods(["GET", "POST"])
def reset_factor(request: SignedInRequest, account: UUID) -> HttpResponse:
    """Take a lost second factor away from somebody else's account."""
    found = _account_or_404(request, account)
    form = ResetForm(
        request.POST or None,
        needs_code=second_factor_of(request.user) is not None,
        demo_code=demo_code_of(request.user, at=timezone.now()),
    )
    if form.is_valid() and carried_out(
        form,
        lambda: _reset(request, form, found),
        refusals=(IdentityNotProved, AdministrationRefused),
    ):
        messages.success(
            request, _("The second factor is gone. %(name)s is told.") % {"name": found.name}
        )
        return redirect("governance:account-detail", account)
    return answer_form(request, "governance/account_reset.html", form=form, account=found)


@signed_in
@require_POST
def end_account_token(request: SignedInRequest, account: UUID, token: UUID) -> HttpResponse:
    """Revoke an API token of an account of the own organisation."""
    owner = _account_or_404(request, account)
    found = get_object_or_404(ApiToken.objects.of_user(owner), public_id=token)
    revoke_token(token=found, revoked_at=timezone.now(), by=request.user)
    messages.success(
        request, _("The token “%(name)s” no longer opens anything.") % {"name": found.name}
    )
    return redirect("governance:account-detail", account)


@signed_in
@require_http_methods(["GET", "POST"])
def add_consultant(request: SignedInRequest) -> HttpResponse:
    """Let a partner's account take part in one of the client's projects."""
    form = ConsultantForm(request.POST or None, administrator=request.user)
    if form.is_valid() and carried_out(
        form,
        lambda: admit_consultant(
            **form.cleaned_data, admitted_by=request.user, admitted_at=timezone.now()
        ),
        refusals=(AdministrationRefused,),
    ):
        messages.success(request, _("The consultant takes part from now on."))
        return redirect("governance:account-list")
    return answer_form(request, "governance/consultant_add.html", form=form)


def _account_or_404(request: SignedInRequest, account: UUID) -> User:
    """Return an account of the own organisation; another's does not exist here."""
    own = User.objects.administered_by(request.user).with_standing()
    return get_object_or_404(own.select_related("organisation"), public_id=account)


def _role_form(request: SignedInRequest, account: User) -> RoleForm | None:
    """Return the form that gives a role; nobody gives one to themselves, a partner none."""
    if request.user.is_partner or account == request.user or not account.is_active:
        return None
    return RoleForm(request.POST or None, administrator=request.user)


def _reset(request: SignedInRequest, form: ResetForm, account: User) -> None:
    """Reset, once it is sure who does it; what cannot be done uses no code up.

    :raises AdministrationRefused: it cannot be done.
    :raises IdentityNotProved: the password or the code is wrong, or there is no app that shows one.
    """
    check_other_account(account, actor=request.user)
    now = timezone.now()
    prove_by_app(user=request.user, credentials=form.credentials(), at=now)
    reset = reset_authenticators(
        account=account,
        reset_by=request.user,
        reason=form.cleaned_data["reason"],
        reset_at=now,
    )
    wake_worker(letter_of_reset(reset))


def _tell(request: SignedInRequest, act: Callable[[], object], done: str) -> None:
    """Carry an act out, and say above the next page that it was, or why it was not."""
    try:
        act()
    except (AdministrationRefused, ClosingRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
