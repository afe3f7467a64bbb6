"""A signature that waits for its signer's passkey, in the session of one sponsor."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.urls import reverse

from governance.choices import AuthenticationMethod
from governance.views.drafts import KEY
from tests.authorisation.actors import Actor
from tests.authorisation.stock import Stock
from tests.signing import LATER

KEY_OF_IT = "the-draft-of-the-sponsor"
SECOND_STEP = f"closure/?draft={KEY_OF_IT}"


def begin(actor: Actor, stock: Stock) -> None:
    """Leave a draft over the closure of testing in a session: the second step is open there."""
    engine: Any = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore(session_key=actor.cookie)
    session[KEY] = {
        "key": KEY_OF_IT,
        "account": actor.pk,
        "path": reverse("readiness:document-sign", args=[stock.project.public_id, "closure"]),
        "method": str(AuthenticationMethod.PASSKEY),
        "begun_at": LATER.timestamp(),
        "challenge": "c" * 43,
        "reason_nonce": "d" * 32,
        "digest": "0" * 64,
        "fields": {"act": ["SIGNED"]},
        "shown": {
            "title": stock.project.name,
            "sentence": "Meant",
            "reason": "",
            "evidence": "0" * 64,
        },
    }
    session.save()
