"""A person who is reminded: what rings, what is shown of it, what becomes of each answer, and what the list tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from coach.domain.pain import Area, BodySide, Region
from coach.domain.reminders.ledger import Answer, Missed
from coach.domain.reminders.parts import EVERY_DAY, Manner, ReminderKind, SkipDone, Within
from tests.journeys import eyes, hands
from tests.journeys.reminded import NOON, Reminded, cards, local

if TYPE_CHECKING:
    import pytest


def test_a_reminder_from_its_first_minute_to_the_end_of_the_day(reminded: Reminded) -> None:
    rule = reminded.keep("12:02", "18:30")
    reminded.until("12:01")
    assert reminded.notices == []
    reminded.until("12:02")
    assert reminded.notices == ["Daily six, 13½ min"]
    assert reminded.desktop.notices.told[-1].buttons == (
        ("start", "Start"),
        ("snooze:10", "In 10 min"),
        ("skip", "Not today"),
    )
    reminded.press("snooze:10")
    assert reminded.desktop.notices.shown == {}
    reminded.until("12:11")
    assert len(reminded.notices) == 1
    reminded.until("12:12")
    assert len(reminded.notices) == 2
    reminded.press("start")
    assert reminded.desk.guiding  # nothing hurts lately: straight to get ready
    assert reminded.desk.session.run.moment(reminded.desk.clock.monotonic()).phase.value == "get_ready"
    reminded.desk.wait_for_end()
    hands.click("Done")
    reminded.turn()
    reminded.until("19:00")
    assert len(reminded.notices) == 2  # the second one of the day is spared
    assert reminded.story(rule, "12:02") == [Answer.SHOWN, Answer.SNOOZED, Answer.SHOWN, Answer.STARTED]
    hands.press("Ctrl+4")
    words = eyes.words()
    assert "12:02 Daily six: 12:02 shown · 12:02 snoozed to 12:12 · 12:12 shown · 12:12 started" in words
    assert eyes.find("Daily six, Mon 16 Nov: ", QAbstractButton).accessibleName().endswith("18:30 Already done.")


def test_the_next_routine_can_be_asked_for_at_once(reminded: Reminded) -> None:
    rule = reminded.keep("18:30")
    reminded.until("12:01")
    reminded.window.remind_now()
    reminded.turn()
    assert reminded.notices == ["Daily six, 13½ min"]
    reminded.press("start")
    assert reminded.desk.guiding
    reminded.window.remind_now()
    assert len(reminded.notices) == 1  # a session is not interrupted
    assert reminded.story(rule, "18:30") == [Answer.SHOWN, Answer.STARTED]


def test_what_hurt_lately_is_asked_about_first_and_one_key_says_no_change(reminded: Reminded) -> None:
    desk = reminded.desk
    hands.press("Enter")
    area = Area(Region.HEEL_SOLE, BodySide.RIGHT)
    hands.click("Heel or sole, right: no answer")
    hands.press("3", "Enter")
    assert desk.guiding
    hands.press("Esc")
    hands.click("End")
    hands.click("Done")
    reminded.keep("12:30", skip_done=SkipDone.NEVER)
    reminded.until("12:30")
    reminded.press("start")
    assert desk.guiding  # it was rated today, and is not asked about again
    assert [rating.nrs for rating in desk.logged()[1].pain if rating.area == area] == [3]
    assert desk.logged()[0].pain == ()


def test_not_today_is_silent_for_the_rest_of_the_day(reminded: Reminded) -> None:
    rule = reminded.keep("12:30", "18:30")
    reminded.until("12:30")
    reminded.press("skip")
    reminded.until("19:00")
    assert len(reminded.notices) == 1
    assert reminded.story(rule, "18:30") in ([], [Answer.SKIPPED])
    reminded.until("12:30", day=17)
    assert len(reminded.notices) == 2


def test_whoever_does_not_answer_is_called_once_more_and_gently(reminded: Reminded) -> None:
    rule = reminded.keep("12:30", manner=Manner(sound=True))
    reminded.until("12:44")
    assert [notice.sound for notice in reminded.desktop.notices.told] == [True]
    reminded.press("gone")
    reminded.until("12:45")
    assert [notice.sound for notice in reminded.desktop.notices.told] == [True, False]
    reminded.until("00:01", day=17)
    assert len(reminded.notices) == 2
    assert reminded.missed(rule) == [Missed.NO_ANSWER]


def test_snoozes_come_to_an_end(reminded: Reminded) -> None:
    reminded.keep("12:30", manner=Manner(snoozes=1, nudge_min=None))
    reminded.until("12:30")
    reminded.press("snooze:10")
    reminded.until("12:40")
    assert [action for action, _ in reminded.desktop.notices.told[-1].buttons] == ["start", "skip"]


def test_a_session_under_way_is_never_interrupted(reminded: Reminded) -> None:
    rule = reminded.keep("12:03", kind=ReminderKind.WEEKLY_CHECK, weekdays=EVERY_DAY)
    hands.press("Enter")
    hands.click("Nothing hurts")
    assert reminded.desk.guiding
    reminded.until("12:10")
    assert reminded.notices == []
    hands.press("Esc")
    hands.click("End")
    hands.click("Done")
    reminded.until("12:15")
    assert reminded.notices == ["A look back at your week"]
    assert reminded.story(rule, "12:03") == [Answer.SHOWN]


def test_sleep_over_a_reminder_offers_a_short_version(reminded: Reminded) -> None:
    rule = reminded.keep("13:00")
    reminded.sleep_until("14:30")
    assert reminded.notices == ["You were away at 13:00"]
    assert reminded.desktop.notices.told[-1].buttons[0] == ("start", "Start, 7½ min")
    reminded.press("start")
    assert reminded.desk.guiding
    assert reminded.desk.session.run.plan[0].exercise.id == "towel_toe_curl"
    reminded.desk.wait_for_end()
    hands.click("Done")
    assert reminded.desk.logged()[0].start.routine_id == "daily_short"
    assert reminded.story(rule, "13:00")[-1] is Answer.STARTED


def test_sleep_for_long_is_told_in_the_list_alone(reminded: Reminded) -> None:
    rule = reminded.keep("13:00")
    reminded.sleep_until("17:30")
    assert reminded.notices == []
    assert reminded.missed(rule) == [Missed.ASLEEP]
    assert eyes.sees("While you were away", QLabel)
    assert "Today: Daily six at 13:00" in eyes.words()


def test_a_clock_that_is_set_misses_nothing(reminded: Reminded) -> None:
    rule = reminded.keep("13:00")
    reminded.desk.clock.set_now(local("16:00"))
    reminded.turn()
    assert reminded.notices == []
    assert reminded.missed(rule) == []
    assert len(reminded.window.reminders.flow.outlook.history.steps) == 1
    reminded.desk.clock.set_now(local("12:59"))
    reminded.turn()
    reminded.until("13:00")
    assert reminded.notices == ["Daily six, 13½ min"]


def test_a_person_who_travels_is_reminded_by_the_clocks_there(reminded: Reminded) -> None:
    rule = reminded.keep("18:30")
    reminded.desk.zone = "Asia/Tokyo"  # 20:00 there, eight hours later
    reminded.turn()
    assert reminded.missed(rule) in ([], [Missed.TRAVEL])
    reminded.desk.zone = "America/New_York"
    reminded.turn()
    before = len(reminded.notices)
    reminded.desk.clock.advance(12 * 3600 + 31 * 60)
    reminded.turn()
    assert len(reminded.notices) <= before + 1


def test_do_not_disturb_waits_then_gives_up_and_says_so(reminded: Reminded) -> None:
    rule = reminded.keep("12:30")
    reminded.desktop.around.now(do_not_disturb=True)
    reminded.until("12:59")
    assert reminded.notices == []
    assert reminded.story(rule, "12:30") == []
    reminded.until("13:02")
    assert reminded.notices == []
    assert reminded.missed(rule) == [Missed.DO_NOT_DISTURB]
    hands.press("Ctrl+4")
    assert "12:30 Daily six: missed: do not disturb was on" in eyes.words()


def test_a_call_that_ends_in_time_lets_the_reminder_through(reminded: Reminded) -> None:
    reminded.keep("12:30")
    reminded.desktop.around.now(microphone=True)
    reminded.until("12:40")
    assert reminded.notices == []
    reminded.desktop.around.now()
    reminded.until("12:42")
    assert reminded.notices == ["Daily six, 13½ min"]


def test_surroundings_that_cannot_be_known_are_no_reason_to_be_silent(reminded: Reminded) -> None:
    reminded.keep("12:30")
    reminded.desktop.around.fault = OSError("no bus")
    reminded.until("12:30")
    assert reminded.notices == ["Daily six, 13½ min"]


def test_what_waited_is_not_shown_when_it_was_done_meanwhile(reminded: Reminded) -> None:
    reminded.keep("12:30")
    reminded.desktop.around.now(full_screen=True)
    reminded.until("12:31")
    reminded.window.start_routine("daily_six")
    reminded.desk.wait_for_end()
    hands.click("Done")
    reminded.desktop.around.now()
    reminded.until("13:10")
    assert reminded.notices == []


def test_without_notifications_there_is_the_drawn_card(reminded: Reminded) -> None:
    rule = reminded.keep("12:30")
    reminded.desktop.notices.fault = "Nobody listens to notifications here."
    reminded.until("12:30")
    (card,) = cards()
    assert card.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert card.accessibleName().startswith("Daily six, 13½ min.")
    hands.click(eyes.find("In 30 min", QAbstractButton, card))
    reminded.turn()
    assert cards() == []
    assert reminded.story(rule, "12:30") == [Answer.SHOWN, Answer.SNOOZED]
    reminded.until("13:00")
    (card,) = cards()
    card.close()
    reminded.turn()
    assert reminded.story(rule, "12:30")[-1] is Answer.DISMISSED
    hands.press("Ctrl+4")
    assert "Notifications cannot be shown here." in eyes.words()


def test_where_there_is_a_tray_it_speaks_before_the_card(reminded: Reminded, monkeypatch: pytest.MonkeyPatch) -> None:
    balloons: list[str] = []
    tray = reminded.tray

    def balloon(title: str, _text: str) -> bool:
        balloons.append(title)
        return True

    monkeypatch.setattr(tray, "balloon", balloon)
    reminded.keep("12:30")
    reminded.desktop.notices.fault = "Nobody listens to notifications here."
    reminded.until("12:30")
    assert balloons == ["Daily six, 13½ min"]
    assert cards() == []
    tray.message_clicked.emit()
    (card,) = cards()
    hands.click(eyes.find("Not today", QAbstractButton, card))
    assert cards() == []


def test_the_notification_itself_opens_every_answer_there_is(reminded: Reminded) -> None:
    reminded.keep("12:30")
    reminded.until("12:30")
    reminded.press("open")
    (card,) = cards()
    assert [eyes.said(b)[0] for b in eyes.shown(QAbstractButton, card)] == [
        "Close this reminder",
        "Start",
        "In 10 min",
        "In 30 min",
        "In 1 h",
        "Not today",
    ]
    hands.click(eyes.find("Start", QAbstractButton, card))
    assert reminded.desk.guiding
    assert reminded.desktop.notices.shown == {}


def test_14_days_away_are_one_notification_and_one_line_a_day(reminded: Reminded) -> None:
    reminded.keep("07:30", "12:30")
    reminded.desk.close()
    reminded.desk.clock.advance((local("13:00", day=30) - reminded.desk.clock.now()).total_seconds())
    reminded.desktop.clocks.clear()
    reminded.open()
    assert reminded.notices == ["You were away at 12:30"]
    told = reminded.window.reminders.flow.today_words()
    assert told is not None
    away = told[0]
    assert len(away) == 15
    assert away[0] == "Today: Daily six at 07:30"
    assert away[1] == "Yesterday: Daily six at 07:30, 12:30"
    words = eyes.words()
    assert "and 12 days before that" in words
    hands.click("Close: while you were away")
    assert not eyes.sees("While you were away", QLabel)


def test_the_short_version_is_one_click_away(reminded: Reminded) -> None:
    reminded.keep("13:00")
    reminded.sleep_until("17:30")
    hands.click("Do the short version now")
    assert reminded.desk.guiding
    reminded.desk.wait_for_end()
    hands.click("Done")
    assert reminded.desk.logged()[0].start.routine_id == "daily_short"


def test_long_sitting_is_the_cue(reminded: Reminded) -> None:
    rule = reminded.keep(kind=ReminderKind.SITTING)
    reminded.window.reminders.flow.change(replace(rule, when=Within(time(9), time(17), 30)))
    reminded.desktop.around.idle = 5.0
    reminded.until("12:29")
    assert reminded.notices == []
    reminded.until("12:34")
    assert reminded.notices == ["Time to stand up"]
    reminded.desktop.around.idle = None
    reminded.until("14:00")
    assert len(reminded.notices) == 1 or reminded.notices == ["Time to stand up"] * 2  # the second, gentle call


def test_nobody_looks_at_the_input_without_a_sitting_reminder(reminded: Reminded) -> None:
    reminded.keep("18:30")
    reminded.desktop.around.fault = AssertionError("nobody asked for it")
    reminded.until("13:00")


def test_the_morning_is_asked_about_straight_from_the_notification(reminded: Reminded) -> None:
    desk = reminded.desk
    hands.press("Enter")
    hands.click("Heel or sole, right: no answer")
    hands.press("4", "Enter")
    hands.press("Esc")
    hands.click("End")
    hands.click("Done")
    reminded.keep("08:30", kind=ReminderKind.MORNING_CHECK)
    reminded.until("08:30", day=17)
    assert reminded.notices == ["Two questions for this morning"]
    assert "pain" not in " ".join((*reminded.notices, reminded.desktop.notices.told[-1].text)).lower()
    reminded.press("start")
    assert eyes.sees("First steps this morning", QLabel)
    assert not eyes.find("Save", QAbstractButton).isEnabled()  # nothing is filled in
    hands.press("5")
    hands.click("6 to 15")
    hands.click("Save")
    desk.settle()
    assert eyes.sees("Today", QAbstractButton)
    diary = desk.core.open_diary()
    (check,) = diary.reminders.checks(NOON.date())
    diary.close()
    assert check.stiffness.value == "6-15"  # type: ignore[union-attr]
    reminded.until("12:00", day=17)
    assert len(reminded.notices) == 1


def test_the_week_is_asked_about_and_later_is_an_answer_too(reminded: Reminded) -> None:
    reminded.keep("12:30", kind=ReminderKind.WEEKLY_CHECK, weekdays=EVERY_DAY)
    reminded.until("12:30")
    reminded.press("start")
    assert eyes.sees("Your last 7 days", QLabel)
    hands.press("Esc")
    assert not eyes.sees("Your last 7 days", QLabel)
    reminded.until("12:45")
    assert len(reminded.notices) == 2
    reminded.press("start")
    hands.click(eyes.find("Which activity is hardest?", QLineEdit))
    hands.write("stairs")
    hands.press("Enter")
    reminded.desk.settle()
    assert not eyes.sees("Your last 7 days", QLabel)
