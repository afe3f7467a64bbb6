"""What the pages of second factors do otherwise than their makers meant."""

from typing import Any, ClassVar

from allauth.account.utils import user_email
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext, gettext_lazy

from governance.services.accounts import WRONG_CODE
from governance.services.factors import is_last_factor, needs_second_factor
from governance.services.sealing import seal, unseal


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seal what is kept, and keep the last factor of an account that needs one."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Your account needs a second factor. Add another one first, or replace this one."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes come with a second factor. Set one up first."
        ),
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is written."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was sealed."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to leave an account without a second factor that needs one."""
        return not (is_last_factor(authenticator) and needs_second_factor(authenticator.user))

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002 - the maker's name
    ) -> str:
        """Number the passkeys."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)d") % {"number": held + 1}

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Name the account in the authenticator app."""
        label: str = user_email(user)
        return label

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Name the product, and not only its host, where the browser asks."""
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": mfa_settings.TOTP_ISSUER}
