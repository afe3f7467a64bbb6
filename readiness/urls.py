"""Addresses of the readiness app."""

from django.urls import URLPattern, URLResolver, path

from readiness.views.acceptances import (
    answer_request,
    ask_for_acceptance,
    end_acceptance,
    list_risks,
    refuse_request,
)
from readiness.views.caveats import list_caveats, note_opened, show_caveat
from readiness.views.demo import enter_demo, show_demo
from readiness.views.documents import show_document, show_scope
from readiness.views.exposure import show_exposure
from readiness.views.gates import (
    show_criterion,
    show_gate,
    show_journey,
    show_version,
    take_note,
)
from readiness.views.health import show_live, show_ready
from readiness.views.leaders import list_leaders, show_leader
from readiness.views.portfolio import list_portfolio, show_portfolio_version
from readiness.views.processes import list_processes, show_process
from readiness.views.replacements import (
    add_handover,
    add_replacement,
    list_replacements,
    show_replacement,
)
from readiness.views.reported import list_reported, show_reported
from readiness.views.signatures import list_signatures, show_signature
from readiness.views.sponsor import list_reviews, note_report, show_sponsor
from readiness.views.statuses import end_caveat, show_status
from readiness.views.stops import lift_stop, list_stops
from readiness.views.style import show_style
from readiness.views.unanswered import list_unanswered
from readiness.views.vendor import show_vendor
from readiness.views.week import show_week
from readiness.views.work import set_digest, show_work, stop_digest

app_name = "readiness"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", list_portfolio, name="portfolio"),
    path("version/", show_portfolio_version, name="portfolio-version"),
    path("p/<uuid:project>/", show_gate, name="gate-show"),
    path("p/<uuid:project>/version/", show_version, name="gate-version"),
    path("p/<uuid:project>/seen/", take_note, name="visit-note"),
    path("p/<uuid:project>/history/", show_journey, name="journey-show"),
    path(
        "p/<uuid:project>/criteria/<str:gate>/<str:criterion>/",
        show_criterion,
        name="criterion-detail",
    ),
    path("p/<uuid:project>/decisions/exposure/", show_exposure, name="exposure-show"),
    path("health/", show_ready, name="health-ready"),
    path("health/live/", show_live, name="health-live"),
    path("demo/", show_demo, name="demo-show"),
    path("demo/enter/", enter_demo, name="demo-enter"),
    path("style/", show_style, name="style-show"),
    path("work/", show_work, name="my-work"),
    path("work/mail/", set_digest, name="digest-set"),
    path("work/mail/stop/<str:token>/", stop_digest, name="digest-stop"),
    path("p/<uuid:project>/processes/", list_processes, name="process-list"),
    path("p/<uuid:project>/processes/<uuid:process>/", show_process, name="process-detail"),
    path("p/<uuid:project>/leaders/", list_leaders, name="leader-list"),
    path("p/<uuid:project>/leaders/<uuid:leader>/", show_leader, name="leader-show"),
    path("p/<uuid:project>/signatures/", list_signatures, name="signature-list"),
    path("p/<uuid:project>/signatures/<uuid:signoff>/", show_signature, name="signature-detail"),
    path("p/<uuid:project>/processes/<uuid:process>/scope/", show_scope, name="scope-show"),
    path("p/<uuid:project>/sign/<slug:kind>/", show_document, name="document-sign"),
    path("p/<uuid:project>/reported/", list_reported, name="reported-list"),
    path("p/<uuid:project>/reported/<str:metric>/", show_reported, name="reported-detail"),
    path("p/<uuid:project>/status/", show_status, name="status-show"),
    path("p/<uuid:project>/unanswered/", list_unanswered, name="unanswered-list"),
    path("p/<uuid:project>/sponsor/", show_sponsor, name="sponsor-show"),
    path("p/<uuid:project>/sponsor/reviews/", list_reviews, name="review-list"),
    path("p/<uuid:project>/sponsor/reviews/report/", note_report, name="review-note"),
    path("p/<uuid:project>/week/", show_week, name="week-show"),
    path("p/<uuid:project>/vendor/", show_vendor, name="vendor-show"),
    path("p/<uuid:project>/replacements/", list_replacements, name="replacement-list"),
    path("p/<uuid:project>/replacements/new/", add_replacement, name="replacement-add"),
    path(
        "p/<uuid:project>/replacements/<uuid:replacement>/",
        show_replacement,
        name="replacement-detail",
    ),
    path(
        "p/<uuid:project>/replacements/<uuid:replacement>/held/<uuid:item>/",
        add_handover,
        name="handover-add",
    ),
    path("p/<uuid:project>/caveats/", list_caveats, name="caveat-list"),
    path("p/<uuid:project>/caveats/<uuid:caveat>/", show_caveat, name="caveat-detail"),
    path("p/<uuid:project>/caveats/<uuid:caveat>/opened/", note_opened, name="caveat-open"),
    path("p/<uuid:project>/caveats/<uuid:caveat>/resolve/", end_caveat, name="caveat-resolve"),
    path("p/<uuid:project>/stops/", list_stops, name="stop-list"),
    path("p/<uuid:project>/stops/<uuid:stop>/end/", lift_stop, name="stop-end"),
    path("p/<uuid:project>/risks/", list_risks, name="risk-list"),
    path("p/<uuid:project>/risks/ask/", ask_for_acceptance, name="request-add"),
    path("p/<uuid:project>/risks/asked/<uuid:asked>/", answer_request, name="request-detail"),
    path(
        "p/<uuid:project>/risks/asked/<uuid:asked>/decline/",
        refuse_request,
        name="request-decline",
    ),
    path("p/<uuid:project>/risks/<uuid:acceptance>/end/", end_acceptance, name="acceptance-end"),
]
