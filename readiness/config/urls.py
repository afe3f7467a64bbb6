"""All addresses: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("readiness.config.api_urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("readiness.urls")),
    path("", include("governance.urls")),
    path("", include("training.urls")),
    path("", include("uat.urls")),
    path("", include("reports.urls")),
]
