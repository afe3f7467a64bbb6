"""What of a recorded body takes part in its sentences, as the terms it was judged by."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from readiness.policy.terms import AcceptanceTerms, ExemptionTerms, StopTerms

Body = Mapping[str, Any]


def acceptance_of(risk: Body | None) -> AcceptanceTerms | None:
    """Return a recorded acceptance, where there is one."""
    if risk is None:
        return None
    return AcceptanceTerms(
        id=0,
        criterion=risk["criterion"],
        approver=risk["approver"],
        accepted_at=datetime.fromisoformat(risk["accepted_at"]),
        expires_at=datetime.fromisoformat(risk["expires_at"]),
    )


def exemption_of(recorded: Body | None) -> ExemptionTerms | None:
    """Return a recorded exemption, where there is one."""
    if recorded is None:
        return None
    return ExemptionTerms(
        criterion=recorded["criterion"],
        reason=recorded["reason"],
        approver=recorded["approver"],
        approved_at=datetime.min,  # noqa: DTZ901 - no sentence asks for it
    )


def stop_of(recorded: Body | None) -> StopTerms | None:
    """Return the recorded stop of a gate, where there is one."""
    if recorded is None:
        return None
    at = datetime.fromisoformat(recorded["at"])
    return StopTerms(recorded["by"], recorded["reason"], at)
