"""All addresses of the REST interface: each app brings its own."""

from django.urls import include, path

app_name = "api"

urlpatterns = [
    path("", include("governance.api.urls")),
    path("", include("readiness.api.urls")),
    path("", include("training.api.urls")),
    path("", include("uat.api.urls")),
    path("", include("reports.api.urls")),
    path("", include("governance.api.unknown_urls")),
]
