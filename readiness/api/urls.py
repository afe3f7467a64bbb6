"""Addresses of the REST interface below the gate."""

from django.urls import URLPattern, URLResolver, path

from readiness.api.acceptances import AcceptanceListView, AcceptanceRequestListView
from readiness.api.caveats import CaveatListView, CaveatResolutionView
from readiness.api.changes import StatusChangeListView
from readiness.api.docs import SchemaView, show_docs
from readiness.api.gates import CriterionListView, GateListView
from readiness.api.leaders import LeaderListView
from readiness.api.metrics import MetricListView
from readiness.api.projects import ProcessListView, ProcessView, ProjectListView, ProjectView
from readiness.api.replacements import ReplacementListView
from readiness.api.reported import ReportedMetricListView, ReportedStatusListView
from readiness.api.snapshots import (
    FindingListView,
    LatestSnapshotView,
    SnapshotListView,
    SnapshotView,
)
from readiness.api.sponsor import ReviewListView, SponsorView
from readiness.api.vendor import VendorView
from readiness.api.week import UnansweredListView, WeekView
from readiness.api.work import WorkView

PROJECT = "projects/<uuid:project>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("docs/", show_docs, name="docs-show"),
    path("schema/", SchemaView.as_view(schema=None), name="schema-show"),
    path("work/", WorkView.as_view(), name="work-show"),
    path("projects/", ProjectListView.as_view(), name="project-list"),
    path(PROJECT, ProjectView.as_view(), name="project-show"),
    path(f"{PROJECT}leaders/", LeaderListView.as_view(), name="leader-list"),
    path(f"{PROJECT}processes/", ProcessListView.as_view(), name="process-list"),
    path(f"{PROJECT}processes/<uuid:process>/", ProcessView.as_view(), name="process-show"),
    path(f"{PROJECT}gates/", GateListView.as_view(), name="gate-list"),
    path(f"{PROJECT}changes/", StatusChangeListView.as_view(), name="status-change-list"),
    path(f"{PROJECT}criteria/", CriterionListView.as_view(), name="criterion-list"),
    path(f"{PROJECT}snapshots/", SnapshotListView.as_view(), name="snapshot-list"),
    path(f"{PROJECT}snapshots/latest/", LatestSnapshotView.as_view(), name="snapshot-latest"),
    path(f"{PROJECT}snapshots/<uuid:snapshot>/", SnapshotView.as_view(), name="snapshot-show"),
    path(
        f"{PROJECT}snapshots/<uuid:snapshot>/findings/",
        FindingListView.as_view(),
        name="finding-list",
    ),
    path(f"{PROJECT}metrics/", MetricListView.as_view(), name="metric-list"),
    path(
        f"{PROJECT}reported-metrics/",
        ReportedMetricListView.as_view(),
        name="reported-metric-list",
    ),
    path(
        f"{PROJECT}reported-statuses/",
        ReportedStatusListView.as_view(),
        name="reported-status-list",
    ),
    path(f"{PROJECT}unanswered/", UnansweredListView.as_view(), name="unanswered-list"),
    path(f"{PROJECT}week/", WeekView.as_view(), name="week-show"),
    path(f"{PROJECT}sponsor/", SponsorView.as_view(), name="sponsor-show"),
    path(f"{PROJECT}reviews/", ReviewListView.as_view(), name="review-list"),
    path(f"{PROJECT}vendor/", VendorView.as_view(), name="vendor-show"),
    path(f"{PROJECT}replacements/", ReplacementListView.as_view(), name="replacement-list"),
    path(f"{PROJECT}caveats/", CaveatListView.as_view(), name="caveat-list"),
    path(
        f"{PROJECT}caveats/<uuid:caveat>/resolution/",
        CaveatResolutionView.as_view(),
        name="caveat-resolve",
    ),
    path(
        f"{PROJECT}acceptance-requests/",
        AcceptanceRequestListView.as_view(),
        name="acceptance-request-list",
    ),
    path(f"{PROJECT}acceptances/", AcceptanceListView.as_view(), name="acceptance-list"),
]
