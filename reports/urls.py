"""Addresses of the reports app."""

from django.urls import URLPattern, URLResolver, path

from reports.views import ask_for_report, download_report, list_reports, show_report

app_name = "reports"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<uuid:project>/reports/", list_reports, name="report-list"),
    path("p/<uuid:project>/reports/request/", ask_for_report, name="report-request"),
    path("p/<uuid:project>/reports/<uuid:snapshot>/", show_report, name="report-detail"),
    path(
        "p/<uuid:project>/reports/<uuid:report>/download/",
        download_report,
        name="report-download",
    ),
]
