"""Leaks of rows to plant: each breaks one thing, as it was broken elsewhere before."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied

from governance.models import (
    BusinessProcess,
    Decision,
    DecisionOutcome,
    Invitation,
    Organisation,
    Participation,
    Project,
    User,
)
from tests.authorisation.planting import appending, instead, leak, replace, with_form
from uat.models import Defect, Scenario

DETAIL, ADD, LIST = (f"governance:decision-{each}" for each in ("detail", "add", "list"))


@leak("P1 a row by its identifier alone", DETAIL)
def _() -> None:
    replace("governance.querysets.projects:ProjectQuerySet.visible_to", lambda _: _everything)


def _everything(rows: Any, user: User) -> Any:
    return rows.all()


@leak("P2 a list of everybody's rows", LIST)
def _() -> None:
    replace("governance.views.decisions:render", appending(lambda _: str(_titles(Decision))))


def _titles(model: Any, **narrowed: Any) -> list[str]:
    return list(model.objects.filter(**narrowed).values_list("title", flat=True))


@leak("P3 the own project and a foreign row in it", DETAIL)
def _() -> None:
    replace("governance.views.decisions:get_object_or_404", _without("project"))


def _without(name: str) -> Callable[[Any], Any]:
    def wrap(found: Any) -> Any:
        def looked_up(rows: Any, **wanted: Any) -> Any:
            wanted.pop(name)
            return found(rows, **wanted)

        return looked_up

    return wrap


@leak("P4 a row moved to a foreign project", ADD)
def _() -> None:
    def moving(raise_decision: Any) -> Any:
        def raised(**terms: Any) -> Any:
            row = raise_decision(**terms)
            other = Project.objects.exclude(organisation_id=row.organisation_id).first()
            Decision.objects.filter(pk=row.pk).update(
                project=other, organisation_id=other.organisation_id if other else None
            )
            return row

        return raised

    replace("governance.views.decisions:raise_decision", moving)


@leak("P5 a foreign account as the decider of the own row", ADD)
def _() -> None:
    everybody = with_form("decider", User.objects.all)
    replace("governance.forms.decisions:DecisionForm.__init__", everybody)


@leak("P6 a count over all clients", LIST)
def _() -> None:
    replace("governance.views.decisions:render", appending(lambda _: str(Decision.objects.count())))


@leak("P7 a filter by a foreign relation", "uat:scenario-list")
def _() -> None:
    def found(request: Any) -> str:
        asked = str(request.GET.get("process", ""))
        held = Scenario.objects.filter(process_id=int(asked)) if asked.isdecimal() else ()
        return "some" if held else "none"

    replace("uat.views.scenarios:render", appending(found))


@leak("P8 a code that another client uses", "api:defect-list",
      actors=("project_manager token(read+push)",))  # fmt: skip
def _() -> None:
    def refusing(post: Any) -> Any:
        @wraps(post)
        def posted(view: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
            code = str(request.data.get("code", "-"))
            mine = request.user.organisation_id
            if Defect.objects.filter(code__startswith=code).exclude(organisation_id=mine).exists():
                raise PermissionDenied
            return post(view, request, *args, **kwargs)

        return posted

    replace("uat.api.defects:DefectListView.post", refusing)


@leak("P9 a search through everybody's rows", "uat:scenario-list")
def _() -> None:
    def found(request: Any) -> str:
        words = request.GET.get("q", "")
        return str(len(_titles(Scenario, title__icontains=words)) if words else "")

    replace("uat.views.scenarios:render", appending(found))


@leak("P10 rows by a list of identifiers", "uat:scenario-list")
def _() -> None:
    def found(request: Any) -> str:
        asked = [each for each in request.GET.get("ids", "").split(",") if each.isdecimal()]
        return str(_titles(Scenario, pk__in=asked))

    replace("uat.views.scenarios:render", appending(found))


@leak("P11 a look that changes something", DETAIL)
def _() -> None:
    def changing(page: Any) -> Any:
        def shown(found: Decision, **terms: Any) -> Any:
            Decision.objects.filter(pk=found.pk).update(detail=f"{found.detail}.")
            return page(found, **terms)

        return shown

    replace("governance.views.decisions:decision_page", changing)


@leak("P12 foreign rows in a choice of many", ADD)
def _() -> None:
    rows = with_form("blocked", BusinessProcess.objects.all)
    replace("governance.forms.decisions:DecisionForm.__init__", rows)


@leak("P13 a job by its identifier", "api:job-show", actors=("project_manager token(read+push)",))
def _() -> None:
    from_all = _from_all_rows()
    replace("governance.api.jobs:get_object_or_404", from_all)


def _from_all_rows() -> Callable[[Any], Any]:
    return lambda found: lambda rows, **wanted: found(rows.model._base_manager.all(), **wanted)


@leak("P14 403 for what is there and 404 for what is not", DETAIL)
def _() -> None:
    def telling(found: Any) -> Any:
        def looked_up(rows: Any, **wanted: Any) -> Any:
            there = rows.model._base_manager.filter(**wanted).exists()
            if there and not rows.filter(**wanted).exists():
                raise PermissionDenied
            return found(rows, **wanted)

        return looked_up

    replace("governance.views.entry:get_object_or_404", telling)


@leak("P15 a form that offers foreign rows", "readiness:request-add")
def _() -> None:
    everybody = with_form("asked", User.objects.all)
    replace("readiness.forms.risks:AskForm.__init__", everybody)


@leak("P16 a partner that answers for the business", ADD, actors=("consultant@a",))
def _() -> None:
    replace("governance.views.decisions:raise_decision", _answered_at_once)


def _answered_at_once(raise_decision: Any) -> Any:
    def raised(**terms: Any) -> Any:
        row, user = raise_decision(**terms), terms["raised_by"]
        DecisionOutcome.objects.create(
            organisation_id=row.organisation_id,
            project_id=row.project_id,
            decision=row,
            outcome="Yes",
            decided_by=user,
            decided_affiliation="CLIENT",
            decided_at=terms["raised_at"],
        )
        return row

    return raised


@leak("a decision that is decided as it is raised", ADD, actors=("business_user", "it"))
def _() -> None:
    replace("governance.views.decisions:raise_decision", _answered_at_once)


@leak("a rule that asks for no role", "governance:owner-change", actors=("business_user", "it"))
def _() -> None:
    replace("governance.permissions.act:Act.allows", instead(answer=True))


@leak("an approval by a second identity", DETAIL, actors=("sponsor",))
def _() -> None:
    def by_another(decide: Any) -> Any:
        def decided(**terms: Any) -> Any:
            same = User.objects.filter(organisation_id=terms["decided_by"].organisation_id)
            other = same.exclude(pk=terms["decided_by"].pk).first()
            return decide(**{**terms, "decided_by": other})

        return decided

    replace("governance.services.decisions:refuse_without_right", instead(answer=None))
    replace("governance.views.decisions:decide", by_another)


@leak("a role that was ended and still opens", DETAIL, actors=("former",))
def _() -> None:
    def ever(_: Any) -> Any:
        def visible_to(rows: Any, user: User) -> Any:
            held = Participation.objects.filter(user_id=user.pk)
            return rows.filter(pk__in=held.values("project_id"))

        return visible_to

    replace("governance.querysets.projects:ProjectQuerySet.visible_to", ever)


@leak("a partner's account that sees two clients at once", DETAIL, actors=("shared@a",))
def _() -> None:
    def both(_: Any) -> Any:
        def visible_to(rows: Any, user: User) -> Any:
            held = Participation.objects.filter(user_id=user.pk, ended_at__isnull=True)
            return rows.filter(pk__in=held.values("project_id"))

        return visible_to

    replace("governance.querysets.projects:ProjectQuerySet.visible_to", both)


@leak("an invitation into another client", "governance:invitation-add", actors=("administrator",))
def _() -> None:
    def elsewhere(save: Any) -> Any:
        @wraps(save)
        def saved(row: Invitation, *args: Any, **kwargs: Any) -> None:
            others = Organisation.objects.exclude(pk=row.organisation_id)
            row.organisation, row.project, row.role = others.latest("pk"), None, ""
            row.organisation = others.filter(kind="CLIENT").get()
            save(row, *args, **kwargs)

        return saved

    replace("governance.models:Invitation.save", elsewhere)
