"""What the gate measures itself: signatures, accepted risks, reports."""

from readiness.metrics.acceptances import lapsed_acceptances, measure_untested
from readiness.metrics.authority import authority_papers
from readiness.metrics.documents import measure_documents, project_documents
from readiness.metrics.evidence import process_evidence
from readiness.metrics.reports import measure_reports, reported_colours
from readiness.metrics.reviews import measure_reviews
from readiness.metrics.scopes import process_scopes
from readiness.metrics.signatures import measure_signatures

__all__ = [
    "authority_papers",
    "lapsed_acceptances",
    "measure_documents",
    "measure_reports",
    "measure_reviews",
    "measure_signatures",
    "measure_untested",
    "process_evidence",
    "process_scopes",
    "project_documents",
    "reported_colours",
]
