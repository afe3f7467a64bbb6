"""How an open page follows changes: it asks for its version every few seconds."""

from django.http import HttpRequest, HttpResponse

NOTHING_TO_SHOW = 204


def told_of_changes(request: HttpRequest, *, version: str, event: str) -> HttpResponse:
    """Answer without content; a page that has another version is told so by an htmx event."""
    answer = HttpResponse(status=NOTHING_TO_SHOW, headers={"ETag": f'"{version}"'})
    if request.GET.get("have") != version:
        answer.headers["HX-Trigger"] = event
    return answer
