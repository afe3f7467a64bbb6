"""A process signed with a passkey: what is shown, what the device signs, what is kept."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from django.core.cache import cache
from django.test import Client
from fido2.utils import websafe_decode
from time_machine import TimeMachineFixture

from governance.models import RecordEntry, Signoff, User
from governance.views.drafts import SECONDS
from tests.factories import make_run
from tests.passkeys import PRESENT, Device, is_signed
from tests.readiness.views.processes.cases import page_of, send
from tests.signing import LATER, Desk
from uat.services.executions import refresh_latest


@pytest.fixture
def device(desk: Desk) -> Device:
    """Return the owner's passkey."""
    cache.clear()
    found = Device()
    found.give_to(desk.cast.process_owner)
    return found


def begin(client: Client, desk: Desk, **fields: Any) -> Any:
    """Send the form with the button of the passkey; return the second step."""
    sent = {"password": "", "code": "", "way": "PASSKEY", **fields}
    answer = send(client, desk.cast.process_owner, desk, **sent)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"])


def asked_of(page: Any) -> tuple[str, str]:
    """Return the key of the draft, and in hexadecimal what a device is asked to sign."""
    text = page.content.decode()
    key = re.search(r'name="draft" value="([^"]+)"', text)
    held = re.search(r'<script id="passkey-options"[^>]*>(.*?)</script>', text)
    assert key
    assert held
    options = json.loads(held[1])["request_options"]["publicKey"]
    assert options["userVerification"] == "required"
    return key[1], websafe_decode(options["challenge"]).hex()


def finish(client: Client, desk: Desk, key: str, credential: str) -> Any:
    """Send what the device signed."""
    return client.post(desk.address, {"draft": key, "credential": credential})


class TestSignWithAPasskey:
    @pytest.mark.parametrize("kind", ["p256", "edwards", "rsa"])
    def test_keeps_an_assertion_over_exactly_the_statement(
        self, client: Client, desk: Desk, kind: str
    ) -> None:
        cache.clear()
        device = Device()
        if kind == "edwards":
            device.private = ed25519.Ed25519PrivateKey.generate()
        if kind == "rsa":
            device.private = rsa.generate_private_key(65537, 2048)
        device.give_to(desk.cast.process_owner)
        key, digest = asked_of(begin(client, desk))
        assert not Signoff.objects.exists()
        answer = finish(client, desk, key, device.sign(digest))
        row = Signoff.objects.select_related("entry").get()
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"/signatures/{row.public_id}/")
        assert row.authentication == "PASSKEY"
        assert row.entry
        terms = json.loads(row.entry.body)["terms"]
        assert terms["statement"] == digest
        assert is_signed(terms["assertion"], statement=row.statement)
        assert not is_signed(terms["assertion"], statement=f"{row.statement} ")
        with pytest.raises(InvalidSignature):
            is_signed({**terms["assertion"], "key": Device().kept()}, statement=row.statement)

    def test_needs_neither_password_nor_app(
        self, client: Client, desk: Desk, device: Device
    ) -> None:
        page = page_of(client, desk.cast.process_owner, desk)
        assert "Your password, again" not in page
        assert 'value="PASSKEY"' in page
        key, digest = asked_of(begin(client, desk, act="REFUSED", reason="Too little was run."))
        finish(client, desk, key, device.sign(digest))
        row = Signoff.objects.get()
        assert (row.act, row.reason) == ("REFUSED", "Too little was run.")

    def test_shows_once_more_what_is_signed(
        self, client: Client, desk: Desk, device: Device
    ) -> None:
        page = begin(client, desk, act="REFUSED", reason="Too <little> was run.").content.decode()
        assert "Too &lt;little&gt; was run." in page
        assert "may not go live on this evidence" in page
        assert "Order to cash" in page

    def test_counts_once(self, client: Client, desk: Desk, device: Device) -> None:
        key, digest = asked_of(begin(client, desk, act="REFUSED", reason="No."))
        credential = device.sign(digest)
        finish(client, desk, key, credential)
        page = finish(client, desk, key, credential).content.decode()
        assert "begun elsewhere, or too long ago" in page
        assert Signoff.objects.count() == 1

    def test_answers_409_when_the_evidence_moved_meanwhile(
        self, client: Client, desk: Desk, device: Device
    ) -> None:
        key, digest = asked_of(begin(client, desk))
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        desk.judge(at=LATER)
        answer = finish(client, desk, key, device.sign(digest))
        assert answer.status_code == 409
        assert not Signoff.objects.exists()

    def test_answers_409_when_the_title_moved_meanwhile(
        self, client: Client, desk: Desk, device: Device
    ) -> None:
        key, digest = asked_of(begin(client, desk))
        User.objects.filter(pk=desk.cast.process_owner.pk).update(name="Somebody Renamed")
        answer = finish(client, desk, key, device.sign(digest))
        assert answer.status_code == 409
        assert "no longer what stands here" in answer.content.decode()
        assert not Signoff.objects.exists()
        assert not RecordEntry.objects.filter(kind="SIGNED").exists()

    def test_signs_in_the_readers_language_and_in_no_other(
        self, client: Client, desk: Desk, device: Device
    ) -> None:
        people = User.objects.filter(pk=desk.cast.process_owner.pk)
        people.update(language="de")
        page = begin(client, desk)
        assert "Mit Ihrem Passkey unterzeichnen" in page.content.decode()
        key, digest = asked_of(page)
        people.update(language="en")
        assert finish(client, desk, key, device.sign(digest)).status_code == 409
        people.update(language="de")
        key, digest = asked_of(begin(client, desk))
        assert finish(client, desk, key, device.sign(digest)).status_code == 302
        said = json.loads(Signoff.objects.get().statement)["meaning"]
        assert said["language"] == "de"
        assert said["shown"].startswith("Ich habe")

    @pytest.mark.parametrize("wrong", ["other", "digest", "unverified", "type", "origin", "rp"])
    def test_refuses_what_the_device_did_not_sign(
        self, client: Client, desk: Desk, device: Device, wrong: str
    ) -> None:
        key, digest = asked_of(begin(client, desk))
        credential = {
            "other": lambda: Device().sign(digest),
            "digest": lambda: device.sign("00" * 32),
            "unverified": lambda: device.sign(digest, flags=PRESENT),
            "type": lambda: device.sign(digest, kind="webauthn.create"),
            "origin": lambda: changed(device, origin="https://evil.example").sign(digest),
            "rp": lambda: changed(device, host="evil.example").sign(digest),
        }[wrong]()
        answer = finish(client, desk, key, credential)
        assert answer.status_code == 422
        assert "did not sign this" in answer.content.decode()
        assert not Signoff.objects.exists()

    def test_refuses_somebody_elses_passkey(
        self, client: Client, desk: Desk, device: Device
    ) -> None:
        foreign = Device(identifier=b"of the sponsor")
        foreign.give_to(desk.cast.sponsor)
        key, digest = asked_of(begin(client, desk))
        assert finish(client, desk, key, foreign.sign(digest)).status_code == 422
        assert not Signoff.objects.exists()

    def test_refuses_a_device_whose_counter_stands_still(
        self, client: Client, desk: Desk, device: Device
    ) -> None:
        device.counter = 7
        key, digest = asked_of(begin(client, desk, act="REFUSED", reason="No."))
        assert finish(client, desk, key, device.sign(digest)).status_code == 302
        desk.judge(at=LATER + timedelta(minutes=1))
        key, digest = asked_of(begin(client, desk))
        assert finish(client, desk, key, device.sign(digest)).status_code == 422
        assert Signoff.objects.count() == 1

    def test_is_nobody_elses_draft(self, client: Client, desk: Desk, device: Device) -> None:
        key, digest = asked_of(begin(client, desk))
        other = Client()
        other.force_login(desk.cast.sponsor)
        finish(other, desk, key, device.sign(digest))
        assert not Signoff.objects.exists()

    def test_is_forgotten_after_a_while(
        self, client: Client, desk: Desk, device: Device, time_machine: TimeMachineFixture
    ) -> None:
        key, digest = asked_of(begin(client, desk))
        time_machine.shift(SECONDS + 1)
        finish(client, desk, key, device.sign(digest))
        assert not Signoff.objects.exists()

    def test_rubbish_is_a_wrong_attempt(self, client: Client, desk: Desk, device: Device) -> None:
        for rubbish in ("", "{}", "[]", "null", '{"id": 1}', "x" * 20_000):
            key, _ = asked_of(begin(client, desk))
            answer = finish(client, desk, key, rubbish)
            assert answer.status_code == 422, rubbish
        assert "Too many wrong attempts" in answer.content.decode()
        assert not Signoff.objects.exists()


def changed(device: Device, **differently: str) -> Device:
    """Return the same key, used elsewhere."""
    kept = {"identifier": device.identifier, "private": device.private}
    return Device(**{**kept, **differently})  # type: ignore[arg-type]
