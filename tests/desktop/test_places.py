"""Folders that others have a hand in: told by names and marks, and by what the system says is mounted where."""

from __future__ import annotations

import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from coach.desktop import places
from coach.desktop.places import is_remote, kind_of, read_mount_output, read_mountinfo, synced, synced_or_remote

if TYPE_CHECKING:
    from collections.abc import Sequence

MOUNTINFO = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:26 / /home rw,relatime shared:2 master:1 - nfs4 server:/export/home rw,vers=4.2
31 30 254:1 / /home/me/disk\\040of\\040mine rw - ext4 /dev/vdb rw
32 22 0:40 / /mnt/share rw,nosuid - cifs //server/share rw
33 22 0:41 / /mnt/phone rw - fuse.sshfs phone:/ rw
34 22 0:42 / /mnt/again rw - nfs server:/x rw
35 22 254:2 / /mnt/again rw - ext4 /dev/vdc rw
nonsense
"""
MOUNT = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//me@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by me)
/dev/disk5s1 on /Volumes/stick (1) (msdos, local, nodev)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", "ext4"),
        ("/", "ext4"),
        ("/home/me/.local/share/foot-coach", "nfs4"),
        ("/home/me/disk of mine/coach", "ext4"),
        ("/homes", "ext4"),
        ("/mnt/share/coach", "cifs"),
        ("/mnt/phone", "fuse.sshfs"),
        ("/mnt/again/coach", "ext4"),  # mounted over the other one
    ],
)
def test_the_nearest_mount_point_tells_the_kind(folder: str, kind: str) -> None:
    assert kind_of(Path(folder), read_mountinfo(MOUNTINFO)) == kind


def test_the_table_of_another_system_is_read() -> None:
    table = read_mount_output(MOUNT)
    assert kind_of(Path("/Volumes/share/coach"), table) == "smbfs"
    assert kind_of(Path("/Volumes/stick (1)/coach"), table) == "msdos"
    assert kind_of(Path("/Users/me"), table) == "apfs"


@pytest.mark.parametrize("text", ["", "\n", "a b c - \n", " - ext4", "1 2 3 4 - x"])
def test_a_table_of_another_form_says_nothing(text: str) -> None:
    assert kind_of(Path("/home"), read_mountinfo(text)) == ""
    assert kind_of(Path("/home"), read_mount_output(text)) == ""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "fuse.rclone"])
def test_fault_13_a_network_drive_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(places, "mounts", lambda: (("/", kind),))
    monkeypatch.setattr(sys, "platform", "linux")
    assert is_remote(tmp_path)
    assert "on a network drive" in synced_or_remote(tmp_path)
    assert str(tmp_path) in synced_or_remote(tmp_path)


@pytest.mark.parametrize("table", [(), (("/", "ext4"),), (("/", "btrfs"), ("/elsewhere", "nfs"))])
def test_an_ordinary_folder_is_not_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: Sequence[tuple[str, str]]
) -> None:
    monkeypatch.setattr(places, "mounts", lambda: table)
    monkeypatch.setattr(sys, "platform", "linux")
    assert synced_or_remote(tmp_path) == ""


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - A Clinic", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)", "Dropbox"),
        ("iCloudDrive", "iCloud Drive"),
        ("com~apple~CloudDocs", "iCloud Drive"),
        ("Google Drive", "Google Drive"),
        ("GoogleDrive-me@example.org", "Google Drive"),
        ("My Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("Syncthing", "Syncthing"),
        ("pCloud Drive", "pCloud"),
    ],
)
def test_fault_13_a_folder_that_a_service_copies_is_warned_of(tmp_path: Path, name: str, service: str) -> None:
    folder = tmp_path / name / "health" / "coach"
    folder.mkdir(parents=True)
    assert synced(folder) == service
    assert f"which {service} copies to other computers" in synced_or_remote(folder)
    (tmp_path / "link").symlink_to(folder)
    assert service in synced_or_remote(tmp_path / "link")


@pytest.mark.parametrize("mark", [".stfolder", ".nextcloudsync.log", ".owncloudsync.log", ".dropbox.cache"])
def test_a_service_is_told_by_what_it_leaves(tmp_path: Path, mark: str) -> None:
    folder = tmp_path / "any name" / "coach"
    folder.mkdir(parents=True)
    assert synced(folder) == ""
    (tmp_path / "any name" / mark).touch()
    assert synced(folder) != ""


@pytest.mark.parametrize("name", ["drive", "my onedrive notes", "box", "cloud", "mega", "foot-coach"])
def test_a_name_that_only_sounds_alike_is_not_warned_of(name: str) -> None:
    assert synced(Path(PurePosixPath("/data") / name / "coach")) == ""


def test_this_very_computer_can_be_asked(tmp_path: Path) -> None:
    assert isinstance(synced_or_remote(tmp_path / "not there"), str)
    if sys.platform == "linux":
        assert kind_of(Path("/proc"), places.mounts()) == "proc"
