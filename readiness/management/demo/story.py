"""The demo from the first day to now, in the order in which it would have happened."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from governance.choices import Role
from governance.models import Project
from governance.services.carrying import record_rows
from readiness.choices import SnapshotTrigger
from readiness.imports.policies import import_built_in_policy
from readiness.management.demo import (
    curriculum,
    deciding,
    escalating,
    mapping,
    participation,
    partnering,
    reporting,
    steering,
    testing,
)
from readiness.management.demo.cast import Cast, bring_cast, invite_somebody
from readiness.management.demo.charter import empower, sign_charters
from readiness.management.demo.exterior import need_others
from readiness.management.demo.plans import HERO, PORTFOLIO, stage_of
from readiness.management.demo.signing import delegate_one, sign_all, sign_scopes, sign_some
from readiness.management.demo.telling import tell_everybody
from readiness.services.evaluation import evaluate_gates
from readiness.services.nights import backfill_nights
from readiness.services.policies import adopt_policy
from readiness.services.self_escalation import sweep_escalations

SIGNED_SLUGS = ("baltic", "treasury")
HERO_SCOPES = 5


def tell_story(*, today: date, now: datetime, nights: int, tell: Callable[[str], object]) -> None:
    """Write the demo's facts, judge its nights from them and let the owners act."""
    import_built_in_policy()
    tell("Organisations, accounts, projects …")
    with transaction.atomic():
        cast = bring_cast()
        hero = _play(HERO.slug, cast, today=today)
        invite_somebody(cast, hero.project, now=now)
        for plan in PORTFOLIO:
            tell(f"  {plan.name}")
            _play(plan.slug, cast, today=today)
    tell(f"{nights} nights of judgements …")
    projects = list(Project.objects.filter(organisation=cast.client))
    backfill_nights(
        projects=projects,
        first=today - timedelta(days=nights),
        last=today - timedelta(days=1),
        now=now,
        judge=evaluate_gates,
    )
    sign_charters(projects, cast=cast, now=now)
    tell("Owners sign and refuse …")
    sign_scopes(hero.project, at=now - timedelta(minutes=10), most=HERO_SCOPES)
    sign_some(hero.project, tester=cast.leads[Role.BUSINESS_USER])
    delegate_one(hero.project, sponsor=cast.sponsor)
    sweep_escalations(at=timezone.now())
    for place, slug in enumerate(SIGNED_SLUGS):
        project = next(each for each in projects if each.slug == slug)
        sign_all(project, sponsor=cast.sponsor, minutes_ago=4 - 2 * place)
    steering.read_judgements(projects, cast)
    tell_everybody(projects, hero=hero.project, now=now)
    evaluate_gates(
        project_ids=[project.pk for project in projects],
        as_of=timezone.now(),
        trigger=SnapshotTrigger.BY_HAND,
    )


def _play(slug: str, cast: Cast, *, today: date) -> mapping.Mapped:
    plan = next(plan for plan in (HERO, *PORTFOLIO) if plan.slug == slug)
    stage = stage_of(plan, today=today)
    mapped = mapping.draw_map(stage, cast)
    adopt_policy(project=mapped.project)
    if plan.trained:
        curriculum.teach(mapped)
    if plan.tested:
        testing.exercise(mapped, cast)
    healthy = plan.owned == 1 and plan.tested == 1
    is_hero = plan is HERO
    mapping.raise_questions(mapped, cast, count=14 if is_hero else 3, answered=3 if healthy else 9)
    mapping.note_assumptions(mapped, cast, count=8 if is_hero else 2, ratified=2 if healthy else 5)
    deciding.offer_and_note(mapped, cast)
    reporting.report_metrics(mapped, cast)
    reporting.report_colours(mapped, cast)
    if plan.slug in reporting.ACCEPTED_SLUGS:
        reporting.accept_risk(mapped, cast)
    if is_hero:
        reporting.note_caveats(mapped, cast)
        reporting.ask_for_risk(mapped, cast)
    _lead(mapped, cast)
    record_rows(mapped.project)
    return mapped


def _lead(mapped: mapping.Mapped, cast: Cast) -> None:
    """Let people be asked for, escalated to, empowered and called to meetings."""
    participation.ask_departments(mapped, cast)
    partnering.show_partner(mapped, cast)
    escalating.escalate_some(mapped, cast=cast)
    empower(mapped, cast)
    steering.hold_meetings(mapped, cast)
    need_others(mapped, cast)
