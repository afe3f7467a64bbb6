"""HTML cells become plain text."""

import pytest

from governance.imports.prose import plain_text


class TestPlainText:
    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ("plain", "plain"),
            (" a < b and c > d ", "a < b and c > d"),
            ("one\ntwo", "one\ntwo"),
            ("<p>One</p><p>Two</p>", "One\nTwo"),
            ("Fish &amp; chips&nbsp;now", "Fish & chips now"),
            ("<div>Do<ul><li>this</li><li> <b>that</b></li></ul></div>", "Do\n- this\n- that"),
            ("a<br/>b<br>c", "a\nb\nc"),
            ("<style>p {}</style><script>x()</script>seen", "seen"),
            ("</style>seen", "seen"),
            ("<ul><li></li></ul>", ""),
            ("<p>broken\nacross lines</p>", "broken across lines"),
            ("<img src=x onerror=alert(1)>", ""),
        ],
    )
    def test_shows_what_a_reader_would_see(self, cell: str, text: str) -> None:
        assert plain_text(cell) == text
