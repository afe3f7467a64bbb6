"""The end of a form that signs: what it asks for, by how the signer proves who it is."""

from typing import Any

import pytest

from governance.choices import SignoffAct, SignoffKind
from governance.forms.proof import SignerForm
from governance.services.identity_providers import IdentityProvider
from governance.services.proving import Ways

PROVIDER = IdentityProvider(
    name="northwind",
    issuer="https://login.example",
    client_id="gate",
    client_secret="",
    label="Northwind",
    organisation="northwind",
)
EVERY_WAY = Ways(app=True, passkey=True, providers=(PROVIDER,), must_agree=True)
BOTH = "CHARTER.SIGNED.1 CHARTER.REFUSED.1"


def form_of(ways: Ways, **sent: Any) -> SignerForm:
    """Return the form as somebody sent it; shown only, where nothing is sent."""
    acts = [SignoffAct.SIGNED, SignoffAct.REFUSED]
    return SignerForm(sent or None, kind=SignoffKind.CHARTER, acts=acts, ways=ways)


class TestSignerForm:
    def test_shows_the_keys_of_its_wordings_and_asks_to_agree(self) -> None:
        form = form_of(EVERY_WAY)
        assert form["meanings"].value() == BOTH
        assert [field.name for field in form.proof_fields] == ["agreed", "password", "code"]
        assert form.fields["agreed"].required
        assert "binds me" in str(form.fields["agreed"].label)
        assert form.sentence.startswith("As sponsor I grant")

    @pytest.mark.parametrize(
        ("ways", "names"),
        [
            (Ways(app=True), ["password", "code"]),
            (Ways(passkey=True), []),
            (Ways(providers=(PROVIDER,)), []),
            (Ways(), ["password"]),
        ],
    )
    def test_asks_only_for_what_the_account_has(self, ways: Ways, names: list[str]) -> None:
        assert [field.name for field in form_of(ways).proof_fields] == names

    @pytest.mark.parametrize(
        ("way", "method", "needs"),
        [
            ("PASSWORD_TOTP", "PASSWORD_TOTP", True),
            ("", "PASSWORD_TOTP", True),
            ("PASSKEY", "PASSKEY", False),
            ("SINGLE_SIGN_ON:northwind", "SINGLE_SIGN_ON", False),
            ("SINGLE_SIGN_ON:elsewhere", "PASSWORD_TOTP", True),
            ("SINGLE_SIGN_ON", "PASSWORD_TOTP", True),
            ("NOTHING", "PASSWORD_TOTP", True),
        ],
    )
    def test_needs_password_and_code_unless_something_else_proves(
        self, way: str, method: str, needs: bool
    ) -> None:
        form = form_of(EVERY_WAY, meanings=BOTH, agreed="on", way=way)
        assert form.way.method == method
        assert form.is_valid() is not needs
        assert set(form.errors) == ({"password", "code"} if needs else set())

    def test_takes_no_way_that_the_account_does_not_have(self) -> None:
        form = form_of(Ways(app=True), meanings=BOTH, way="PASSKEY")
        assert form.way.method == "PASSWORD_TOTP"
        assert not form.is_valid()

    def test_needs_the_agreement_whatever_the_way(self) -> None:
        form = form_of(EVERY_WAY, meanings=BOTH, way="PASSKEY")
        assert not form.is_valid()
        assert set(form.errors) == {"agreed"}

    @pytest.mark.parametrize(
        ("meanings", "key"),
        [(BOTH, "CHARTER.REFUSED.1"), ("CHARTER.SIGNED.1", "none"), ("x", "none")],
    )
    def test_says_which_wording_of_an_act_was_shown(self, meanings: str, key: str) -> None:
        form = form_of(Ways(passkey=True), meanings=meanings, way="PASSKEY")
        assert form.is_valid()
        assert form.shown_meaning(SignoffAct.REFUSED) == key
