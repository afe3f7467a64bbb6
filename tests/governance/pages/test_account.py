"""What a browser says of itself, in plain words."""

import pytest

from governance.pages.account import browser_words

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


class TestBrowserWords:
    @pytest.mark.parametrize(
        ("agent", "words"),
        [
            (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/126.0.0.0 "
             "Safari/537.36 Edg/126.0.0.0", "Edge on Windows"),
            (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/126.0.0.0 Safari/537.36",
             "Chrome on Windows"),
            (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} HeadlessChrome/126.0 Safari/537.36",
             "Chrome on Linux"),
            (f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {WEBKIT} Chrome/126.0 Mobile",
             "Chrome on Android"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 "
             "Safari/605.1.15", "Safari on Mac"),
            ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/126.0 "
             "Safari/604.1", "Chrome on iPad"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
             "Firefox on Linux"),
            ("curl/8.5.0", "A browser that does not say which"),
            ("", "A browser that does not say which"),
        ],
    )  # fmt: skip
    def test_names_browser_and_machine(self, agent: str, words: str) -> None:
        assert browser_words(agent) == words
