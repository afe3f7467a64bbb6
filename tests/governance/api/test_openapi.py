"""What is added to the OpenAPI document."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from governance.api.openapi import refuse_unnamed_scopes
from governance.api.views import ApiView
from governance.choices import Scope


class Named(ApiView):
    """A view that names its scope."""

    scopes = {"GET": Scope.READ}


class TestRefuseUnnamedScopes:
    def test_passes_on_what_is_named(self) -> None:
        endpoints = [("/a/", "", "GET", Named.as_view())]
        assert refuse_unnamed_scopes(endpoints) == endpoints

    def test_stops_at_what_is_not(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="POST /a/"):
            refuse_unnamed_scopes([("/a/", "", "POST", Named.as_view())])
