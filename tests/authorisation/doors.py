"""Leaks at the doors: who is let in, what a token may do, what a browser is told."""

from typing import Any

from django.http import HttpResponse

from governance.models import ApiToken, User
from tests.authorisation.leaks import LIST
from tests.authorisation.planting import PLANTS, Leak, instead, leak, replace

__all__ = ["PLANTS", "Leak"]
API = "api:decision-list"
TOKENS = tuple(
    f"project_manager token({each})"
    for each in ("read+push", "push", "none", "read+push revoked", "read+push expired")
)


@leak("a session of a closed account", LIST, actors=("closed",))
def _() -> None:
    replace("governance.middleware:AccountBackend.user_can_authenticate", instead(answer=True))
    replace("governance.querysets.projects:ProjectQuerySet.visible_to", _all_of_its_own)


def _all_of_its_own(_: Any) -> Any:
    def visible_to(rows: Any, user: User) -> Any:
        return rows.filter(organisation_id=user.organisation_id)

    return visible_to


@leak("a token that was revoked or has expired", API, actors=TOKENS)
def _() -> None:
    replace(
        "governance.api.authentication:TokenAuthentication._refuse_unusable", instead(answer=None)
    )


@leak("a token that does more than it may", "api:defect-list", actors=(
    "project_manager token(read)", "project_manager token(none)",
))  # fmt: skip
def _() -> None:
    replace("governance.api.permissions:TokenHasScope.has_permission", instead(answer=True))


@leak("a session that opens the REST interface", API, actors=("project_manager",))
def _() -> None:
    def by_session(_: Any) -> Any:
        def authenticate(self: Any, request: Any) -> Any:
            user = User.objects.filter(pk=request._request.user.pk).first() or User()
            token = ApiToken.objects.filter(user_id=user.pk, scopes__contains="READ").first()
            return (user, token) if token else None

        return authenticate

    replace("governance.api.authentication:TokenAuthentication.authenticate", by_session)


@leak("somebody else's token by its identifier", "governance:token-revoke",
      actors=("project_manager", "b_sponsor"))  # fmt: skip
def _() -> None:
    replace("governance.querysets.tokens:ApiTokenQuerySet.of_user", lambda _: _whoever)


def _whoever(rows: Any, user: User) -> Any:
    return rows.all()


@leak("a client's account in another administrator's hands", "governance:account-detail",
      actors=("b_administrator", "partner_administrator@a"))  # fmt: skip
def _() -> None:
    replace("governance.querysets.accounts:AccountQuerySet.administered_by", lambda _: _whoever)


@leak("a form without its token", "governance:decision-add", actors=("project_manager",))
def _() -> None:
    replace("django.middleware.csrf:CsrfViewMiddleware.process_view", instead(answer=None))


@leak("a way back that leads elsewhere", "i18n-set", actors=("project_manager", "anonymous"))
def _() -> None:
    replace("governance.views.language:is_own_page", instead(answer=True))


@leak("an upload that is shown in the page's own place", "uat:photo-download",
      actors=("project_manager",))  # fmt: skip
def _() -> None:
    def inline(_: Any) -> Any:
        def answer(*args: Any, headers: dict[str, str] | None = None, **kwargs: Any) -> Any:
            kept = {name: held for name, held in (headers or {}).items() if "Dispo" not in name}
            return HttpResponse(*args, headers=kept, **kwargs)

        return answer

    replace("uat.views.runs:HttpResponse", inline)


@leak("a page without a policy for its scripts", LIST, actors=("project_manager",))
def _() -> None:
    replace(
        "csp.middleware:CSPMiddleware.process_response",
        lambda _: lambda self, request, response: response,
    )


@leak("an address of administrators that everybody is served", "governance:security-log",
      "governance:account-list", actors=("business_user", "sponsor"))  # fmt: skip
def _() -> None:
    replace("governance.views.doors:OnlyRegistered.process_view", instead(answer=None))
