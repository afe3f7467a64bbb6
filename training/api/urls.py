"""Addresses of the REST interface below training."""

from django.urls import URLPattern, URLResolver, path

from training.api.records import RecordListView

PROJECT = "projects/<uuid:project>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{PROJECT}training-records/", RecordListView.as_view(), name="training-record-list"),
]
