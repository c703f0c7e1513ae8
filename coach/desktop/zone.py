"""The person's time zone, read anew at every call: people travel while the program runs."""

from __future__ import annotations

import logging
import time
import warnings

FALLBACK = "UTC"


def local_zone() -> str:
    """The IANA name of the local zone.

    Where the system does not tell a name, a zone of the same offset from UTC stands in, so that the local date is
    right; failing that, UTC.
    """
    for name in (_system_name(), _same_offset()):
        if name and _exists(name):
            return name
    return FALLBACK


def _system_name() -> str | None:
    import tzlocal  # not with this module, which is imported before the first window

    # It complains at every call about a left-over configuration file that it then rightly ignores.
    logging.getLogger("tzlocal").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tzlocal.reload_localzone()
            return tzlocal.get_localzone_name()
        except (OSError, ValueError, LookupError):  # contradictory or unreadable configuration
            return None


def _same_offset() -> str:
    hours, rest = divmod(time.localtime().tm_gmtoff, 3600)
    # In these names the sign says how far west, so Etc/GMT-2 is two hours ahead of UTC.
    return f"Etc/GMT{-hours:+d}" if hours and not rest else FALLBACK


def _exists(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return False
    return True
