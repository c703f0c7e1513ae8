"""What other programs of the person are doing, from `/proc` and from small programs of the desktop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PROC = Path("/proc")
SANDBOX = Path("/.flatpak-info")
_CAMERA = re.compile(r"/dev/video\d+")


async def camera(proc: Path = PROC, sandbox: Path = SANDBOX) -> bool | None:
    """Whether a program of this person has a camera open; None where other programs cannot be seen.

    Cameras that the desktop hands out are opened by its own media service, which belongs to the person as well.
    """
    if not _sees_others(proc, sandbox):
        return None
    own = str(os.getpid())
    for process in os.listdir(proc):  # noqa: PTH208 - names are all that is needed, and there are many
        if process.isdigit() and process != own:
            if _holds_camera(f"{proc}/{process}/fd"):
                return True
            await asyncio.sleep(0)  # so that the limit of time can end this
    return False


def _sees_others(proc: Path, sandbox: Path) -> bool:
    return not sandbox.exists() and (proc / "self").exists()


def _holds_camera(folder: str) -> bool:
    with contextlib.suppress(OSError):  # another person's, or ended by now
        for name in os.listdir(folder):  # noqa: PTH208
            with contextlib.suppress(OSError):
                if _CAMERA.fullmatch(os.readlink(f"{folder}/{name}")):  # noqa: PTH115
                    return True
    return False


async def microphone(environ: Mapping[str, str]) -> bool | None:
    """Whether something records, a recording of the computer's own sound included; None where nobody tells."""
    if not _sound_server(environ):
        return None  # asking would start one
    answer = await output_of(environ, "pactl", "list", "short", "source-outputs")
    if answer is None:
        return None
    lines = answer.splitlines()
    return bool(lines) if all(re.match(r"\d+\t", line) for line in lines) else None


def _sound_server(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("PULSE_SERVER")) or Path(environ.get("XDG_RUNTIME_DIR", "/"), "pulse/native").exists()


async def banners_off(environ: Mapping[str, str]) -> bool | None:
    """GNOME's "do not disturb"; elsewhere its setting means nothing."""
    desktops = environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":")
    if not {"GNOME", "UNITY", "BUDGIE"} & set(desktops):
        return None
    answer = await output_of(environ, "gsettings", "get", "org.gnome.desktop.notifications", "show-banners")
    return {"true": False, "false": True}.get((answer or "").strip())


async def output_of(environ: Mapping[str, str], program: str, *arguments: str) -> str | None:
    """What a program prints, None if it is not there or fails; it is ended when the limit of time is."""
    path = shutil.which(program, path=environ.get("PATH", os.defpath))
    if path is None:
        return None
    process = await asyncio.create_subprocess_exec(
        path,
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_for_others(environ),
    )
    try:
        out, _ = await process.communicate()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    return out.decode(errors="replace") if process.returncode == 0 else None


def _for_others(environ: Mapping[str, str]) -> dict[str, str]:
    """Without the library folder of a frozen program, which is no good to programs of the system."""
    clean = {key: value for key, value in environ.items() if key not in {"LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"}}
    before = environ.get("LD_LIBRARY_PATH_ORIG")
    return clean | {"LD_LIBRARY_PATH": before} if before else clean
