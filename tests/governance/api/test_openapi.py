"""What is added to the OpenAPI document."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from governance.api.openapi import refuse_unnamed_scopes
from governance.permissions.addresses import addresses

VIEWS = {address.name: address.view for address in addresses()}


class TestRefuseUnnamedScopes:
    def test_passes_on_what_the_policy_names(self) -> None:
        endpoints = [("/a/", "", "GET", VIEWS["api:gate-list"])]
        assert refuse_unnamed_scopes(endpoints) == endpoints

    @pytest.mark.parametrize(("name", "method"), [("gate-list", "POST"), ("schema-show", "GET")])
    def test_stops_at_what_it_does_not(self, name: str, method: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=f"{method} /a/"):
            refuse_unnamed_scopes([("/a/", "", method, VIEWS[f"api:{name}"])])
