"""The language kept on an account."""

import pytest

from governance.services.languages import LanguageRefused, choose_language
from tests.people import make_cast

pytestmark = pytest.mark.django_db


class TestChooseLanguage:
    def test_keeps_the_language_on_the_account_and_on_no_other(self) -> None:
        cast = make_cast()
        choose_language(user=cast.sponsor, language="de")
        cast.sponsor.refresh_from_db()
        cast.auditor.refresh_from_db()
        assert (cast.sponsor.language, cast.auditor.language) == ("de", "")

    @pytest.mark.parametrize("language", ["", "fr", "de-AT", "../de", "x" * 500])
    def test_refuses_what_nobody_has_translated(self, language: str) -> None:
        cast = make_cast()
        with pytest.raises(LanguageRefused):
            choose_language(user=cast.sponsor, language=language)
        cast.sponsor.refresh_from_db()
        assert cast.sponsor.language == ""
