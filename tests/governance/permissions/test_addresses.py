"""The table and the addresses are one list, and whatever is missing is found."""

from dataclasses import replace

import pytest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.permissions import acts
from governance.permissions.addresses import Address, addresses, check_policy, gaps
from governance.permissions.table import Rule, policy

LISTED = "governance:owner-list"


@require_POST
def answer_posts(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse()


@require_safe
def answer_own(request: HttpRequest) -> HttpResponse:
    """Answer, as a view of ours would."""
    return HttpResponse()


answer_own.__module__ = "governance.views.policy"


@require_http_methods(["GET", "HEAD", "POST"])
def answer_both(request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse()


class TestGaps:
    def test_are_none(self) -> None:
        assert gaps(addresses(), policy()) == []
        assert check_policy(None) == []

    def test_name_an_address_without_a_row(self) -> None:
        held = {key: rule for key, rule in policy().items() if key[0] != LISTED}
        assert gaps(addresses(), held) == [
            f"{LISTED} is in no policy.",
            f"{LISTED} answers GET, which is in no policy.",
        ]

    def test_name_a_method_without_a_row(self) -> None:
        held = {**policy()}
        del held["governance:go-live-show", "POST"]
        assert gaps(addresses(), held) == [
            "governance:go-live-show answers POST, which is in no policy."
        ]

    def test_name_a_row_without_an_address(self) -> None:
        held = {**policy(), ("governance:nowhere", "GET"): Rule(acts.SIGN)}
        assert gaps(addresses(), held) == ["governance:nowhere is in a policy and has no address."]

    @pytest.mark.parametrize(
        ("name", "method"), [(LISTED, "DELETE"), ("api:week-show", "POST"), ("mfa_index", "POST")]
    )
    def test_name_a_row_that_no_view_answers(self, name: str, method: str) -> None:
        held = {**policy(), (name, method): Rule(acts.SIGN)}
        assert gaps(addresses(), held) == [
            f"{name} is in a policy by {method}, which its view does not answer."
        ]

    def test_name_an_address_without_a_name(self) -> None:
        known = [*addresses(), Address("", "/secret/", answer_both)]
        assert gaps(known, policy()) == ["/secret/ has no name."]

    def test_name_a_push_without_a_scope(self) -> None:
        key = ("api:execution-list", "POST")
        held = {**policy(), key: replace(policy()[key], scope=None)}
        assert gaps(addresses(), held) == ["api:execution-list names no scope for POST."]

    def test_name_a_page_of_a_project_that_asks_for_no_seat(self) -> None:
        known = [*addresses(), Address("shown", "/p/<uuid:project>/shown/", answer_own)]
        held = {**policy(), ("shown", "GET"): Rule(acts.SEE_GATE)}
        assert gaps(known, held) == ["shown names a project and asks for no seat there."]


class TestMethods:
    def test_are_read_off_the_view(self) -> None:
        assert Address("a", "/a/", answer_posts).methods == frozenset({"POST"})
        assert Address("a", "/a/", answer_both).methods == frozenset({"GET", "POST"})
        assert Address("a", "/a/", lambda request: HttpResponse()).methods is None

    def test_are_read_off_every_view_of_ours(self) -> None:
        unread = {each.name for each in addresses() if each.is_own and each.methods is None}
        assert unread == {"account_email", "api:unknown"}


class TestCheckPolicy:
    def test_is_an_error_of_the_products_own_checks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("governance.permissions.addresses.policy", dict)
        found = check_policy(None)
        assert len(found) > 100
        assert {error.id for error in found} == {"policy.E001"}
        assert all(error.is_serious() for error in found)
