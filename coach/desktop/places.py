"""What kind of place a folder is: one that another program copies about, or one on another computer."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SYNCED = (
    ("OneDrive", re.compile(r"onedrive( -.*)?")),
    ("Dropbox", re.compile(r"(\.?dropbox)( \(.*\))?")),
    ("iCloud Drive", re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents")),
    ("Google Drive", re.compile(r"google ?drive( ?fs)?|googledrive-.*|my ?drive")),
    ("Nextcloud", re.compile(r"nextcloud(-.*)?")),
    ("ownCloud", re.compile(r"owncloud(-.*)?")),
    ("Syncthing", re.compile(r"syncthing")),
    ("MEGA", re.compile(r"mega ?sync")),
    ("pCloud", re.compile(r"pcloud( ?drive)?")),
    ("Proton Drive", re.compile(r"proton ?drive.*")),
    ("Seafile", re.compile(r"seafile|seadrive.*")),
)
"""Folders as the services name them, in small letters."""
_MARKS = (
    (".stfolder", "Syncthing"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".dropbox.cache", "Dropbox"),
)
"""What the services leave in the uppermost folder that they copy."""
_REMOTE = frozenset(
    """
    9p afpfs afs beegfs ceph cifs coda davfs davfs2 fuse.ceph fuse.davfs2 fuse.gdfs fuse.glusterfs fuse.gvfsd-fuse
    fuse.rclone fuse.s3fs fuse.smbnetfs fuse.sshfs gfs gfs2 glusterfs lustre ncpfs nfs nfs4 ocfs2
    orangefs smb smb2 smb3 smbfs sshfs virtiofs webdav
    """.split()  # noqa: SIM905 - a list of words is read more easily than one of strings
)
_DRIVE_REMOTE = 4


def synced_or_remote(folder: Path) -> str:
    """A sentence to warn with when another program or another computer has a hand in this folder; empty otherwise.

    Never raises; what cannot be found out is not warned of.
    """
    place = Path(os.path.realpath(folder))
    service = synced(place)
    if service:
        return (
            f"Your data is in {place}, which {service} copies to other computers. That can mix up a diary that is in "
            "use: it is safer to keep it elsewhere and to let only the backups be copied."
        )
    if is_remote(place):
        return (
            f"Your data is in {place}, on a network drive. If the connection breaks, an entry can be lost: it is safer "
            "to keep it on this computer."
        )
    return ""


def synced(folder: Path) -> str:
    """The name of the service that copies this folder to other computers, by names and marks on its path; or empty."""
    for part in folder.parts:
        for service, pattern in _SYNCED:
            if pattern.fullmatch(part.casefold()):
                return service
    for place in (folder, *folder.parents):
        for mark, service in _MARKS:
            if os.path.lexists(place / mark):
                return service
    return ""


def is_remote(folder: Path) -> bool:
    """Whether the folder is on a network drive, as far as the system tells."""
    place = Path(os.path.realpath(folder))
    if sys.platform == "win32":
        return _drive_type(place) == _DRIVE_REMOTE
    return kind_of(place, mounts()) in _REMOTE


def kind_of(folder: Path, table: Sequence[tuple[str, str]]) -> str:
    """The kind of file system that a folder is on: that of the longest mount point above it, the last one mounted."""
    longest, kind = -1, ""
    for point, name in table:
        if folder.is_relative_to(point) and len(Path(point).parts) >= longest:
            longest, kind = len(Path(point).parts), name
    return kind


def mounts() -> tuple[tuple[str, str], ...]:
    """What is mounted where on this computer; nothing where the system does not tell."""
    if sys.platform == "darwin":
        return read_mount_output(_output_of_mount())
    try:
        return read_mountinfo(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return ()


def read_mountinfo(text: str) -> tuple[tuple[str, str], ...]:
    """The table of Linux, see `man 5 proc_pid_mountinfo`; lines of another form are passed over."""
    found = []
    for line in text.splitlines():
        left, dash, right = line.partition(" - ")
        fields = left.split(" ")
        if dash and len(fields) > 4 and right:
            point = re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[4])
            found.append((point, right.split(" ")[0]))
    return tuple(found)


def read_mount_output(text: str) -> tuple[tuple[str, str], ...]:
    """What `mount` prints on macOS: `//me@host/share on /Volumes/share (smbfs, nodev, nosuid)`."""
    lines = (re.fullmatch(r".+? on (/.*) \(([^,)]+).*\)", line) for line in text.splitlines())
    return tuple((line[1], line[2]) for line in lines if line)


def _output_of_mount() -> str:
    import subprocess

    try:
        done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=2, check=False)
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return ""
    return done.stdout


def _drive_type(place: Path) -> int:
    import ctypes

    windows = getattr(ctypes, "windll", None)
    root = "\\\\" if str(place).startswith("\\\\") else place.anchor
    if root == "\\\\":  # a share by its own name, without a letter
        return _DRIVE_REMOTE
    return int(windows.kernel32.GetDriveTypeW(root)) if windows else 0
