import subprocess
import sys
from pathlib import Path

import pytest

from reports.rendering import press
from reports.rendering.press import Limits, PressRefused, press_pdf

pytestmark = pytest.mark.slow

IDENTIFIER = "0123456789abcdef" * 4
PAGE = "<html lang=en><title>A page</title><h1>Heading</h1><p>Text</p>"
RUNAWAY = "<html lang=en><title>Runaway</title><table>" + "<tr><td>x<td>y" * 60_000


class TestPressPdf:
    def test_gives_the_same_bytes_twice(self) -> None:
        first, second = (press_pdf(PAGE, identifier=IDENTIFIER) for _ in range(2))
        assert first == second
        assert first.pages == 1
        assert first.pdf.startswith(b"%PDF-")

    @pytest.mark.parametrize(
        ("limits", "sentence"),
        [
            (Limits(memory_mib=250), "needed more than 250 MiB of memory"),
            (Limits(processor_seconds=2), "took more than 2 seconds of processor time"),
            (Limits(wall_seconds=1), "took longer than 1 seconds"),
        ],
    )
    def test_stops_a_runaway_page(self, limits: Limits, sentence: str) -> None:
        with pytest.raises(PressRefused, match=sentence):
            press_pdf(RUNAWAY, identifier=IDENTIFIER, limits=limits)

    def test_says_what_the_child_said_last(self) -> None:
        with pytest.raises(PressRefused, match="could not be drawn: ValueError"):
            press_pdf(PAGE, identifier="no hex")

    def test_names_the_exit_code_of_a_silent_child(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        script = tmp_path / "child.py"
        script.write_text("import sys; sys.exit(9)")
        monkeypatch.setattr(press, "CHILD", script)
        with pytest.raises(PressRefused, match="the press ended with 9"):
            press_pdf(PAGE, identifier=IDENTIFIER)


class TestChildProcess:
    def test_cannot_write_a_file(self, tmp_path: Path) -> None:
        program = (
            "import os; from reports.rendering.child import lock\n"
            "lock(memory_bytes=10**9, processor_seconds=20)\n"
            f"os.write(os.open({str(tmp_path / 'x')!r}, os.O_CREAT | os.O_WRONLY), b'x')\n"
        )
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )
        assert "File too large" in done.stderr
        assert (tmp_path / "x").read_text() == ""
