"""The page of parts is for those who build the face."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from readiness.choices import FindingState
from readiness.templatetags.gate import word


class TestShowStyle:
    @pytest.mark.parametrize("mode", ["DEBUG", "DEMO_MODE"])
    def test_shows_every_state_by_word(
        self, client: Client, db: None, settings: Settings, mode: str
    ) -> None:
        setattr(settings, mode, True)
        page = client.get("/style/").content.decode()
        for state in FindingState.values:
            assert word(state) in page

    def test_is_not_there_for_real_users(self, client: Client, db: None) -> None:
        assert client.get("/style/").status_code == 404

    def test_carries_no_inline_style_or_script(
        self, client: Client, db: None, settings: Settings
    ) -> None:
        settings.DEMO_MODE = True
        page = client.get("/style/").content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert " onclick=" not in page
