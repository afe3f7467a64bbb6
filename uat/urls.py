"""Addresses of the uat app."""

from django.urls import URLPattern, URLResolver, path

from uat.views.defects import list_defects
from uat.views.runs import download_photo, record_run
from uat.views.scenarios import list_scenarios, show_coverage, show_scenario
from uat.views.turnout import list_testers

app_name = "uat"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<uuid:project>/scenarios/", list_scenarios, name="scenario-list"),
    path("p/<uuid:project>/scenarios/coverage/", show_coverage, name="coverage-show"),
    path("p/<uuid:project>/scenarios/<uuid:scenario>/", show_scenario, name="scenario-detail"),
    path("p/<uuid:project>/scenarios/<uuid:scenario>/run/", record_run, name="run-add"),
    path("p/<uuid:project>/photos/<uuid:photo>/", download_photo, name="photo-download"),
    path("p/<uuid:project>/defects/", list_defects, name="defect-list"),
    path("p/<uuid:project>/scenarios/testers/", list_testers, name="tester-list"),
]
