"""One door: whatever else is tried, by whomever, no signature comes of it."""

import json
import re
from typing import Any

import pytest
from django.conf import settings as product
from django.contrib import admin as contrib
from django.core.cache import cache
from django.core.management import get_commands
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from governance.models import BusinessProcess, RecordEntry, Signoff, User
from tests.factories import PASSWORD, join
from tests.factors import code_of, give_app, give_passkey
from tests.flows.every_address import every_address
from tests.flows.rest.operations import OPERATIONS
from tests.governance.test_admin import operator, switched_on
from tests.importing import import_content, workbook_of
from tests.signing import MEANINGS, Desk, make_desk
from tests.wire import API, Caller, token_for

__all__ = ["switched_on"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ACTS = ("SIGNED", "REFUSED", "WITHDRAWN")
ASK_BY_THEMSELVES = re.compile("impersonat|hijack|login-as|act-as|sudo", re.IGNORECASE)


@pytest.fixture
def desk(settings: Settings, tmp_path: Any) -> Desk:
    """Return a process that its owner can sign now, app, passkey and agreement at hand."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    settings.API_REQUESTS_PER_MINUTE = 10**9
    found = make_desk()
    give_app(found.cast.process_owner)
    give_passkey(found.cast.process_owner)
    return found


def words_of(desk: Desk) -> dict[str, Any]:
    """Return all that a form or a program could say to sign, but what proves who it is."""
    return {
        "act": "SIGNED",
        "kind": "PROCESS_EVIDENCE",
        "process": str(desk.process.public_id),
        "reason": "Because I say so.",
        "evidence_hash": desk.shown_hash(at=timezone.now()),
        "meanings": MEANINGS,
        "agreed": "on",
        "signer": desk.cast.process_owner.email,
        "authentication": "PASSKEY",
        "way": "PASSWORD_TOTP",
    }


def signatures() -> int:
    """Return how many acts of signing there are, as rows and as entries."""
    return Signoff.objects.count() + RecordEntry.objects.filter(kind__in=ACTS).count()


class TestTheDoor:
    def test_opens_to_the_owner_who_proves_who_it_is(self, client: Client, desk: Desk) -> None:
        """Everything below tries the same words; this is what they lack."""
        owner = desk.cast.process_owner
        client.force_login(owner)
        proof = {"password": PASSWORD, "code": code_of(owner, at=timezone.now())}
        assert client.post(desk.address, words_of(desk) | proof).status_code == 302
        assert signatures() == 2


class TestASessionThatProvesNothing:
    @pytest.mark.parametrize(
        "tried",
        [
            {},
            {"password": PASSWORD},
            {"code": "000000"},
            {"password": PASSWORD, "code": "000000"},
            {"way": "PASSKEY", "credential": "{}"},
            {"way": "SINGLE_SIGN_ON:northwind"},
            {"way": "REHEARSAL"},
            {"draft": "guessed", "credential": "{}"},
        ],
    )
    def test_signs_nothing_on_the_page_itself(
        self, client: Client, desk: Desk, tried: dict[str, str]
    ) -> None:
        client.force_login(desk.cast.process_owner)
        client.post(desk.address, words_of(desk) | tried)
        assert signatures() == 0

    def test_signs_nothing_anywhere(self, client: Client, desk: Desk) -> None:
        owner, said = desk.cast.process_owner, words_of(desk)
        client.raise_request_exception = False
        asked = 0
        for address in every_address(desk.cast.project):
            client.force_login(owner)
            client.post(address.path, said)
            client.put(address.path, json.dumps(said), content_type="application/json")
            asked += 1
        assert asked > 100
        assert signatures() == 0

    def test_is_never_somebody_elses(self, desk: Desk) -> None:
        names = [address.name for address in every_address(desk.cast.project)]
        assert not [name for name in names if ASK_BY_THEMSELVES.search(name)]


class TestAToken:
    def test_signs_nothing_over_rest(self, desk: Desk) -> None:
        caller = Caller.of(desk.cast.process_owner)
        said = words_of(desk) | {"password": PASSWORD}
        said["code"] = code_of(desk.cast.process_owner, at=timezone.now())
        bodies = [said, {"signoffs": [said]}, {"signature": said}, [said]]
        known = {
            "project": str(desk.cast.project.public_id),
            "process": str(desk.process.public_id),
        }
        paths = {each.path for each in OPERATIONS}
        for path in sorted(paths):
            names = re.findall(r"{(\w+)}", path)
            ids = {name: known.get(name, str(desk.process.public_id)) for name in names}
            place = path.removeprefix(API).format(**ids)
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                for number, body in enumerate(bodies):
                    caller.call(
                        method,
                        place,
                        headers={"Idempotency-Key": f"{method}-{number}-{hash(path)}"},
                        data=json.dumps(body),
                        content_type="application/json",
                    )
        assert signatures() == 0

    def test_opens_no_page(self, client: Client, desk: Desk) -> None:
        owner = desk.cast.process_owner
        said = words_of(desk) | {"password": PASSWORD, "code": code_of(owner, at=timezone.now())}
        headers = {"Authorization": f"Bearer {token_for(owner)}"}
        answer = client.post(desk.address, said, headers=headers)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
        assert signatures() == 0


class TestSomebodyElse:
    @pytest.mark.parametrize(
        "name",
        ["project_manager", "business_user", "auditor", "stranger", "consultant", "other_sponsor"],
    )
    def test_signs_nothing_with_all_their_proofs(
        self, client: Client, desk: Desk, name: str
    ) -> None:
        who = getattr(desk.cast, name)
        client.force_login(who)
        proof = {"password": PASSWORD, "code": code_of(who, at=timezone.now())}
        assert client.post(desk.address, words_of(desk) | proof).status_code in (403, 404)
        assert signatures() == 0

    def test_signs_nothing_once_the_account_is_closed(self, client: Client, desk: Desk) -> None:
        owner = desk.cast.process_owner
        proof = {"password": PASSWORD, "code": code_of(owner, at=timezone.now())}
        client.force_login(owner)
        User.objects.filter(pk=owner.pk).update(is_active=False)
        answer = client.post(desk.address, words_of(desk) | proof)
        assert answer["Location"].split("?")[0] == "/accounts/login/"
        assert signatures() == 0


@pytest.mark.usefixtures("switched_on")
class TestTheOperator:
    def test_has_no_table_of_signatures_and_signs_nothing(self, client: Client, desk: Desk) -> None:
        who = operator(desk.cast)
        join(project=desk.cast.project, user=who)
        BusinessProcess.objects.filter(pk=desk.process.pk).update(owner=who)
        client.force_login(who)
        client.raise_request_exception = False
        assert Signoff not in contrib.site._registry
        said = words_of(desk) | {"action": "sign", "_save": "Save"}
        for table in ("signoff", "governance/signoff", "businessprocess", "project", "user"):
            for end in ("", "add/", "1/", "1/change/", f"{desk.process.pk}/change/"):
                client.post(f"/operator/{table}/{end}", said)
        assert signatures() == 0


class TestAnImport:
    @pytest.mark.parametrize("kind", ["auto", *product.IMPORT_KINDS])
    def test_reads_no_signature_out_of_a_sheet(self, desk: Desk, kind: str) -> None:
        said = words_of(desk)
        rows = [list(said), list(said.values()), ["Process", "Signed by", "Signed at", "Sign-off"]]
        rows.append(["10", desk.cast.process_owner.email, "2026-05-01", "SIGNED"])
        sheets = {"file.csv": "\n".join(",".join(map(str, row)) for row in rows).encode()}
        sheets["file.xlsx"] = workbook_of(*rows, title="Signoff")
        is_portfolio = kind == "portfolio"
        for name, content in sheets.items():
            import_content(
                content,
                project=None if is_portfolio else desk.cast.project,
                organisation=desk.cast.client,
                kind=kind,
                name=name,
                actor=desk.cast.process_owner,
                moment=timezone.now(),
            )
        assert signatures() == 0


class TestACommand:
    def test_is_none_that_signs(self) -> None:
        own = {
            name
            for name, app in get_commands().items()
            if str(app).partition(".")[0]
            in {"governance", "training", "uat", "readiness", "reports"}
        }
        assert not [name for name in own if re.search("sign|accept|approve", name)]
