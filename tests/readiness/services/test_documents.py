"""Signing a scope, the closure of testing, the handover and a change of policy."""

import json

import pytest

from governance.choices import Phase, SignoffAct, SignoffKind
from governance.models import Project, Signoff, User
from governance.services.accounts import Credentials, IdentityNotProved
from governance.services.marks import mark_projects
from governance.services.signoffs import EvidenceChanged, SignoffRefused, evidence_hash_of
from readiness.models import Gate, Policy, PolicyAdoption
from readiness.policy.hashing import canonical_json, digest_of
from readiness.services.documents import (
    Document,
    Word,
    project_document,
    scope_document,
    sign_document,
)
from tests.factories import PASSWORD, make_scenario
from tests.factors import code_of
from tests.risks import judge_anew
from tests.signing import LATER, Desk, make_desk
from uat.models import Scenario

pytestmark = pytest.mark.django_db
CLOSURE, HANDOVER = SignoffKind.CLOSURE, SignoffKind.HANDOVER
POLICY_CHANGE = SignoffKind.POLICY_CHANGE


@pytest.fixture
def desk() -> Desk:
    """Return an upgrade in hypercare with a process that can be signed."""
    found = make_desk()
    Project.objects.filter(pk=found.cast.project.pk).update(phase=Phase.HYPERCARE)
    found.cast.project.refresh_from_db()
    return found


def document_of(desk: Desk, kind: SignoffKind) -> Document:
    """Return a document as it is now."""
    if kind == SignoffKind.SCOPE:
        return scope_document(desk.process, as_of=LATER)
    return project_document(desk.cast.project, kind=kind, as_of=LATER)


def signed(
    desk: Desk,
    kind: SignoffKind,
    *,
    signer: User | None = None,
    act: SignoffAct = SignoffAct.SIGNED,
    judge: bool = True,
) -> Signoff:
    """Judge, then let the owner or the sponsor declare something over what is shown."""
    if judge:
        judge_anew(desk.cast.project)
    document = document_of(desk, kind)
    of_owner = kind == SignoffKind.SCOPE
    by = signer or (desk.cast.process_owner if of_owner else desk.cast.sponsor)
    reason = "" if act == SignoffAct.SIGNED else "Not yet."
    return sign_document(
        document,
        signer=by,
        word=Word(act=act, shown_hash=evidence_hash_of(document.body), reason=reason),
        credentials=Credentials(PASSWORD, code_of(by, at=LATER), agreed=True),
        as_of=LATER,
    )


def newer_policy() -> Policy:
    """Return a newer policy that ships, which asks for less of one criterion."""
    old = Policy.objects.get(organisation=None)
    body = json.loads(old.body)
    body["version"] += 1
    body["gates"][0]["criteria"][0]["target"] = 90
    text = canonical_json(body)
    return Policy.objects.create(
        key=old.key, version=old.version + 1, name=old.name, body=text, body_hash=digest_of(text)
    )


class TestSignDocument:
    @pytest.mark.parametrize("kind", [SignoffKind.SCOPE, CLOSURE, HANDOVER])
    def test_writes_the_act_over_what_is_there(self, desk: Desk, kind: SignoffKind) -> None:
        act = signed(desk, kind)
        assert (act.kind, act.act, act.evidence) == (
            kind,
            SignoffAct.SIGNED,
            document_of(desk, kind).body,
        )
        assert act.entry is not None
        assert act.receipt

    @pytest.mark.parametrize("kind", [SignoffKind.SCOPE, CLOSURE, HANDOVER])
    def test_is_taken_back_by_a_new_act(self, desk: Desk, kind: SignoffKind) -> None:
        signed(desk, kind)
        signed(desk, kind, act=SignoffAct.WITHDRAWN)
        with pytest.raises(SignoffRefused, match="no signature to withdraw"):
            signed(desk, kind, act=SignoffAct.WITHDRAWN)
        assert Signoff.objects.filter(kind=kind).count() == 2

    @pytest.mark.parametrize("kind", [CLOSURE, HANDOVER])
    def test_is_the_sponsors_alone(self, desk: Desk, kind: SignoffKind) -> None:
        cast = desk.cast
        for account in (cast.process_owner, cast.project_manager, cast.consultant, cast.stranger):
            with pytest.raises(SignoffRefused):
                signed(desk, kind, signer=account, judge=False)
        assert not Signoff.objects.exists()

    def test_of_a_scope_is_its_owners(self, desk: Desk) -> None:
        for account in (desk.cast.project_manager, desk.cast.consultant):
            with pytest.raises(SignoffRefused):
                signed(desk, SignoffKind.SCOPE, signer=account, judge=False)

    def test_stores_nothing_over_something_else_than_was_shown(self, desk: Desk) -> None:
        judge_anew(desk.cast.project)
        document = document_of(desk, SignoffKind.SCOPE)
        make_scenario(project=desk.cast.project, process=desk.process)
        judge_anew(desk.cast.project)
        owner = desk.cast.process_owner
        with pytest.raises(EvidenceChanged):
            sign_document(
                document,
                signer=owner,
                word=Word(act=SignoffAct.SIGNED, shown_hash=evidence_hash_of(document.body)),
                credentials=Credentials(PASSWORD, code_of(owner, at=LATER)),
                as_of=LATER,
            )
        assert not Signoff.objects.exists()

    def test_waits_while_the_project_is_being_judged_again(self, desk: Desk) -> None:
        mark_projects(project_ids=[desk.cast.project.pk])
        with pytest.raises(SignoffRefused, match="judged again"):
            signed(desk, CLOSURE, judge=False)

    def test_needs_both_components(self, desk: Desk) -> None:
        judge_anew(desk.cast.project)
        document = document_of(desk, CLOSURE)
        with pytest.raises(IdentityNotProved):
            sign_document(
                document,
                signer=desk.cast.sponsor,
                word=Word(act=SignoffAct.SIGNED, shown_hash=evidence_hash_of(document.body)),
                credentials=Credentials("wrong"),
                as_of=LATER,
            )

    def test_is_not_possible_before_there_is_something_to_sign(self, desk: Desk) -> None:
        project = desk.cast.project
        Project.objects.filter(pk=project.pk).update(phase=Phase.UAT)
        project.refresh_from_db()
        Scenario.objects.update(in_scope=False)
        for kind, sentence in (
            (HANDOVER, "after go-live"),
            (CLOSURE, "no scenario is in scope"),
            (POLICY_CHANGE, "newest policy already"),
        ):
            with pytest.raises(SignoffRefused, match=sentence):
                signed(desk, kind)


class TestAChangeOfPolicy:
    def test_has_the_project_judged_by_the_newer_one(self, desk: Desk) -> None:
        newer = newer_policy()
        act = signed(desk, POLICY_CHANGE)
        assert set(Gate.objects.values_list("policy__version", flat=True)) == {newer.version}
        row = PolicyAdoption.objects.get(policy=newer)
        assert (row.signature, row.adopted_by) == (act, desk.cast.sponsor)
        assert row.previous is not None
        content = json.loads(act.evidence)
        assert content["is_looser"] is True
        (change,) = content["changes"]
        assert (change["criterion"], change["what"], change["from"]["target"]) == (
            "DX-01",
            "LOOSENED",
            "100",
        )

    def test_refused_changes_nothing(self, desk: Desk) -> None:
        newer_policy()
        before = list(Gate.objects.values("policy_id"))
        signed(desk, POLICY_CHANGE, act=SignoffAct.REFUSED)
        assert list(Gate.objects.values("policy_id")) == before
        assert signed(desk, POLICY_CHANGE).act == SignoffAct.SIGNED

    def test_makes_what_was_signed_under_the_other_one_out_of_date(self, desk: Desk) -> None:
        before = desk.shown_hash()
        newer_policy()
        signed(desk, POLICY_CHANGE)
        assert desk.shown_hash() != before

    def test_is_the_sponsors_alone(self, desk: Desk) -> None:
        newer_policy()
        for account in (desk.cast.project_manager, desk.cast.consultant):
            with pytest.raises(SignoffRefused):
                signed(desk, POLICY_CHANGE, signer=account, judge=False)
