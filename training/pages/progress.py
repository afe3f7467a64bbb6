"""How a person stands in a course, as a word, a shape and a tone."""

from django.utils.translation import gettext_lazy as _

from governance.pages.looks import Look
from training.models import Course, Standing

NOT_STARTED = Look(_("Not started"), "circle-dashed", "bad")
PRACTISED = Look(_("Attended, not completed"), "alert-triangle", "warn")
OUTDATED = Look(_("Completed, an older version"), "clock-exclamation", "warn")
PASSED_BEFORE = Look(_("Passed, an older version"), "clock-exclamation", "warn")
COMPLETED = Look(_("Completed"), "check", "warn")
FAILED = Look(_("Failed the check"), "circle-x", "bad")
PASSED = Look(_("Passed the check"), "circle-check", "good")
DONE = Look(_("Completed"), "circle-check", "good")


def progress_of(course: Course, standing: Standing | None) -> Look:
    """Return how somebody stands; a completion without its check is not green.

    An older version counts as passed and is told apart.
    """
    if standing is None:
        return NOT_STARTED
    is_old = bool(standing.completed_at) and standing.completed_version != course.version
    if course.has_check and standing.passed_at:
        return PASSED_BEFORE if is_old else PASSED
    if course.has_check and standing.checked_at:
        return FAILED
    if is_old:
        return OUTDATED
    if standing.completed_at:
        return COMPLETED if course.has_check else DONE
    return PRACTISED


def is_through(course: Course, standing: Standing | None) -> bool:
    """Say whether somebody passed, or completed what has no check."""
    moment = standing and (standing.passed_at if course.has_check else standing.completed_at)
    return moment is not None
