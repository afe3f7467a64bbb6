"""The steps of the demo's scenarios, and how each of them ended in a run."""

import re
from collections.abc import Iterator

from governance.choices import Affiliation
from uat.choices import ExecutionResult, ScenarioClass
from uat.models import Execution, StepResult
from uat.policy import steps_of

SEEN = {
    "FAILED": "The amount is another one than in the old system.",
    "BLOCKED": "The page stays empty: my account may not see it.",
}
STEPS = {
    ScenarioClass.EXCEPTION: (
        "Find the {thing}",
        "Take away what the title says is missing",
        "Go on as if nothing were wrong",
        "Read what the system says, and mend it",
    ),
    ScenarioClass.REVERSAL: (
        "Find a {thing} that was finished yesterday",
        "Take it back and give a reason",
        "Check that every amount is as it was before",
    ),
    ScenarioClass.EDGE: (
        "Find the {thing}",
        "Enter the odd value of the title",
        "Save, leave the page and come back",
        "Check that the value is still there",
    ),
    ScenarioClass.REPORT: (
        "Open the report for last March",
        "Compare its total with the old system's",
        "Open one line of it and find its {thing}",
    ),
}
COMMON_STEPS = (
    "Find the {thing}",
    "Do what the title says, as on an ordinary day",
    "Check the result and the amounts",
    "Look at what accounting sees of it",
)


def with_article(text: str) -> str:
    """Return a text whose “a” is “an” where a vowel follows."""
    return re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)


def steps_for(scenario_class: str, *, thing: str) -> str:
    """Return the numbered steps of a scenario of a class."""
    steps = STEPS.get(ScenarioClass(scenario_class), COMMON_STEPS)
    return "\n".join(
        f"{number}. {with_article(step.format(thing=thing))}"
        for number, step in enumerate(steps, 1)
    )


def steps_taken(run: Execution, *, turn: int) -> Iterator[StepResult]:
    """Yield how each step of a run by the business ended; what came after a failure was not run."""
    if run.affiliation != Affiliation.CLIENT:
        return
    steps = steps_of(run.scenario.steps)
    passes = run.result.startswith("PASSED")
    stop = len(steps) if passes else 1 + turn % len(steps)
    for number, instruction in enumerate(steps[:stop], start=1):
        ends_it = number == stop and not passes
        yield StepResult(
            organisation_id=run.organisation_id,
            project=run.project,
            execution=run,
            number=number,
            instruction=instruction,
            result=run.result if ends_it else ExecutionResult.PASSED,
            comment=SEEN[run.result] if ends_it else "",
            recorded_at=run.recorded_at,
        )
