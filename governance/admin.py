"""The operator's look at the tables: off unless switched on, for superusers, and only to read.

Whoever runs the installation finds an account or an organisation here. Nothing is changed
here: no password, no e-mail, no second factor, no role, no row of any kind.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path

from governance.models import Organisation, Participation, SecurityEvent, User
from governance.services.factors import has_second_factor

if TYPE_CHECKING:
    Table = admin.ModelAdmin[Any]
else:
    Table = admin.ModelAdmin  # takes no parameter when it runs
FIRST = "admin:governance_organisation_changelist"


def may_operate(user: Any) -> bool:
    """Say whether somebody runs the installation: a superuser with a second factor."""
    if not (user.is_authenticated and user.is_active and user.is_superuser):
        return False
    return has_second_factor(user)


class OperatorsSite(admin.AdminSite):
    """Show tables to superusers; everybody else finds nothing here."""

    site_header = site_title = "Readiness Gate"
    site_url = None
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Let superusers with a second factor in."""
        return may_operate(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Answer as if nothing were here where somebody may not look."""
        inner = super().admin_view(view, cacheable)

        def looked(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise Http404
            answer: HttpResponse = inner(request, *args, **names)
            return answer

        return looked

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the tables, and for what the pages link to besides, our own pages."""

        def away(to: str) -> Any:
            def lead(request: HttpRequest, **_: Any) -> HttpResponse:
                return redirect(to)

            return self.admin_view(lead)

        found: list[URLPattern | URLResolver] = [
            path("", away(FIRST), name="index"),
            path("tables/<str:app_label>/", away(FIRST), name="app_list"),
            path("sign-out/", away("account_logout"), name="logout"),
            path("password/", away("account_change_password"), name="password_change"),
            path("words/", self.admin_view(self.i18n_javascript), name="jsi18n"),
        ]
        for model, held in self._registry.items():
            word = f"{model._meta.app_label}_{model._meta.model_name}"
            place, back = f"{model._meta.model_name}/", away(f"admin:{word}_changelist")
            row = f"{place}<str:object_id>/"
            found += [
                path(place, self.admin_view(held.changelist_view), name=f"{word}_changelist"),
                path(row, self.admin_view(held.change_view), name=f"{word}_change"),
                path(f"{row}history/", back, name=f"{word}_history"),
            ]
        return found


class ReadOnly(Table):
    """Show rows and change none."""

    actions = None
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the table to whoever may be here at all."""
        return may_operate(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show the row to whoever may be here at all."""
        return may_operate(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


site = OperatorsSite(name="admin")


@admin.register(Organisation, site=site)
class OrganisationTable(ReadOnly):
    """Clients and partners."""

    list_display = fields = ("name", "slug", "kind", "public_id")
    search_fields = ("name", "slug")


@admin.register(User, site=site)
class UserTable(ReadOnly):
    """Accounts, without what opens them."""

    list_display = ("email", "name", "organisation", "is_administrator", "is_active")
    fields = (*list_display, "kind", "is_superuser", "last_login", "created_at", "public_id")
    list_select_related = ("organisation",)
    list_filter = ("organisation", "kind", "is_administrator", "is_active")
    search_fields = ("email", "name")


@admin.register(Participation, site=site)
class ParticipationTable(ReadOnly):
    """Roles of accounts in projects."""

    list_display = fields = ("user", "role", "project", "organisation", "started_at", "ended_at")
    list_select_related = ("user", "project", "organisation")
    list_filter = ("role",)


@admin.register(SecurityEvent, site=site)
class SecurityEventTable(ReadOnly):
    """The security log of every organisation."""

    list_display = ("happened_at", "kind", "account", "actor", "organisation", "project", "address")
    fields = (*list_display, "terms")
    list_select_related = ("account", "actor", "organisation", "project")
    list_filter = ("kind",)
