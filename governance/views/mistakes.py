"""What somebody reads when the mistake is ours."""

from django.http import HttpRequest, HttpResponseServerError
from django.template import loader
from structlog.contextvars import get_contextvars


def show_mistake(request: HttpRequest) -> HttpResponseServerError:
    """Say that it was us, and under which number the log tells of it; needs no database."""
    page = loader.get_template("500.html").render({"number": get_contextvars().get("request_id")})
    return HttpResponseServerError(page)
