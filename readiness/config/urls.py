"""All addresses: each app brings its own."""

from django.conf import settings
from django.urls import include, path
from django.utils.module_loading import import_string

from governance.views.adapter import refuse_new_address
from governance.views.language import choose_language

handler500 = "governance.views.mistakes.show_mistake"
urlpatterns = [
    path("api/v1/", include("readiness.config.api_urls")),
    path("language/", choose_language, name="i18n-set"),
    path("accounts/email/", refuse_new_address, name="account_email"),
    path("accounts/", include("readiness.config.account_urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("", include("readiness.urls")),
    path("", include("governance.urls")),
    path("", include("training.urls")),
    path("", include("uat.urls")),
    path("", include("reports.urls")),
]
if settings.ADMIN:
    urlpatterns.append(path("operator/", import_string("governance.admin.site").urls))
