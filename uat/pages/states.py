"""How a scenario stands in the eyes of the business, as a word, a shape and a tone."""

from django.utils.translation import gettext_lazy as _

from governance.pages.looks import Look
from uat.choices import ExecutionResult
from uat.models import Execution, Scenario, StepResult

NOT_RUN = Look(_("Not run by the business"), "circle-dashed", "unknown")
OUT_OF_DATE = Look(_("Changed since it was run"), "clock-exclamation", "unknown")
RESULT_LOOKS: dict[str, Look] = {
    ExecutionResult.PASSED: Look(_("Passed"), "circle-check", "good"),
    ExecutionResult.PASSED_WITH_COMMENTS: Look(_("Passed with comments"), "circle-check", "good"),
    ExecutionResult.FAILED: Look(_("Failed"), "circle-x", "bad"),
    ExecutionResult.BLOCKED: Look(_("Blocked"), "hand-stop", "warn"),
}
RECORDED_LOOKS: dict[str, Look] = {
    result: Look(look.word, "pencil", "quiet") for result, look in RESULT_LOOKS.items()
}


def is_out_of_date(scenario: Scenario) -> bool:
    """Say whether the system changed after the newest run by the business."""
    return (
        scenario.latest_executed_at is not None
        and scenario.changed_at is not None
        and scenario.latest_executed_at < scenario.changed_at
    )


def state_of(scenario: Scenario) -> Look:
    """Return how a scenario stands; an old run of whatever result has to be run again."""
    if not scenario.latest_result:
        return NOT_RUN
    if is_out_of_date(scenario):
        return OUT_OF_DATE
    return RESULT_LOOKS[scenario.latest_result]


def look_of(run: Execution | StepResult, *, counted: bool) -> Look:
    """Return how a run or a step of one looks; what is never counted looks like a note."""
    looks = RESULT_LOOKS if counted else RECORDED_LOOKS
    return looks[run.result]
