"""The report: what stands on it, how much of it, on which paper, and that nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from coach.domain.progress.span import Span
from coach.errors import KnownError
from coach.services.progress import Extras
from coach.services.report import Paper, Report, Section
from coach.ui.paper import output
from coach.ui.paper.blocks import LONGEST, plain
from coach.ui.paper.report import report_document, report_pages, write_report
from coach.ui.paper.words import safety_notice
from coach.ui.progress_words import self_reported
from coach.ui.words import area_word
from tests.ui.paper import made, pdf

ROOT = Path(__file__).resolve().parents[3]
SIZES = {Paper.A4: "595 x 842 pts (A4)", Paper.LETTER: "612 x 792 pts (letter)"}
HOSTILE = (
    "<b>bold</b> & <script>alert(1)</script>",
    "😀🦶🏽 ok",
    "x" * 5_000,
    "word " * 4_000,
    "שלום עולם, זה כואב",
    "\x00\x07tab\there\u202eevil\nnext line",
    "",
)


def write(report: Report, tmp_path: Path, assets: Path) -> Path:
    """The report as a file."""
    target = tmp_path / "report.pdf"
    write_report(report, target, assets)
    return target


@pdf.needs_poppler
def test_a_clinician_finds_everything(tmp_path: Path, assets: Path) -> None:
    file = write(made.report(name="Margaret Ellis"), tmp_path, assets)
    text = pdf.text(file)
    for words in (
        "Progress report", "Margaret Ellis", "24 Aug to 15 Nov 2026, 84 days", "Made on 15 Nov 2026",
        "Heel or sole, right", "Clearly less pain", "About the same", "Pain in the right heel or sole: 2.6 of 10",
        "A change does not prove that the exercises caused it.",
        "Programme now: Daily six", "Towel toe curls", "Level 2, Seated, towel", "2 × 30 s each side",
        "Planned days: 60 of 72 (83 %)", "Last 14 days: 9 of 12 (75 %)", "60 sessions, 12 h 20 min in all",
        "Pain, 0 to 10", "7-day mean", "Exercises, left and right (differences of the last 4 weeks)",
        "Right: 2.1 s less than left",
        self_reported(), safety_notice(), "Page 1 of 2", "Page 2 of 2",
    ):  # fmt: skip
        assert words in text
    facts = pdf.facts(file)
    assert (facts["Title"], facts["Creator"]) == ("Foot Coach report, Margaret Ellis", "Foot Coach")


@pdf.needs_poppler
def test_every_font_is_in_the_file_and_its_letters_are_known(tmp_path: Path, assets: Path) -> None:
    fonts = pdf.fonts(write(made.report(), tmp_path, assets))
    assert {"Inter-Regular", "Inter-SemiBold"} <= set(fonts)
    assert all(fonts.values())


@pdf.needs_poppler
@pytest.mark.parametrize("paper", Paper)
def test_it_is_as_large_as_its_paper(paper: Paper, tmp_path: Path, assets: Path) -> None:
    facts = pdf.facts(write(made.report(paper=paper), tmp_path, assets))
    assert (facts["Pages"], facts["Page size"]) == ("2", SIZES[paper])


@pdf.needs_poppler
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize(("areas", "exercises"), [(1, 1), (2, 6), (4, 6), (9, 6), (16, 28), (0, 28), (16, 0)])
def test_it_never_takes_a_third_page_and_says_what_it_leaves_out(
    paper: Paper, areas: int, exercises: int, tmp_path: Path, assets: Path
) -> None:
    report = made.report(84, areas, exercises, sections=made.EVERYTHING, paper=paper, extras=made.extras((), 40, 40))
    file = write(report, tmp_path, assets)
    assert int(pdf.facts(file)["Pages"]) <= 2
    text = pdf.text(file)
    assert ("more areas not shown." in text) or areas < 16
    assert ("more exercises not shown." in text) or exercises < 28
    assert "older self-tests not shown." in text
    assert "more answers not shown." in text


@pdf.needs_poppler
def test_what_is_rated_least_and_done_least_is_left_out(tmp_path: Path, assets: Path) -> None:
    full = made.report(84, 16, 28)
    backwards = replace(full, pain=full.pain[::-1], trends=full.trends[::-1])
    text = pdf.text(write(backwards, tmp_path, assets)).split("Pain, 0 to 10")[1]
    most = sorted(full.pain, key=lambda series: -len(series.points))
    assert area_word(most[0].area) in text
    assert area_word(most[-1].area) not in text
    assert max(full.trends, key=lambda trend: trend.exercise.sets).exercise.title in text


MARKS = {
    Section.PROGRAMME: "Programme now",
    Section.ADHERENCE: "Planned days",
    Section.PAIN: "Pain, 0 to 10",
    Section.TRENDS: "Exercises, left and right",
    Section.TESTS: "Knee to wall",
    Section.FLAGS: "weak push-off",
    Section.NOTES: "my own secret",
}


@pdf.needs_poppler
@pytest.mark.parametrize("unticked", Section)
def test_what_is_not_ticked_is_not_there(unticked: Section, tmp_path: Path, assets: Path) -> None:
    """Even where the data came along."""
    full = made.report(sections=made.EVERYTHING - {unticked}, extras=made.extras(["my own secret"], 4, 3))
    text = pdf.text(write(full, tmp_path, assets))
    assert MARKS[unticked] not in text
    assert [words for section, words in MARKS.items() if section is not unticked and words not in text] == []


@pdf.needs_poppler
def test_what_was_ticked_and_is_empty_is_said_and_what_was_not_ticked_is_not(tmp_path: Path, assets: Path) -> None:
    full = made.report()
    ticked = frozenset(Section) - {Section.NOTES}
    report = replace(full, choice=replace(full.choice, sections=ticked), extras=Extras())
    text = pdf.text(write(report, tmp_path, assets))
    assert "Nothing in these dates: self-tests, answers about worrying symptoms." in text


@pdf.needs_poppler
def test_symptoms_that_were_answered_yes_come_first(tmp_path: Path, assets: Path) -> None:
    text = pdf.text(write(made.report(sections=made.EVERYTHING, extras=made.extras((), 0, 3)), tmp_path, assets))
    assert text.index("Yes") < text.index("Snap at the back of the heel or calf, weak push-off (same day)")
    assert text.index("weak push-off") < text.index("One calf or leg swollen")


@pdf.needs_poppler
def test_a_yes_is_never_left_out_in_silence(tmp_path: Path, assets: Path) -> None:
    asked = made.extras((), 0, 20)
    all_yes = replace(asked, flags=tuple(replace(flag, yes=True) for flag in asked.flags))
    text = pdf.text(write(made.report(sections=made.EVERYTHING, extras=all_yes), tmp_path, assets))
    assert "8 more answers not shown. Answered yes: 8." in text


@pdf.needs_poppler
def test_notes_of_any_kind_are_plain_text_on_one_more_page_at_most(tmp_path: Path, assets: Path) -> None:
    noted = made.extras(HOSTILE * 30)
    file = write(made.report(84, 9, 14, sections=made.EVERYTHING, extras=noted), tmp_path, assets)
    text = pdf.text(file)
    assert pdf.facts(file)["Pages"] == "3"
    assert HOSTILE[0] in text
    assert "tab hereevil next line" in text
    assert "שלום" in text
    assert "older notes not shown." in text
    assert safety_notice() in pdf.text(file, 3)


@pdf.needs_poppler
@pytest.mark.parametrize("count", range(1, 30))
def test_the_last_page_holds_more_than_the_safety_notice(count: int, tmp_path: Path, assets: Path) -> None:
    """Whatever the number of notes."""
    noted = made.report(sections=made.EVERYTHING, extras=made.extras([f"Remark {n}" for n in range(count)], 4))
    file = write(noted, tmp_path, assets)
    assert "Remark" in pdf.text(file, int(pdf.facts(file)["Pages"]))
    text = f"{pdf.text(file)} "
    assert [text.count(f"Remark {n} ") for n in range(count)] == [1] * count
    assert "not shown" not in text


def test_plain_text_has_no_characters_that_control() -> None:
    assert plain("a\x00b\n\nc\u202ed\ud800 \u200de") == "ab cd \u200de"
    assert len(plain("x" * 10 * LONGEST)) == LONGEST


@pdf.needs_poppler
@pytest.mark.parametrize("paper", Paper)
def test_without_data_it_says_so(paper: Paper, tmp_path: Path, assets: Path) -> None:
    file = write(made.nothing(paper), tmp_path, assets)
    text = pdf.text(file)
    assert pdf.facts(file)["Pages"] == "1"
    assert "There are no entries in these dates." in text
    assert safety_notice() in text


@pdf.needs_poppler
def test_dates_without_entries_inside_a_history_are_said(tmp_path: Path, assets: Path) -> None:
    empty = made.nothing()
    other = Span(made.LAST.replace(year=2020), made.LAST.replace(year=2021))
    file = write(replace(empty, view=replace(empty.view, extent=other)), tmp_path, assets)
    assert "There are no entries in these dates." in pdf.text(file)


@pdf.needs_poppler
def test_one_area_and_one_day_are_enough(tmp_path: Path, assets: Path) -> None:
    text = pdf.text(write(made.report(1, 1, 1), tmp_path, assets))
    assert "15 Nov 2026" in text
    assert "There are no entries" not in text


@pdf.needs_poppler
def test_a_name_of_any_kind_does_no_harm(tmp_path: Path, assets: Path) -> None:
    file = write(made.report(name="<i>Zoë</i>\n" + "Montgomery-" * 80), tmp_path, assets)
    assert "<i>Zoë</i> Montgomery-" in pdf.text(file)
    assert int(pdf.facts(file)["Pages"]) <= 2


def test_pages_are_pictures_of_the_same_paper(assets: Path) -> None:
    pages = report_pages(made.report(paper=Paper.LETTER), assets, 50)
    assert [(page.width(), page.height()) for page in pages] == [(425, 550)] * 2
    assert all(_inked(page) for page in pages)


def _inked(page: QImage) -> bool:
    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    return min(bytes(grey.constBits())) < 100


def test_the_same_report_is_the_same_paper(assets: Path) -> None:
    report = made.report(sections=made.EVERYTHING, extras=made.extras(HOSTILE, 4, 4))
    assert report_pages(report, assets, 40) == report_pages(report, assets, 40)


def test_ten_years_are_a_small_file(assets: Path) -> None:
    assert len(report_document(made.report(3_650, 4, 6), assets).pdf()) < 2_000_000


def test_it_needs_neither_a_display_nor_widgets(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from PySide6.QtGui import QGuiApplication; app = QGuiApplication([]);"
        "from tests.ui.paper import made; from coach.ui.paper.report import write_report;"
        "write_report(made.report(), Path(sys.argv[1]), Path(sys.argv[2]));"
        "sys.exit('PySide6.QtWidgets' in sys.modules)"
    )
    target = tmp_path / "report.pdf"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, str(target), str(ROOT / "assets")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert target.read_bytes().startswith(b"%PDF-")


# --- trouble with the file -------------------------------------------------------------------------------------------


def test_a_pdf_that_did_not_come_to_its_end_is_never_written(
    tmp_path: Path, assets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = report_document(made.report(14, 1, 1), assets).pdf()
    assert output.is_whole(whole)
    assert not output.is_whole(whole[:-8])
    assert not output.is_whole(b"")
    target = tmp_path / "report.pdf"
    monkeypatch.setattr(output, "is_whole", lambda _made: False)
    with pytest.raises(KnownError, match="could not be made"):
        write_report(made.report(14, 1, 1), target, assets)
    assert not target.exists()


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_only_its_owner_may_read_it(tmp_path: Path, assets: Path) -> None:
    assert write(made.report(), tmp_path, assets).stat().st_mode & 0o777 == 0o600


def test_a_folder_is_no_place_for_a_file(tmp_path: Path, assets: Path) -> None:
    with pytest.raises(KnownError, match=r"it is a folder, not a file\. Nothing was changed there"):
        write_report(made.report(), tmp_path, assets)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, assets: Path) -> None:
    with pytest.raises(KnownError, match=r"report\.pdf could not be written: its folder is not there"):
        write_report(made.report(), tmp_path / "gone" / "report.pdf", assets)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
def test_a_disk_that_takes_no_more_leaves_the_old_file(tmp_path: Path) -> None:
    """A limit of the kernel on the size of a file, so that the very write fails."""
    target = tmp_path / "report.pdf"
    target.write_bytes(b"the old one")
    code = (
        "import resource, signal, sys; from pathlib import Path; from PySide6.QtGui import QGuiApplication;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); app = QGuiApplication([]);"
        "from coach.errors import KnownError;"
        "from tests.ui.paper import made; from coach.ui.paper.report import write_report;\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        "try: write_report(made.report(), Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except KnownError as error: print(error)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code, str(target), str(ROOT / "assets")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert "report.pdf could not be written: the file would be larger than this disk allows." in done.stdout, (
        done.stderr
    )
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [target]
