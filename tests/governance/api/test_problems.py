"""How errors are told."""

import json
import logging
from typing import Any

import pytest
from django.core.exceptions import DisallowedRedirect, PermissionDenied, RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from governance.api.problems import Conflict, QueryRefused, Refused, TooLarge, problem_response


def told(error: Exception) -> dict[str, Any]:
    request = Request(APIRequestFactory().get("/api/v1/projects/"))
    answer = problem_response(error, {"request": request})
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.content)
    assert body["status"] == answer.status_code
    assert body["instance"] == "/api/v1/projects/"
    return body


class TestProblemResponse:
    @pytest.mark.parametrize(
        ("error", "status", "kind"),
        [
            (Http404("whatever it said"), 404, "not-found"),
            (PermissionDenied(), 403, "not-allowed"),
            (RequestDataTooBig(), 413, "too-large"),
            (DisallowedRedirect(), 400, "bad-request"),
            (exceptions.ParseError(), 400, "bad-request"),
            (exceptions.NotAuthenticated(), 401, "not-authenticated"),
            (exceptions.MethodNotAllowed("PUT"), 405, "method-not-allowed"),
            (exceptions.NotAcceptable(), 406, "not-acceptable"),
            (Conflict("Twice."), 409, "conflict"),
            (TooLarge("Too much."), 413, "too-large"),
            (exceptions.UnsupportedMediaType("text/plain"), 415, "unsupported-media-type"),
            (exceptions.ValidationError({}), 422, "invalid"),
            (Refused("No."), 422, "invalid"),
            (exceptions.Throttled(3), 429, "too-many-requests"),
        ],
    )
    def test_names_the_kind(self, error: Exception, status: int, kind: str) -> None:
        body = told(error)
        assert (body["status"], body["type"]) == (status, f"urn:readiness-gate:problem:{kind}")

    def test_points_at_every_field(self) -> None:
        error = exceptions.ValidationError(
            {
                "a/b": ["Wrong."],
                "rows": [{}, {"code": [exceptions.ErrorDetail("Missing.", code="required")]}],
                "non_field_errors": ["All of it."],
            }
        )
        assert told(error)["errors"] == [
            {"pointer": "#/a~1b", "detail": "Wrong.", "code": "invalid"},
            {"pointer": "#/rows/1/code", "detail": "Missing.", "code": "required"},
            {"pointer": "#", "detail": "All of it.", "code": "invalid"},
        ]

    def test_names_the_parameter(self) -> None:
        errors = told(QueryRefused({"page": ["Give a number."]}))["errors"]
        assert errors == [{"parameter": "page", "detail": "Give a number."}]

    def test_points_at_the_field_a_service_names(self) -> None:
        body = told(Refused("No such course.", field="course"))
        assert body["detail"] == "No such course."
        assert body["errors"][0]["pointer"] == "#/course"
        assert "errors" not in told(Refused("No."))

    def test_hides_what_nobody_foresaw_and_logs_it(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.ERROR, logger="django.request"):
            body = told(ValueError("the secret of the database"))
        assert body["status"] == 500
        assert "secret" not in json.dumps(body)
        (record,) = caplog.records
        assert record.getMessage().split()[1] in body["detail"]

    def test_logs_who_is_refused(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.WARNING, logger="security.api"):
            told(exceptions.PermissionDenied())
            told(Http404())
        assert [record.getMessage() for record in caplog.records] == [
            "GET /api/v1/projects/ refused with 403"
        ]
