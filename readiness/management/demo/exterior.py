"""What each demo project needs from outside, what may go wrong, and its calendar."""

from datetime import timedelta
from typing import Any

from governance.choices import CalendarKind, Level, RaidKind
from governance.models import CalendarEntry, ProviderConfirmation, RaidItem
from readiness.management.demo.cast import Cast
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.plans import HERO, at

NEEDS = (
    ("Payment files in the new format", "Nordbank"),
    ("Labels of the carrier from the new system", "Swift Parcel"),
    ("Electronic tax filing from the new ledger", "Tax office"),
)
RISKS = (
    (RaidKind.RISK, "The carrier may strike in the week of cutover.", Level.HIGH),
    (RaidKind.ISSUE, "The label printers in Porto do not take the new layout.", Level.MEDIUM),
)


def need_others(mapped: Mapped, cast: Cast) -> None:
    """Write dependencies, risks and days; Orion's bank was last heard of in spring."""
    plan, today, opened = mapped.stage.plan, mapped.stage.today, mapped.stage.opened_at
    scope = {"organisation_id": mapped.project.organisation_id, "project": mapped.project}
    go_live = mapped.project.go_live_date or today + timedelta(days=90)
    for number, (title, provider) in enumerate(NEEDS, 1):
        item = RaidItem.objects.create(
            **scope, code=f"X-{number:03d}", kind=RaidKind.DEPENDENCY, title=title,
            provider=provider, impact=Level.HIGH, owner=cast.project_manager,
            raised_by=cast.project_manager.name, raised_at=opened,
            due_date=go_live - timedelta(days=14),
        )  # fmt: skip
        old = 60 if plan is HERO and number == 1 else 2
        if plan.is_disciplined or number != 2:  # noqa: PLR2004 - the carrier never answered
            _promise(scope, item, cast, said=max(at(today - timedelta(days=old), 9), opened))
    for number, (sort, title, impact) in enumerate(RISKS, 1):
        RaidItem.objects.create(
            **scope, code=f"{sort[0]}-{number:03d}", kind=sort, title=title, impact=impact,
            probability=Level.MEDIUM, raised_by=cast.project_manager.name, raised_at=opened,
            owner=cast.project_manager if plan.is_disciplined else None,
        )  # fmt: skip
    near = 0 if plan is HERO else 21
    for kind, title, away in (
        (CalendarKind.CLOSE, "Quarter close", near),
        (CalendarKind.HOLIDAY, "Public holiday", -30),
    ):
        day = go_live - timedelta(days=away)
        CalendarEntry.objects.create(
            **scope, kind=kind, title=title, from_date=day, to_date=day + timedelta(days=1),
            written_by=cast.project_manager, written_at=opened,
        )  # fmt: skip


def _promise(scope: dict[str, Any], item: RaidItem, cast: Cast, *, said: Any) -> None:
    ProviderConfirmation.objects.create(
        **scope, item=item, promised_date=item.due_date or said.date(),
        confirmed_by=f"Desk of {item.provider}", noted_by=cast.project_manager, confirmed_at=said,
    )  # fmt: skip
