"""Who was replaced, with what they held: rows for worlds in which every address has something."""

from datetime import date, datetime

from governance.models import Decision, Handover, HeldItem, Project, Replacement, User
from tests.factories import make_user


def make_replacement(*, project: Project, by: User, at: datetime, mark: str) -> Replacement:
    """Return a partner that was replaced; of two things that it held one is handed over."""
    scope = {"organisation_id": project.organisation_id, "project": project}
    partner = project.partners.order_by("pk")[0]
    row = Replacement.objects.create(
        **scope,
        decision=Decision.objects.create(**scope, code="DEC-R", title=mark, raised_at=at),
        partner=partner,
        consultant=make_user(organisation=partner, name=f"{mark} consultant"),
        reason=mark,
        leaves_date=date(2026, 12, 31),
        replaced_by=by,
        replaced_at=at,
    )
    items = [
        HeldItem.objects.create(
            **scope, replacement=row, kind="KNOWLEDGE", code=f"K-{number}", title=mark
        )
        for number in (1, 2)
    ]
    Handover.objects.create(
        **scope, item=items[0], taken_by=by, note=mark, noted_by=by, taken_at=at
    )
    return row
