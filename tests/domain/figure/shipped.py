"""Every pose of the shipped exercise files, for tests that hold for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from coach.domain.figure.pose import View
from tests.samples import shipped

if TYPE_CHECKING:
    from coach.domain.figure.pose import Pose


def poses() -> dict[str, Pose]:
    """`exercise/pose` to pose."""
    return {
        f"{exercise.id}/{key}": pose
        for exercise in shipped().exercises.values()
        for key, pose in exercise.poses.items()
    }


def side_poses() -> dict[str, Pose]:
    """Those seen from the side."""
    return {name: pose for name, pose in poses().items() if pose.view is View.SIDE}


every_pose = pytest.mark.parametrize("name", sorted(poses()))
every_side_pose = pytest.mark.parametrize("name", sorted(side_poses()))
