"""Addresses of the REST interface below testing."""

from django.urls import URLPattern, URLResolver, path

from uat.api.coverage import CoverageView
from uat.api.defects import DefectChangeView, DefectListView
from uat.api.executions import ExecutionListView, ScenarioListView
from uat.api.photos import PhotoFileView

PROJECT = "projects/<uuid:project>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}scenarios/", ScenarioListView.as_view(), name="scenario-list"),
    path(f"{PROJECT}coverage/", CoverageView.as_view(), name="coverage-list"),
    path(f"{PROJECT}photos/<uuid:photo>/", PhotoFileView.as_view(), name="photo-file"),
    path(f"{PROJECT}executions/", ExecutionListView.as_view(), name="execution-list"),
    path(f"{PROJECT}defects/", DefectListView.as_view(), name="defect-list"),
    path(
        f"{PROJECT}defects/<uuid:defect>/changes/",
        DefectChangeView.as_view(),
        name="defect-change",
    ),
]
