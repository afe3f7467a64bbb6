import io
import json
import re
from datetime import datetime, timedelta
from typing import Any

import pikepdf
import pytest

from governance.models import BusinessProcess, Organisation, User
from reports.choices import Pressed
from reports.rendering.building import paper_of
from reports.rendering.paper import edition_of, language_of, set_paper
from reports.rendering.press import press_pdf
from tests.reports.figures import long_gate
from tests.reports.papers import (
    NOTHING,
    evidence_of,
    judgement_of,
    signed,
    unsaved_processes,
    unsaved_upgrade,
)
from tests.reports.reading import rows_of, tags_of, text_of

pytestmark = pytest.mark.slow

COLUMNS = 7
IDENTIFIER = "0123456789abcdef" * 2
HOSTILE = (
    '</title></style><script>alert(1)</script><img src="file:///etc/passwd"> {{ 7 }} \u202e\x07&'
)
ODD = "مدير المشروع \u202e👩‍💻 שלום"
LOCAL_DAY = "1 June 2026"
OWNER = User(name="Jon Vega", organisation=Organisation(name="Kessler Pumps"))


def html_of(processes: list[BusinessProcess] | None = None, *, name: str = "", **terms: Any) -> str:
    """Return the report of an upgrade in which the first processes are signed for."""
    rows = unsaved_processes() if processes is None else processes
    project = unsaved_upgrade(**({"name": name} if name else {}))
    acts = {str(row.public_id): signed(row, signer=OWNER) for row in rows[:10]}
    evidence = evidence_of(judgement_of(project, rows, **terms), signoffs=acts)
    return set_paper(paper_of(evidence, template_version="7"))


@pytest.fixture(scope="module")
def printed() -> Pressed:
    """Return the report of the upgrade, printed once for this module."""
    return press_pdf(html_of(), identifier=IDENTIFIER)


class TestPrintedReport:
    def test_has_four_to_nine_pages(self, printed: Pressed) -> None:
        assert 4 <= printed.pages <= 9
        with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
            assert len(pdf.pages) == printed.pages

    def test_answers_on_page_one_alone(self, printed: Pressed) -> None:
        one = text_of(printed.pdf, page=1)
        for said in (
            "Pump plants on the new platform",
            "NO-GO",
            "3 hard criteria missed, 3 not reported, 2 risks accepted",
            "13 July 2026",
            "T-42: in 42 days",
            "Piet Mertens reported green",
            "Bring 83 super users to proficiency.",
            "Lena Fuchs (Change lead)",
            "6 things end the NO-GO.",
            "Accepted by Ada Brandt, Sponsor until 6 June 2026 (▲ in 5 days)",
            "Since the last report, of 25 May 2026",
            "Hard misses went from 11 to 6.",
            "tested with simulated answers only",
        ):
            assert said in one, said
        assert text_of(printed.pdf, page=2).startswith("Pump plants on the new platform Gates")
        assert f"Page 1 of {printed.pages}" in one

    def test_says_the_rest_inside(self, printed: Pressed) -> None:
        text = text_of(printed.pdf)
        for said in (
            "Trend",
            "What changed",
            "Heat map of processes",
            "Signed by Jon Vega",
            "2026-05-28 21:59:59 UTC 28 May 2026, 23:59 CEST",
            "I have reviewed the evidence of this process",
            "Accepted risks in full",
            "No customisation is planned.",
            "erp-upgrade, version 1",
            "rules 1, format 1",
            "Produced as PDF/UA-1, not validated",
            f"Page {printed.pages} of {printed.pages}",
        ):
            assert said in text, said

    def test_is_tagged_and_speaks(self, printed: Pressed) -> None:
        with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
            root = pdf.Root
            assert root.MarkInfo.Marked
            assert str(root.Lang) == "en"
            assert root.ViewerPreferences.DisplayDocTitle
            metadata = str(pdf.open_metadata())
            assert 'pdfuaid:part="1"' in metadata
            assert "Executive readiness report: Pump plants on the new platform" in metadata
            tags = tags_of(root.StructTreeRoot)
            kinds = {str(tag.S) for tag in tags}
            figures = [str(tag.get("/Alt", "")) for tag in tags if tag.S == "/Figure"]
            scopes = {str(tag.A.get("/Scope", "")) for tag in tags if tag.S == "/TH"}
        assert {"/H1", "/H2", "/H3", "/Table", "/THead", "/TH", "/TD", "/P", "/L"} <= kinds
        assert len(figures) > 90
        assert all(figures)
        assert any(alt.startswith("Trend. From 25 May 2026 to 1 June 2026") for alt in figures)
        assert scopes == {"/Column"}

    def test_is_bookmarked_by_its_headings(self, printed: Pressed) -> None:
        with pikepdf.open(io.BytesIO(printed.pdf)) as pdf, pdf.open_outline() as outline:
            (top,) = outline.root
            titles = [item.title for item in top.children]
        assert top.title == "Pump plants on the new platform"
        assert titles[:4] == [
            "What must happen, and by whom",
            "Accepted risks (2)",
            "Open caveats (1)",
            "Since the last report, of 25 May 2026",
        ]
        assert titles[-1] == "Appendix"

    def test_carries_its_fonts_and_no_attachment(self, printed: Pressed) -> None:
        with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
            assert not pdf.attachments
            fonts = {
                str(font.BaseFont).partition("+")[2]
                for page in pdf.pages
                for font in page.Resources.Font.values()
            }
        assert fonts == {"DejaVu-Sans", "DejaVu-Sans-Bold", "DejaVu-Sans-Mono"}

    def test_is_the_same_bytes_for_the_same_judgement(self) -> None:
        small = html_of(unsaved_processes("Order to cash"), gates=[long_gate(3)])
        first, second = (press_pdf(small, identifier=IDENTIFIER) for _ in range(2))
        assert first.pdf == second.pdf


class TestLongReport:
    def test_sets_a_table_of_120_criteria_over_several_pages(self) -> None:
        pressed = press_pdf(html_of(gates=[long_gate(120)]), identifier=IDENTIFIER)
        text = text_of(pressed.pdf)
        assert all(f"UX-{number:03d}" in text for number in range(1, 121))
        assert text.count("Criterion and its source") >= 3
        assert 5 <= pressed.pages <= 12
        rows = [row for row in rows_of(pressed.pdf) if len(row) == COLUMNS and "UX-" in row[1]]
        assert len(rows) == 120
        assert all(row[2] and row[3] and row[4] and row[6] for row in rows)

    def test_keeps_page_one_alone_however_long_the_words(self) -> None:
        words = "Nobodyhasfinishedthis" * 30
        project = unsaved_upgrade(name=words[:300], from_platform="W" * 100, to_platform="W" * 100)
        project.organisation.name = "W" * 200
        snapshot = judgement_of(project, unsaved_processes("Order to cash"))
        body = json.loads(snapshot.body)
        body["actions"] = [each | {"todo": words, "who": [words]} for each in body["actions"]]
        risk = body["accepted_risks"][0] | {"wording": words, "approver": words}
        body["accepted_risks"] = [risk] * 7
        body["caveats"] = [{"text": words, "by": words, "at": body["as_of"]}] * 5
        body["reported"][0]["by"] = words
        snapshot.body = json.dumps(body)
        evidence = evidence_of(snapshot, partners=("W" * 200,))
        html = set_paper(paper_of(evidence, template_version="7"))
        pdf = press_pdf(html, identifier=IDENTIFIER).pdf
        one = text_of(pdf, page=1)
        assert one.count("more, on page") == 3
        assert "Gates A gate is judged" in text_of(pdf, page=2)


class TestResets:
    """Of second factors that an administrator reset."""

    def test_stand_beside_the_risk_and_in_the_imprint(self) -> None:
        snapshot = judgement_of(unsaved_upgrade(), unsaved_processes("Order to cash"))
        (risk, *_) = json.loads(snapshot.body)["accepted_risks"]
        reset_at = datetime.fromisoformat(risk["accepted_at"]) - timedelta(hours=3)
        evidence = evidence_of(
            snapshot, approver_resets={risk["id"]: reset_at}, holds=("Ada signs nothing yet.",)
        )
        html = set_paper(paper_of(evidence, template_version="7"))
        assert f"Authenticator of {risk['approver']} reset 3 hours before" in html
        assert "Ada signs nothing yet." in html
        without = set_paper(paper_of(evidence_of(snapshot), template_version="7"))
        assert "Second factors reset" not in without


class TestOddReport:
    def test_prints_forty_risks_of_people_who_write_from_right_to_left(self) -> None:
        snapshot = judgement_of(unsaved_upgrade(name=ODD), unsaved_processes(ODD))
        body = json.loads(snapshot.body)
        risk = body["accepted_risks"][0] | {"approver": ODD}
        body["accepted_risks"] = [risk | {"criterion": f"UX-{n:02d}"} for n in range(40)]
        body["caveats"] = [{"text": ODD, "by": ODD, "at": body["as_of"]}] * 9
        snapshot.body = json.dumps(body)
        html = set_paper(paper_of(evidence_of(snapshot, partners=(ODD,)), template_version="7"))
        pressed = press_pdf(html, identifier=IDENTIFIER)
        assert pressed.pages <= 14
        assert "\u202e" not in html
        assert f"{ODD.replace(chr(0x202E), '')}\u200e, {LOCAL_DAY}" in html
        risks = [row for row in rows_of(pressed.pdf) if len(row) == 5 and "G1 UX-" in row[0]]
        assert len(risks) == 40
        assert all(risk["wording"] in row[0] and row[3] and row[4] for row in risks)
        assert "Accepted risks (40)" in text_of(pressed.pdf, page=1)
        assert " Gates " in text_of(pressed.pdf, page=2)

    def test_prints_a_project_of_which_nothing_is_known(self) -> None:
        snapshot = judgement_of(unsaved_upgrade(from_platform="", phase=""), [])
        body = json.loads(snapshot.body) | NOTHING
        snapshot.body = json.dumps(body)
        evidence = evidence_of(snapshot, history=(snapshot,), earlier=None, partners=())
        html = set_paper(paper_of(evidence, template_version="7"))
        pressed = press_pdf(html, identifier=IDENTIFIER)
        text = text_of(pressed.pdf)
        assert pressed.pages <= 4
        for said in (
            "NOT OPEN",
            "No policy has been adopted",
            "No date set",
            "nobody has reported a colour",
            "No risk is accepted.",
            "the trend starts tomorrow",
        ):
            assert said in text, said


class TestSetPaper:
    def test_escapes_whatever_people_wrote(self) -> None:
        at = "2026-05-29T10:00:00Z"
        rows = unsaved_processes(HOSTILE)
        acts = {
            str(rows[0].public_id): signed(
                rows[0],
                signer=User(name=HOSTILE, organisation=Organisation(name=HOSTILE)),
                act="REFUSED",
                reason=HOSTILE,
                authority=HOSTILE,
            )
        }
        snapshot = judgement_of(
            unsaved_upgrade(name=HOSTILE, from_platform=HOSTILE),
            rows,
            caveats=[{"text": HOSTILE, "by": HOSTILE, "at": at}],
        )
        evidence = evidence_of(snapshot, signoffs=acts, partners=(HOSTILE,))
        html = set_paper(paper_of(evidence, template_version="7"))
        assert "<script" not in html
        assert "<img" not in html
        assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 9
        assert "{{ 7 }}" in html
        pressed = press_pdf(html, identifier=IDENTIFIER)
        assert "<script>alert(1)</script>" in text_of(pressed.pdf, page=1)

    def test_says_so_where_there_is_nothing(self) -> None:
        snapshot = judgement_of(unsaved_upgrade(), [], caveats=[], gates=[long_gate(1)], progress=1)
        evidence = evidence_of(snapshot, history=(snapshot,), earlier=None)
        html = set_paper(paper_of(evidence, template_version="7"))
        for said in (
            "No caveat is open.",
            "No process is in scope yet.",
            "Nobody has signed anything yet.",
            "There is no earlier judgement to compare with.",
            "Every criterion of the open gates applies.",
        ):
            assert said in html, said

    @pytest.mark.parametrize(
        ("verdict", "said"),
        [
            ("GO", "Nothing stands between the open gates and a go."),
            ("NOT_OPEN", "No gate is open yet; nothing is asked today."),
        ],
    )
    def test_says_when_nothing_has_to_happen(self, verdict: str, said: str) -> None:
        snapshot = judgement_of(unsaved_upgrade(), gates=[long_gate(1)], progress=1)
        snapshot.body = json.dumps(json.loads(snapshot.body) | {"verdict": verdict, "actions": []})
        html = set_paper(paper_of(evidence_of(snapshot), template_version="7"))
        assert said in html
        assert f'class="verdict verdict-{verdict}"' in html


class TestLanguageOf:
    def test_knows_the_languages_there_are(self) -> None:
        assert [language_of(code) for code in ("de", "en", "tlh", None)] == ["de", "en", "en", "en"]


class TestEditionOf:
    def test_differs_by_language_and_by_its_words(self) -> None:
        assert edition_of("de").language == "de"
        assert edition_of("de").version != edition_of("en").version

    def test_moves_with_the_files_of_the_paper(self) -> None:
        assert re.fullmatch(r"\d+\.\d+\.\d+-\d+-[0-9a-f]{8}", edition_of("en").version)
