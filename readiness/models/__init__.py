"""Tables of the gate."""

from readiness.models.acceptances import Acceptance, AcceptanceScenario, AcceptanceWithdrawal
from readiness.models.adoptions import PolicyAdoption
from readiness.models.caveats import CaveatResolution
from readiness.models.digests import Digest, DigestChoice
from readiness.models.policies import Criterion, Exemption, Gate, Policy
from readiness.models.reported import ReportedReading, ReportedStatus
from readiness.models.requests import AcceptanceAnswer, AcceptanceRequest
from readiness.models.reviews import CaveatReading, Review
from readiness.models.snapshots import Finding, Night, Snapshot
from readiness.models.visits import Visit

__all__ = [
    "Acceptance",
    "AcceptanceAnswer",
    "AcceptanceRequest",
    "AcceptanceScenario",
    "AcceptanceWithdrawal",
    "CaveatReading",
    "CaveatResolution",
    "Criterion",
    "Digest",
    "DigestChoice",
    "Exemption",
    "Finding",
    "Gate",
    "Night",
    "Policy",
    "PolicyAdoption",
    "ReportedReading",
    "ReportedStatus",
    "Review",
    "Snapshot",
    "Visit",
]
