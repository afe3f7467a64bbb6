"""The one table of who may do what."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from governance.choices import Role, Scope
from governance.permissions import acts
from governance.permissions.act import Door
from governance.permissions.table import methods_of, policy, rows, rule_of, table


class TestTable:
    def test_makes_rows_of_names_and_methods(self) -> None:
        held = table(rows(acts.SIGN, "a", "b", by="GET POST", scope=Scope.READ))
        assert sorted(held) == [("a", "GET"), ("a", "POST"), ("b", "GET"), ("b", "POST")]
        assert held["b", "POST"].act is acts.SIGN
        assert held["b", "POST"].scope == Scope.READ

    def test_refuses_two_rules_for_the_same(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="POST a twice"):
            table(rows(acts.SIGN, "a", by="POST"), rows(acts.DECIDE, "a", by="POST"))


class TestRuleOf:
    def test_takes_head_for_get(self) -> None:
        assert rule_of("governance:owner-list", method="HEAD") == rule_of(
            "governance:owner-list", method="GET"
        )

    def test_knows_nothing_of_what_nobody_registered(self) -> None:
        assert rule_of("governance:owner-list", method="DELETE") is None
        assert rule_of("", method="GET") is None
        assert methods_of("nothing") == ()

    def test_tells_looking_from_doing_at_one_address(self) -> None:
        assert methods_of("governance:go-live-show") == ("GET", "POST")
        moving = rule_of("governance:go-live-show", method="POST")
        assert moving is not None
        assert moving.act is acts.MOVE_DATE


class TestPolicy:
    def test_lets_no_partner_sign_accept_move_or_import(self) -> None:
        for act in (
            acts.SIGN,
            acts.ACCEPT_RISK,
            acts.END_ACCEPTANCE,
            acts.ASK_FOR_ACCEPTANCE,
            acts.MOVE_DATE,
            acts.IMPORT_FILES,
            acts.IMPORT_PORTFOLIO,
            acts.APPOINT,
            acts.DECIDE,
            acts.RULE,
        ):
            assert not act.partner, act.key

    def test_lets_an_auditor_change_nothing(self) -> None:
        changed = {
            rule.act.key
            for (_, method), rule in policy().items()
            if method != "GET" and rule.act.door is Door.PROJECT and Role.AUDITOR in rule.act.roles
        }
        assert changed == {"note_visit", "print_report", "export_record"}

    def test_is_open_to_strangers_in_few_places(self) -> None:
        names = {name for (name, _), rule in policy().items() if rule.act.door is Door.PUBLIC}
        ours = {name for name in names if not name.startswith(("account_", "mfa_"))}
        assert ours == {
            "governance:invitation-accept",
            "governance:sign-on-begin",
            "governance:sign-on-finish",
            "i18n-set",
            "readiness:demo-enter",
            "readiness:demo-show",
            "readiness:digest-stop",
            "readiness:health-live",
            "readiness:health-ready",
            "readiness:style-show",
        }

    def test_names_each_act_once(self) -> None:
        named = {rule.act.key: rule.act for rule in policy().values()}
        assert all(rule.act is named[rule.act.key] for rule in policy().values())
        assert all(rule.act.roles for rule in policy().values() if rule.act.door is Door.PROJECT)
