"""Addresses of the reports app."""

from django.urls import URLPattern, URLResolver, path

from reports.views import (
    ask_for_pack,
    ask_for_report,
    download_checkpoint,
    download_pack,
    download_report,
    list_packs,
    list_reports,
    make_certificate,
    show_report,
)

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
    path(
        "p/<uuid:project>/signatures/<uuid:signoff>/certificate/",
        make_certificate,
        name="certificate-print",
    ),
    path("p/<uuid:project>/record/packs/", list_packs, name="pack-list"),
    path("p/<uuid:project>/record/packs/request/", ask_for_pack, name="pack-request"),
    path(
        "p/<uuid:project>/record/packs/<uuid:pack>/download/", download_pack, name="pack-download"
    ),
    path(
        "p/<uuid:project>/record/packs/<uuid:pack>/checkpoint/",
        download_checkpoint,
        name="checkpoint-download",
    ),
]
