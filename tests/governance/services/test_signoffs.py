"""The one door to signatures: who may, on what, in which words, and what stays on record."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from governance.choices import SignoffAct, SignoffKind
from governance.models import BusinessProcess, ProjectMark, Signoff, User
from governance.services.accounts import PASSWORD
from governance.services.signoffs import (
    MEANINGS,
    Declaration,
    EvidenceChanged,
    Exhibit,
    SignoffRefused,
    Subject,
    evidence_hash_of,
    meaning_of,
    sign,
)
from tests.factories import NOW, make_process
from tests.people import Cast, make_cast
from tests.signing import proof_of

pytestmark = pytest.mark.django_db
BODY = '{"scenarios":[]}'


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


@pytest.fixture
def process(cast: Cast) -> BusinessProcess:
    """Return a process with an owner and a deputy."""
    return make_process(project=cast.project, owner=cast.process_owner, deputy=cast.business_user)


def exhibit(**fields: Any) -> Exhibit:
    """Return evidence that may be signed, unless told otherwise."""
    terms: dict[str, Any] = {
        "body": BODY,
        "shown_hash": evidence_hash_of(BODY),
        "is_empty": False,
        "being_judged": False,
        "tester_ids": frozenset({0, 7}),
    }
    return Exhibit(**(terms | fields))


def signed(process: BusinessProcess, signer: User, **fields: Any) -> Signoff:
    """Sign, or do what is asked for."""
    act, reason = fields.pop("act", SignoffAct.SIGNED), fields.pop("reason", "")
    return sign(
        subject=Subject.of_process(process),
        signer=signer,
        declaration=Declaration(act=act, reason=reason),
        exhibit=fields.pop("exhibit", None) or exhibit(),
        proof=proof_of(signer),
    )


class TestSign:
    def test_writes_who_for_whom_what_and_in_which_words(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        row = signed(process, cast.process_owner)
        assert (row.signer_name, row.signer_organisation_name) == (
            cast.process_owner.name,
            "Northwind Mills",
        )
        assert row.meaning == meaning_of(SignoffAct.SIGNED).sentence
        assert (row.evidence, row.evidence_hash) == (BODY, evidence_hash_of(BODY))
        assert row.authority == f"Owner of {process}"

    def test_takes_the_moment_from_the_database(
        self, cast: Cast, process: BusinessProcess, time_machine: Any
    ) -> None:
        time_machine.move_to(NOW, tick=False)
        row = signed(process, cast.process_owner)
        assert abs((row.signed_at - row.recorded_at).total_seconds()) < 2
        assert row.signed_at != NOW

    def test_lets_the_deputy_sign_as_deputy(self, cast: Cast, process: BusinessProcess) -> None:
        assert signed(process, cast.business_user).authority == f"Deputy for {process}"

    def test_marks_the_project_for_judging(self, cast: Cast, process: BusinessProcess) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        signed(process, cast.process_owner)
        assert ProjectMark.objects.get(project=cast.project).version == before + 1

    def test_stores_nothing_when_the_evidence_is_not_what_was_shown(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        with pytest.raises(EvidenceChanged):
            signed(process, cast.process_owner, exhibit=exhibit(shown_hash="0" * 64))
        assert not Signoff.objects.exists()

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("sponsor", "Only the owner"),
            ("consultant", "never sign"),
            ("other_sponsor", "client's own business"),
            ("stranger", "no longer take part"),
        ],
    )
    def test_refuses_whoever_does_not_own_it(
        self, cast: Cast, process: BusinessProcess, name: str, sentence: str
    ) -> None:
        with pytest.raises(SignoffRefused, match=sentence):
            signed(process, getattr(cast, name))
        assert not Signoff.objects.exists()

    def test_goes_by_the_owner_of_this_moment(self, cast: Cast, process: BusinessProcess) -> None:
        held = BusinessProcess.objects.get(pk=process.pk)
        BusinessProcess.objects.filter(pk=process.pk).update(owner=cast.project_manager)
        with pytest.raises(SignoffRefused, match="Only the owner"):
            signed(held, cast.process_owner)

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"being_judged": True}, "being judged again"),
            ({"is_empty": True}, "nothing to sign"),
        ],
    )
    def test_refuses_evidence_that_cannot_be_signed(
        self, cast: Cast, process: BusinessProcess, fields: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(SignoffRefused, match=sentence):
            signed(process, cast.process_owner, exhibit=exhibit(**fields))

    def test_refuses_who_ran_every_counted_test(self, cast: Cast, process: BusinessProcess) -> None:
        alone = frozenset({cast.process_owner.pk})
        with pytest.raises(SignoffRefused, match="every counted test"):
            signed(process, cast.process_owner, exhibit=exhibit(tester_ids=alone))
        with_others = frozenset({cast.process_owner.pk, 0})
        signed(process, cast.process_owner, exhibit=exhibit(tester_ids=with_others))
        assert Signoff.objects.count() == 1

    def test_takes_a_refusal_at_any_time_with_a_reason(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        worst = exhibit(being_judged=True, is_empty=True, tester_ids=frozenset())
        with pytest.raises(SignoffRefused, match="Give the reason"):
            signed(process, cast.process_owner, act=SignoffAct.REFUSED, exhibit=worst)
        row = signed(
            process,
            cast.process_owner,
            act=SignoffAct.REFUSED,
            reason=" Reversals were never tried. ",
            exhibit=worst,
        )
        assert (row.act, row.reason) == (SignoffAct.REFUSED, "Reversals were never tried.")

    def test_withdraws_by_a_new_row_and_only_what_stands(
        self, cast: Cast, process: BusinessProcess
    ) -> None:
        withdraw = {"act": SignoffAct.WITHDRAWN, "reason": "I saw too little."}
        with pytest.raises(SignoffRefused, match="no signature to withdraw"):
            signed(process, cast.process_owner, **withdraw)
        signed(process, cast.process_owner)
        signed(process, cast.business_user, **withdraw)
        acts = Signoff.objects.filter(process=process).order_by("pk")
        assert [row.act for row in acts] == [SignoffAct.SIGNED, SignoffAct.WITHDRAWN]
        with pytest.raises(SignoffRefused, match="no signature to withdraw"):
            signed(process, cast.process_owner, **withdraw)


class TestMeanings:
    def test_tell_every_act_over_every_document_apart(self) -> None:
        assert len({meaning.key for meaning in MEANINGS}) == len(MEANINGS)
        said = {(meaning.kind, meaning.act) for meaning in MEANINGS}
        assert said == {(kind, act) for kind in SignoffKind for act in SignoffAct}
        for kind in SignoffKind:
            told = {meaning_of(act, kind=kind).sentence for act in SignoffAct}
            assert len(told) == len(SignoffAct)


@pytest.mark.both_engines
class TestTable:
    def row(self, cast: Cast, process: BusinessProcess, signer: User) -> Signoff:
        """Return a row that claims the client's kind for whoever it names."""
        return Signoff(
            organisation=cast.client,
            project=cast.project,
            process=process,
            act=SignoffAct.SIGNED,
            meaning="Yes",
            evidence=BODY,
            evidence_hash=evidence_hash_of(BODY),
            signer=signer,
            signer_kind="CLIENT",
            signer_name=signer.name,
            signer_organisation_name="Northwind Mills",
            authority="None",
            authentication=PASSWORD,
            signed_at=NOW,
        )

    @pytest.mark.parametrize("name", ["consultant", "other_sponsor"])
    def test_refuses_a_partner_and_another_client(
        self, cast: Cast, process: BusinessProcess, name: str
    ) -> None:
        refused = pytest.raises(DatabaseError, match="only an account of the client")
        with refused, transaction.atomic():
            self.row(cast, process, getattr(cast, name)).save()

    def test_refuses_a_key_instead_of_a_person(self, cast: Cast, process: BusinessProcess) -> None:
        row = self.row(cast, process, cast.process_owner)
        row.authentication = "TOKEN"
        refused = pytest.raises(DatabaseError, match="a_signature_is_authenticated_in_person")
        with refused, transaction.atomic():
            row.save()

    def test_never_changes_a_row(self, cast: Cast, process: BusinessProcess) -> None:
        row = signed(process, cast.process_owner)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Signoff.objects.filter(pk=row.pk).update(act=SignoffAct.REFUSED)
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM governance_signoff")

    def test_keeps_the_account_that_signed(self, cast: Cast, process: BusinessProcess) -> None:
        signed(process, cast.process_owner)
        with pytest.raises(DatabaseError), transaction.atomic():
            cast.process_owner.delete()
