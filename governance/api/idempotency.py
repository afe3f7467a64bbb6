"""Push a fact: safe to send again under the same Idempotency-Key."""

import hashlib
import json
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from governance.api.problems import Conflict, Refused
from governance.api.serializers import StrictSerializer
from governance.api.views import ApiView, header_of, ready_made
from governance.models import Project
from governance.services.idempotency import Answer, KeyReused, answer_once

HEADER = "Idempotency-Key"
LONGEST_KEY = 100
KEY_PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description=(
        "A name of your own for this request. Sent again with the same body it changes nothing "
        "and gets the first answer; with another body it is refused."
    ),
)


class PushView(ApiView):
    """An address that takes one fact at a time.

    `refusals` are what its service raises, with a sentence and, where it knows one, the `field`
    that is wrong; `field_names` says what such a field is called here, where that differs.
    """

    push_serializer_class: type[StrictSerializer]
    refusals: tuple[type[Exception], ...] = ()
    field_names: Mapping[str, str] = {}

    @abstractmethod
    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the fact and return what was written, in plain JSON values.

        What a service raises of `refusals` is let through: `push` tells the sender.
        """

    def push(self, request: Request, project: Project) -> HttpResponse:
        """Write the fact once and answer 201; a repeat gets the first answer again.

        :raises ParseError: no key, or one that is too long.
        :raises Conflict: the key was used for something else.
        :raises ValidationError: the body is not what the address takes.
        :raises Refused: the service refused it.
        """
        key = self._key_of(request)
        serializer = self.push_serializer_class(data=request.data)
        serializer.is_valid(raise_exception=True)

        def act() -> Answer:
            written = self.record(project, serializer.validated_data)
            return Answer(201, json.dumps(written, separators=(",", ":"), ensure_ascii=False))

        try:
            answer = answer_once(
                user=self.caller, key=key, request_hash=self._hash_of(request), act=act
            )
        except KeyReused as reused:
            raise Conflict(str(reused)) from reused
        except IntegrityError as error:
            raise Conflict("Something else is on record under the same name.") from error
        except self.refusals as refusal:
            field = getattr(refusal, "field", "")
            raise Refused(str(refusal), field=self.field_names.get(field, field)) from refusal
        response = ready_made(answer.body, status=answer.status)
        if answer.is_repeat:
            response["Idempotency-Replayed"] = "true"
        return response

    def _key_of(self, request: Request) -> str:
        key = header_of(request, HEADER)
        if not key.isascii() or not key.isprintable() or not 0 < len(key) <= LONGEST_KEY:
            raise ParseError(f"Send a header {HEADER} of 1 to {LONGEST_KEY} plain characters.")
        return key

    def _hash_of(self, request: Request) -> str:
        body = json.dumps(request.data, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{request.method} {request.path}\n{body}".encode()).hexdigest()
