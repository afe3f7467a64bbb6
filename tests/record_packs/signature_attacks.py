"""What is done to signatures behind the record's back; see attacks.py."""

import json
import random

from tests.record_packs import canonical
from tests.record_packs.attacks import Attack, Touched, renumber, restate, signed, statement_of
from tests.record_packs.canonical import Json
from tests.record_packs.logs import Log, Signing
from tests.record_packs.passkeys import P256, Ceremony


def paste_signature(log: Log, chance: random.Random) -> Touched:
    """Copy a signature onto another record."""
    at = chance.choice(signed(log))
    copied = json.loads(canonical.write(log.entries[at]))
    copied |= {"subject": log.subject(), "seq": len(log.entries), "at": log.entries[-1]["at"]}
    log.entries.append(copied)
    return Touched(len(log.entries) - 1, is_forbidden=True)


def replay_signature(log: Log, chance: random.Random) -> Touched:
    """Put a signature into the record again, after it was withdrawn."""
    at = chance.choice(signed(log))
    copied = json.loads(canonical.write(log.entries[at]))
    copied |= {"seq": len(log.entries), "at": log.entries[-1]["at"], "nonce": log.nonce()}
    log.entries.append(copied)
    return Touched(len(log.entries) - 1, is_forbidden=True)


def move_signature(log: Log, chance: random.Random) -> Touched:
    """Let a signature given by password speak of another record, statement and all."""
    at = chance.choice(signed(log, "PASSWORD_TOTP"))
    log.entries[at]["subject"] = log.subject()
    restate(log, at, subject=log.entries[at]["subject"])
    return Touched(at)


def move_passkey_signature(log: Log, chance: random.Random) -> Touched:
    """Let a signature given by passkey speak of another record; nobody can sign that anew."""
    at = chance.choice(signed(log, "PASSKEY"))
    log.entries[at]["subject"] = log.subject()
    restate(log, at, subject=log.entries[at]["subject"])
    return Touched(at, is_forbidden=True)


def sign_as_another(log: Log, chance: random.Random) -> Touched:
    """Let the passkey of the author sign in the place of the signer's."""
    at = chance.choice(signed(log, "PASSKEY"))
    log.entries[at]["subject"] = log.subject()
    restate(log, at, subject=log.entries[at]["subject"])
    statement = log.documents[log.entries[at]["terms"]["statement"]]
    log.entries[at]["terms"]["assertion"] = Ceremony(P256("of the author")).sign(statement)
    return Touched(at)


def turn_refusal(log: Log, chance: random.Random) -> Touched:
    """Make a refusal a signature."""
    at = chance.choice([at for at in signed(log) if log.entries[at]["kind"] == "REFUSED"])
    log.entries[at]["kind"] = "SIGNED"
    restate(log, at, act="SIGNED")
    return Touched(at)


def rename_signer(log: Log, chance: random.Random) -> Touched:
    """Print another name below a signature given by password."""
    at = chance.choice(signed(log, "PASSWORD_TOTP"))
    log.entries[at]["terms"]["signer_name"] = "Somebody Else"
    restate(log, at, signer=statement_of(log, at)["signer"] | {"name": "Somebody Else"})
    return Touched(at)


def print_another_name(log: Log, chance: random.Random) -> Touched:
    """Print another name than the statement has."""
    at = chance.choice(signed(log))
    log.entries[at]["terms"]["signer_name"] = "Somebody Else"
    return Touched(at, is_forbidden=True)


def swap_statements(log: Log, chance: random.Random) -> Touched:
    """Let two signatures name each other's statement."""
    first, second = sorted(chance.sample(signed(log), 2))
    terms, others = log.entries[first]["terms"], log.entries[second]["terms"]
    terms["statement"], others["statement"] = others["statement"], terms["statement"]
    return Touched(first, is_forbidden=True)


def swap_exhibit(log: Log, chance: random.Random) -> Touched:
    """Put another exhibit behind a signature given by password."""
    at = chance.choice(signed(log, "PASSWORD_TOTP"))
    restate(log, at, exhibit=log.document(canonical.write({"of": 118, "runs": [], "red": 0})))
    return Touched(at)


def replace_exhibit(log: Log, chance: random.Random) -> Touched:
    """Put another exhibit into the pack and leave the statement as it was."""
    at = chance.choice(signed(log))
    del log.documents[statement_of(log, at)["exhibit"]]
    log.document(canonical.write({"of": 118, "runs": [], "red": 0}))
    return Touched(at, is_forbidden=True)


def sign_as_partner(log: Log, chance: random.Random) -> Touched:
    """Let a partner sign."""
    partner = {"kind": "PARTNER", "organisation": log.partner}
    return _sign_as(log, partner)


def sign_as_foreigner(log: Log, chance: random.Random) -> Touched:
    """Let somebody of another client sign."""
    return _sign_as(log, {"organisation": log.uuid()})


def _sign_as(log: Log, actor: Json) -> Touched:
    log.sign(
        Signing(
            change_statement=lambda row: row["signer"].update(organisation=actor["organisation"]),
            change_entry=lambda row: row["actor"].update(actor),
        )
    )
    return Touched(len(log.entries) - 1, is_forbidden=True)


def begin_signed(log: Log, chance: random.Random) -> Touched:
    """Let the record begin in its final state: with a signature and nothing before it."""
    at = chance.choice(signed(log))
    log.entries[:] = log.entries[at:]
    renumber(log)
    return Touched(0, is_forbidden=True)


def wipe_reset(log: Log, chance: random.Random) -> Touched:
    """Say another time since the signer's second factor was reset."""
    at = chance.choice(signed(log))
    log.entries[at]["terms"]["reset_hours"] = 900
    return Touched(at)


OTHERS: dict[str, Attack] = {
    "a signature copied onto another record": paste_signature,
    "a signature given again": replay_signature,
    "a signature moved, statement and all": move_signature,
    "a passkey's signature moved": move_passkey_signature,
    "a passkey replaced by the author's": sign_as_another,
    "a refusal made a signature": turn_refusal,
    "the signer renamed": rename_signer,
    "another name printed": print_another_name,
    "two statements swapped": swap_statements,
    "an exhibit swapped, statement and all": swap_exhibit,
    "an exhibit replaced": replace_exhibit,
    "a partner signs": sign_as_partner,
    "somebody of another client signs": sign_as_foreigner,
    "the record begins with a signature": begin_signed,
    "the reset of a second factor hidden": wipe_reset,
}
