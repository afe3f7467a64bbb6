"""Addresses of the REST interface below training."""

from django.urls import URLPattern, URLResolver, path

from training.api.matrix import MatrixView
from training.api.needs import NeedListView
from training.api.records import RecordListView

PROJECT = "projects/<uuid:project>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}training-matrix/", MatrixView.as_view(), name="training-matrix"),
    path(f"{PROJECT}training-needs/", NeedListView.as_view(), name="training-need-list"),
    path(f"{PROJECT}training-records/", RecordListView.as_view(), name="training-record-list"),
]
