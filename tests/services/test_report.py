"""What goes into a report: only what was ticked, and a count of each before anything is written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from coach.domain.progress.period import FlagAnswer, FlagLevel, SelfTest
from coach.domain.progress.span import Span
from coach.services.demo import demo_history
from coach.services.report import USUAL, Report, ReportChoice, Section, contents, make_report
from tests import records, samples
from tests.progress import FakeProgressBook, noon, period

TODAY = date(2026, 11, 15)
NOW = datetime(2026, 11, 15, 8, 30, tzinfo=UTC)
SPAN = Span(TODAY - timedelta(days=83), TODAY)


def book() -> FakeProgressBook:
    routine = next(iter(samples.shipped().routines.values()))
    made = FakeProgressBook(demo_history(routine, TODAY, records.ZONE))
    made.add_flag(FlagAnswer(records.new_id(), noon(TODAY), "E1", FlagLevel.EMERGENCY, yes=False))
    made.add_test(SelfTest(records.new_id(), noon(TODAY), "T1", 120))
    made.add_period(period(TODAY - timedelta(days=40), TODAY - timedelta(days=36)))
    return made


def report(sections: frozenset[Section], of: FakeProgressBook | None = None) -> Report:
    return make_report(of or book(), ReportChoice(SPAN, sections), samples.routine(), NOW, records.ZONE)


def test_notes_and_flags_go_out_only_if_ticked() -> None:
    usual = report(USUAL)
    assert (usual.extras.notes, usual.extras.flags) == ((), ())
    assert len(usual.extras.tests) == 1
    everything = report(frozenset(Section))
    assert everything.extras.notes
    assert len(everything.extras.flags) == 1


def test_what_is_not_ticked_is_not_even_read() -> None:
    of = book()
    report(frozenset({Section.PROGRAMME}), of)
    assert not {"notes", "flags", "tests", "ratings"} & {what for what, _ in of.asked}


def test_nothing_ticked_is_empty() -> None:
    bare = report(frozenset())
    assert (bare.programme, bare.pain, bare.trends) == (None, (), ())
    view = bare.view
    parts = (view.areas, view.answers, view.sessions, view.periods, view.calendar, view.year, view.exercises)
    assert set(parts) == {()}
    assert {view.pain, view.trend, view.adherence, view.span_adherence, view.steadiness} == {None}
    assert view.seconds == 0
    assert contents(bare) == {}


def test_each_section_alone_holds_only_its_own() -> None:
    pain = report(frozenset({Section.PAIN}))
    assert len(pain.pain) == len(pain.view.answers) == 3
    assert (pain.view.calendar, pain.view.trend, pain.trends) == ((), None, ())
    assert len(pain.view.periods) == 1
    days = report(frozenset({Section.ADHERENCE}))
    assert len(days.view.calendar) == 84
    assert (days.view.pain, days.view.areas, days.view.trend) == (None, (), None)
    assert len(days.view.periods) == 1
    trends = report(frozenset({Section.TRENDS}))
    assert trends.view.trend == trends.trends[0]
    assert trends.view.periods == ()


def test_it_says_how_much_of_each_it_holds() -> None:
    full = report(frozenset(Section))
    said = contents(full)
    assert list(said) == list(Section)
    assert said[Section.PROGRAMME] == 3
    assert said[Section.ADHERENCE] == sum(day.sessions for day in full.view.calendar)
    assert (said[Section.PAIN], said[Section.TESTS], said[Section.FLAGS]) == (3, 1, 1)
    assert said[Section.TRENDS] == len(full.trends)
    assert said[Section.NOTES] == len(full.extras.notes)
    assert contents(report(frozenset({Section.PAIN}))) == {Section.PAIN: 3}


def test_a_report_of_no_data_says_so() -> None:
    empty = make_report(FakeProgressBook(), ReportChoice(SPAN), None, NOW, records.ZONE)
    assert empty.view.span == SPAN
    assert set(contents(empty).values()) == {0}
    assert list(contents(empty)) == [section for section in Section if section in USUAL]
