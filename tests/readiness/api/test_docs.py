"""The description of the interface."""

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from readiness.api.docs import DOCUMENT
from tests.factories import make_organisation, make_user
from tests.wire import Caller

RENEW = "renew it: manage.py spectacular --validate --fail-on-warn --file readiness/api/schema.yaml"


class TestDocument:
    def test_is_what_the_program_does(self) -> None:
        with GENERATOR_STATS.silence():
            schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        validate_schema(schema)  # type: ignore[no-untyped-call]
        assert not GENERATOR_STATS
        text = OpenApiYamlRenderer().render(schema, renderer_context={})  # type: ignore[no-untyped-call]
        assert yaml.safe_load(text) == yaml.safe_load(DOCUMENT.read_bytes()), RENEW

    def test_describes_only_addresses_with_a_token(self) -> None:
        schema = yaml.safe_load(DOCUMENT.read_bytes())
        for methods in schema["paths"].values():
            for operation in methods.values():
                assert operation["security"] == [{"token": []}]
                assert operation["summary"]
                assert ":raises" not in operation.get("description", "")


@pytest.mark.django_db
class TestSchemaView:
    def test_answers_a_token_and_a_session(self) -> None:
        user = make_user(organisation=make_organisation())
        browser = Client()
        browser.force_login(user)
        for answer in (Caller.of(user).get("schema/"), browser.get("/api/v1/schema/")):
            assert answer.status_code == 200
            assert answer.content == DOCUMENT.read_bytes()

    def test_turns_away_everybody_else(self) -> None:
        assert Caller().get("schema/").status_code == 401


@pytest.mark.django_db
class TestShowDocs:
    def test_takes_everything_from_this_machine(self) -> None:
        browser = Client()
        browser.force_login(make_user(organisation=make_organisation()))
        page = browser.get(reverse("api:docs-show")).content.decode()
        assert "swagger-ui-bundle.js" in page
        assert "https://" not in page

    def test_asks_who_is_there(self) -> None:
        assert Client().get(reverse("api:docs-show")).status_code == 302
