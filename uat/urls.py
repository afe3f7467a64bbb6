"""Addresses of the uat app."""

from django.urls import URLPattern, URLResolver, path

from uat.views.scenarios import list_defects, list_scenarios, record_run, show_scenario

app_name = "uat"

urlpatterns: list[URLPattern | URLResolver] = [
    path("p/<uuid:project>/scenarios/", list_scenarios, name="scenario-list"),
    path("p/<uuid:project>/scenarios/<uuid:scenario>/", show_scenario, name="scenario-detail"),
    path("p/<uuid:project>/scenarios/<uuid:scenario>/run/", record_run, name="run-add"),
    path("p/<uuid:project>/defects/", list_defects, name="defect-list"),
]
