"""Doors to runs: say how one ended, and see the photo somebody took."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project
from uat.forms.runs import RunForm
from uat.models import Photo, Scenario
from uat.pages.scenarios import newest_build, scenario_page
from uat.policy import steps_of
from uat.services.executions import ExecutionRefused
from uat.services.photos import PhotoGone, open_photo
from uat.services.runs import record_once

SENT_BY_SCRIPT = "X-Kept-On-Device"


@in_project
@require_http_methods(["GET", "POST"])
def record_run(request: SignedInRequest, seat: Seat, scenario: UUID) -> HttpResponse:
    """Take the result of a run from whoever ran it.

    A page that keeps what was entered on the device asks with a header of its own, and is told
    where to go on instead of being sent there: it has to know that the run arrived.
    """
    found = get_object_or_404(Scenario.objects.filter(project=seat.project), public_id=scenario)
    first = {"executed_at": timezone.now(), "build": newest_build(seat.project)}
    form = RunForm(
        request.POST or None, request.FILES or None, initial=first, steps=steps_of(found.steps)
    )
    if form.is_valid() and carried_out(
        form,
        lambda: record_once(
            project=seat.project,
            scenario=found,
            tester=seat.user,
            run=form.run(seat.user.pk),
            as_of=timezone.now(),
        ),
        refusals=(ExecutionRefused,),
    ):
        return _recorded(request, seat, found)
    page = scenario_page(found, project=seat.project, below=_("Record a run"))
    return answer_form(request, "uat/run.html", form=form, seat=seat, page=page)


def _recorded(request: SignedInRequest, seat: Seat, scenario: Scenario) -> HttpResponse:
    _say_once(request, _("Your run of %(code)s is on record.") % {"code": scenario.code})
    address = reverse("uat:scenario-detail", args=[seat.project.public_id, scenario.public_id])
    if request.headers.get(SENT_BY_SCRIPT):
        return JsonResponse({"next": address}, status=201)
    return redirect(address)


def _say_once(request: SignedInRequest, sentence: str) -> None:
    """Say something on the next page, however often a run arrives whose answer was lost."""
    waiting = cast(BaseStorage, messages.get_messages(request))
    said = {str(message) for message in waiting}
    waiting.used = False
    if sentence not in said:
        messages.success(request, sentence)


@in_project
@require_safe
def download_photo(request: SignedInRequest, seat: Seat, photo: UUID) -> HttpResponse:
    """Give out a kept photo as a file to save.

    :raises Http404: it is not of this project, or no longer what was kept.
    """
    rows = Photo.objects.filter(project=seat.project).select_related("attachment")
    found = get_object_or_404(rows, public_id=photo)
    try:
        content = open_photo(photo=found)
    except PhotoGone as gone:
        raise Http404 from gone
    headers = {
        "Content-Disposition": f'attachment; filename="{found.attachment.name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type="image/jpeg", headers=headers)
