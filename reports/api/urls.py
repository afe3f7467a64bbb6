"""Addresses of the REST interface below reports."""

from django.urls import URLPattern, URLResolver, path

from reports.api.packs import PackFileView, PackListView
from reports.api.reports import ReportFileView, ReportListView

PROJECT = "projects/<uuid:project>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}reports/", ReportListView.as_view(), name="report-list"),
    path(f"{PROJECT}reports/<uuid:report>/pdf/", ReportFileView.as_view(), name="report-file"),
    path(f"{PROJECT}record/packs/", PackListView.as_view(), name="pack-list"),
    path(f"{PROJECT}record/packs/<uuid:pack>/zip/", PackFileView.as_view(), name="pack-file"),
]
