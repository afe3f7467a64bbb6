"""The people of a project that is judged by the shipped policy."""

import pytest

from readiness.services.policies import adopt_policy
from tests.people import Cast, make_cast
from tests.readiness.services.evaluation.cases import GO_LIVE


@pytest.fixture
def cast() -> Cast:
    """Return the cast, the first project judged by the shipped policy."""
    found = make_cast()
    found.project.go_live_date = GO_LIVE
    found.project.save()
    adopt_policy(project=found.project)
    return found
