"""No door of the API leads to signing."""

from pathlib import Path

import pytest

from tests.flows.rest.operations import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


class TestEveryDoor:
    @pytest.mark.parametrize(
        "path",
        sorted(path for path in ROOT.glob("*/api/**/*.py") if ".venv" not in path.parts),
        ids=lambda path: str(path.relative_to(ROOT)),
    )
    def test_leads_past_signing(self, path: Path) -> None:
        text = path.read_text()
        for closed in ("signoffs import", "services.acceptances", "services.signing"):
            assert closed not in text
