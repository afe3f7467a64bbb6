"""Doors to risks, issues and dependencies."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.raid import ConfirmForm, RaidChangeForm, RaidForm
from governance.models import RaidItem
from governance.pages.raid import raid_list
from governance.pages.raid_item import raid_page
from governance.permissions import Seat, may_import
from governance.permissions.areas.raid import WRITE_RAID, may_change_item
from governance.services.raid import RaidRefused, change_item, confirm, write_item
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)


@in_project
@require_safe
def list_raid(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show risks, issues and dependencies."""
    listed = raid_list(seat, at=timezone.localtime(), asked=request.GET)
    may = {"may_write": WRITE_RAID.allows(seat), "may_import": may_import(seat)}
    return render(request, "governance/raid_list.html", {"seat": seat, "list": listed, **may})


@in_project
@require_http_methods(["GET", "POST"])
def add_raid(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Write a risk, an issue or a dependency down."""
    asked = {name: request.GET[name] for name in ("kind", "title") if name in request.GET}
    form = RaidForm(request.POST or None, project=seat.project, initial=asked)
    if form.is_valid() and carried_out(
        form,
        lambda: write_item(
            project=seat.project,
            entry=form.entry(),
            written_by=seat.user,
            written_at=timezone.now(),
        ),
        refusals=(RaidRefused,),
    ):
        messages.success(request, _("It is written down."))
        return redirect("governance:raid-list", seat.project.public_id)
    return answer_form(request, "governance/raid_add.html", form=form, seat=seat)


@in_project
@require_http_methods(["GET", "POST"])
def show_raid(request: SignedInRequest, seat: Seat, raid: UUID) -> HttpResponse:
    """Show an item, and take what became of it."""
    found = get_object_or_404(RaidItem, project=seat.project, public_id=raid)
    page = raid_page(found, seat=seat, at=timezone.localtime())
    if request.method == "POST":
        refuse_unless(
            may_change_item(seat, found),
            _("Only its owner, the project manager or an executive changes it."),
        )
    form = _change_form(request, seat, found) if page.may_change else None
    if form is not None and form.is_valid():
        update = form.update()
        if carried_out(
            form,
            lambda: change_item(
                item=found, update=update, changed_by=seat.user, changed_at=timezone.now()
            ),
            refusals=(RaidRefused,),
        ):
            messages.success(request, _("%(code)s is up to date.") % {"code": found.code})
            return redirect(request.path)
    return answer_form(request, "governance/raid.html", form=form, seat=seat, page=page)


def _change_form(request: SignedInRequest, seat: Seat, item: RaidItem) -> RaidChangeForm:
    stands = {"state": item.state}
    return RaidChangeForm(request.POST or None, project=seat.project, initial=stands)


@in_project
@require_http_methods(["GET", "POST"])
def confirm_raid(request: SignedInRequest, seat: Seat, raid: UUID) -> HttpResponse:
    """Take what the provider of a dependency said."""
    found = get_object_or_404(RaidItem, project=seat.project, public_id=raid)
    now = timezone.now()
    form = ConfirmForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: confirm(
            item=found,
            word=form.word(),
            noted_by=seat.user,
            confirmed_at=form.moment(now=now, project=seat.project),
            now=now,
        ),
        refusals=(RaidRefused,),
    ):
        messages.success(request, _("The word of %(who)s is on record.") % {"who": found.provider})
        return redirect("governance:raid-detail", seat.project.public_id, found.public_id)
    page = raid_page(found, seat=seat, at=timezone.localtime())
    return answer_form(request, "governance/raid_confirm.html", form=form, seat=seat, page=page)
