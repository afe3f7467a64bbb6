"""The description of this interface: the OpenAPI document, and a page to read and try it."""

import hashlib
from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from governance.api.authentication import TokenAuthentication
from governance.api.views import ApiView, ready_made
from governance.views.entry import SignedInRequest, signed_in

DOCUMENT = Path(__file__).with_name("schema.yaml")
MEDIA_TYPE = "application/yaml"


@cache
def document() -> tuple[bytes, str]:
    """Return the OpenAPI document, as it was committed, and its hash."""
    text = DOCUMENT.read_bytes()
    return text, hashlib.sha256(text).hexdigest()


class SchemaView(ApiView):
    """The OpenAPI document, for programs (token) and for the page beside it (session)."""

    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [IsAuthenticated]

    def get(self, request: Request) -> HttpResponse:
        """Send the document."""
        text, etag = document()
        return ready_made(text, etag=etag, media_type=MEDIA_TYPE)


@signed_in
@require_safe
def show_docs(request: SignedInRequest) -> HttpResponse:
    """Show the page that describes every address."""
    return render(request, "readiness/api_docs.html")
