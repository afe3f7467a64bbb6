"""Answers for load balancers and container engines; nothing here needs a sign-in."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from readiness.pages.health import look_after_health


@require_safe
def show_live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; asks nobody else."""
    return JsonResponse({"live": True})


@require_safe
def show_ready(request: HttpRequest) -> JsonResponse:
    """Say whether the process can serve: database, migrations and queue; 503 when not."""
    health = look_after_health()
    status = HTTPStatus.OK if health.is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(health.as_answer(), status=status)
