"""Policies are put on record once, and projects are judged by one of them."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from governance.choices import SignoffAct, SignoffKind
from governance.models import Project, ProjectMark, Signoff
from readiness.imports.policies import built_in_policy, import_built_in_policy
from readiness.models import Criterion, Gate, Policy
from readiness.policy.hashing import canonical_json
from readiness.policy.parsing import PolicyText
from readiness.services.policies import (
    Adopting,
    PolicyConflict,
    adopt_policy,
    adopt_where_missing,
    newest_shipped_policy,
    store_policy,
)
from tests.acts import put_signature
from tests.factories import NOW, make_organisation, make_project

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def own_policy(**fields: object) -> PolicyText:
    """Return the built-in policy under another key."""
    return replace(built_in_policy(), key="own", **fields)  # type: ignore[arg-type]


class TestStorePolicy:
    def test_finds_the_shipped_policy_on_record_after_migrating(self) -> None:
        policy = Policy.objects.get()
        assert (policy.key, policy.version, policy.organisation) == ("erp-upgrade", 3, None)
        assert policy.body_hash == built_in_policy().digest
        assert import_built_in_policy() == policy
        assert Policy.objects.count() == 1

    def test_writes_every_criterion_in_order(self) -> None:
        criteria = list(Criterion.objects.order_by("position"))
        shipped = [terms for gate in built_in_policy().gates for terms in gate.criteria]
        assert [row.key for row in criteria] == [terms.key for terms in shipped]
        row = next(row for row in criteria if row.key == "UX-01")
        assert (row.gate_key, row.metric, row.criterion_class) == ("G3", "uat.exec_pct", "HARD")
        assert row.glide_path == [[56, "0"], [42, "60"], [28, "100"]]
        assert row.accountable_roles == ["PROCESS_OWNER"]
        assert (row.target, row.warn, row.due_days) == (Decimal(100), Decimal(98), 28)
        assert (row.source, row.grade, row.ttl_days) == ("B1, MISSION", "C", None)

    def test_keeps_a_clients_own_policy_beside_it(self) -> None:
        client = make_organisation()
        mine = store_policy(policy=own_policy(), organisation=client)
        assert store_policy(policy=own_policy(), organisation=client) == mine
        assert store_policy(policy=own_policy(), organisation=make_organisation()) != mine

    def test_refuses_other_words_under_the_same_version(self) -> None:
        with pytest.raises(PolicyConflict, match="Raise the version"):
            store_policy(policy=replace(built_in_policy(), digest="0" * 64))

    def test_is_never_edited_afterwards(self) -> None:
        for rows in (Policy.objects.all(), Criterion.objects.all()):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                rows.update(key="other")
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                rows._raw_delete(rows.db)


def policy_signature(project: Project, *, act: str = SignoffAct.SIGNED) -> Signoff:
    """Return an act over a change of policy, written past the service."""
    return put_signature(project, kind=SignoffKind.POLICY_CHANGE, body="{}", at=NOW, act=act)


class TestAdoptPolicy:
    def test_gives_a_project_the_gates_of_the_calendar_and_marks_it(self) -> None:
        project = make_project()
        before = ProjectMark.objects.get(project=project).version
        assert adopt_policy(project=project) == newest_shipped_policy()
        gates = Gate.objects.filter(project=project).order_by("position")
        assert [(gate.key, gate.evaluate_from_days, gate.decision_days) for gate in gates] == [
            (terms.key, terms.opens_days, terms.decision_days) for terms in built_in_policy().gates
        ]
        assert ProjectMark.objects.get(project=project).version == before + 1

    def test_adopted_again_changes_no_gate(self) -> None:
        project = make_project()
        adopt_policy(project=project)
        before = list(Gate.objects.order_by("pk").values())
        adopt_policy(project=project)
        assert list(Gate.objects.order_by("pk").values()) == before

    def test_replaces_the_gates_by_those_of_another_policy(self) -> None:
        project = make_project()
        adopt_policy(project=project)
        body = json.loads(built_in_policy().text)
        text = canonical_json(body | {"gates": body["gates"][:1]})
        short = own_policy(text=text, gates=built_in_policy().gates[:1])
        stored = store_policy(policy=short)
        adopting = Adopting(signature=policy_signature(project))
        adopt_policy(project=project, policy=stored, adopting=adopting)
        assert [gate.key for gate in Gate.objects.filter(project=project)] == ["G1"]

    def test_takes_no_other_policy_without_the_sponsors_signature_on_that_project(self) -> None:
        project, other = make_project(), make_project()
        adopt_policy(project=project)
        stored = store_policy(policy=own_policy())
        refused = policy_signature(project, act=SignoffAct.REFUSED)
        for signature in (None, policy_signature(other), refused):
            with pytest.raises(PolicyConflict, match="sponsor's signature"):
                adopt_policy(project=project, policy=stored, adopting=Adopting(signature=signature))
        assert Gate.objects.filter(project=project).exclude(policy=stored).count() == 7

    def test_refuses_another_clients_policy(self) -> None:
        stored = store_policy(policy=own_policy(), organisation=make_organisation())
        with pytest.raises(PolicyConflict, match="belongs to another client"):
            adopt_policy(project=make_project(), policy=stored)

    def test_refuses_while_no_policy_is_on_record(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Policy, "objects", Policy.objects.none())
        with pytest.raises(PolicyConflict, match="No policy is on record"):
            adopt_policy(project=make_project())


class TestAdoptWhereMissing:
    def test_gives_gates_to_those_without(self) -> None:
        with_gates, without = make_project(), make_project()
        adopt_policy(project=with_gates)
        ids = [with_gates.pk, without.pk]
        assert adopt_where_missing(project_ids=ids) == 1
        assert adopt_where_missing(project_ids=ids) == 0
        assert Gate.objects.filter(project=without).count() == 7

    def test_does_nothing_without_a_policy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        project = make_project()
        monkeypatch.setattr(Policy, "objects", Policy.objects.none())
        assert adopt_where_missing(project_ids=[project.pk]) == 0
