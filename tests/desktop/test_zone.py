"""The local zone: a name that exists, read anew, and near the truth when the system is silent."""

from __future__ import annotations

import time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import tzlocal

from coach.desktop import zone
from coach.desktop.zone import local_zone


def test_it_is_read_anew_when_the_person_travels(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Europe/Berlin", "America/St_Johns", "Pacific/Kiritimati", ":Asia/Kathmandu"):
        monkeypatch.setenv("TZ", name)
        assert local_zone() == name.lstrip(":")


@pytest.mark.parametrize(
    "value", ["Mars/Olympus", "CET-1CEST,M3.5.0,M10.5.0/3", "/no/such/file", "../../etc/passwd", "\x01"]
)
def test_nonsense_in_the_environment_still_gives_a_zone_that_exists(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("TZ", value)
    assert ZoneInfo(local_zone()).key


class _Local(NamedTuple):
    tm_gmtoff: int


@pytest.mark.parametrize(
    ("seconds", "name"),
    [(7200, "Etc/GMT-2"), (-5 * 3600, "Etc/GMT+5"), (14 * 3600, "Etc/GMT-14"), (0, "UTC"), (20_700, "UTC")],
)
def test_where_the_system_has_no_name_a_zone_of_the_same_offset_stands_in(
    monkeypatch: pytest.MonkeyPatch, seconds: int, name: str
) -> None:
    monkeypatch.setattr(tzlocal, "get_localzone_name", lambda: None)
    monkeypatch.setattr(time, "localtime", lambda: _Local(seconds))
    assert local_zone() == name


@pytest.mark.parametrize("error", [OSError, ValueError, LookupError, UnicodeDecodeError("utf-8", b"", 0, 1, "bad")])
def test_contradictory_configuration_is_no_trouble(
    monkeypatch: pytest.MonkeyPatch, error: Exception | type[Exception]
) -> None:
    def contradict() -> None:
        raise error

    monkeypatch.setattr(tzlocal, "reload_localzone", contradict)
    monkeypatch.setattr(time, "localtime", lambda: _Local(3600))
    assert local_zone() == "Etc/GMT-1"


def test_the_last_resort_is_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zone, "_exists", lambda _name: False)
    assert local_zone() == "UTC"
