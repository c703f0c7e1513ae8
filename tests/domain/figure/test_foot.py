"""The foot close-up: toes rest on the cloth, bones keep their lengths, the towel only ever comes closer."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.figure import foot
from coach.domain.figure.geometry import distance
from tests import samples

TOES = range(5)
CURLS = [k / 60 for k in range(61)]
progress = st.floats(0, 1)

# figure.md section 10: first-bone angle of toes 1 to 5, tip x of toes 1 to 5, towel pull, at five moments of the curl.
PUBLISHED = {
    0.0: ((-3.9, -4.8, -3.7, -1.9, 1.1), (0.944, 0.961, 0.927, 0.877, 0.818), 0.0),
    0.25: ((4.2, 4.8, 5.9, 7.2, 9.9), (0.940, 0.951, 0.917, 0.867, 0.809), 0.017),
    0.5: ((12.1, 13.3, 14.2, 15.2, 17.6), (0.930, 0.931, 0.897, 0.850, 0.795), 0.047),
    0.75: ((19.6, 19.9, 20.4, 20.9, 23.4), (0.915, 0.903, 0.870, 0.826, 0.776), 0.091),
    1.0: ((26.3, 22.7, 22.0, 21.9, 25.3), (0.894, 0.866, 0.836, 0.795, 0.751), 0.147),
}


def clearance(index: int, reach: float, curl: float) -> float:
    """Height of a toe's tip circle above the cloth."""
    return foot.toe_chain(index, reach, curl).tip[1] - foot.TOES[index].radii[-1] - foot.CLOTH


@pytest.mark.parametrize("curl", PUBLISHED)
def test_toes_match_the_published_table(curl: float) -> None:
    angles, tips, pull = PUBLISHED[curl]
    chains = [foot.toe_chain(i, 0.0, curl) for i in TOES]
    assert [chain.angle for chain in chains] == pytest.approx(angles, abs=0.051)
    assert [chain.tip[0] for chain in chains] == pytest.approx(tips, abs=0.00051)
    assert foot.curl_pull(curl) == pytest.approx(pull, abs=0.00051)


@given(st.floats(foot.REACH_END, 1), st.sampled_from(TOES))
def test_after_landing_every_tip_rests_on_the_cloth(e: float, index: int) -> None:
    assert clearance(index, *foot.toe_phase(e)) == pytest.approx(0.0, abs=1e-9)


@given(st.floats(0, foot.REACH_END), st.sampled_from(TOES))
def test_before_landing_every_tip_comes_down(e: float, index: int) -> None:
    now, later = foot.toe_phase(e), foot.toe_phase(e + 0.01)
    assert clearance(index, *now) >= clearance(index, *later) - 1e-12
    assert clearance(index, 1.0, 0.0) == pytest.approx(foot.TOES[index].lift)


def test_reach_spreads_the_toes() -> None:
    def spread(reach: float) -> float:
        sides = [foot.toe_chain(i, reach, 0.0).tip[2] for i in TOES]
        return sides[-1] - sides[0]

    assert spread(1.0) > spread(0.0) + 0.08


@given(progress, st.sampled_from(TOES))
def test_bones_keep_their_lengths(curl: float, index: int) -> None:
    points = foot.toe_chain(index, 0.0, curl).points[1:]
    assert [distance(a, b) for a, b in pairwise(points)] == pytest.approx(foot.TOES[index].bones)


@given(progress)
def test_reach_comes_first_and_curl_after_it(e: float) -> None:
    reach, curl = foot.toe_phase(e)
    assert 0 <= reach <= 1
    assert 0 <= curl <= 1
    assert reach == 0 or curl == 0


def test_the_movement_runs_from_full_reach_to_full_curl() -> None:
    assert foot.toe_phase(0.0) == (1.0, 0.0)
    assert foot.toe_phase(foot.REACH_END) == (0.0, 0.0)
    assert foot.toe_phase(1.0) == pytest.approx((0.0, 1.0))


# -------------------------------------------------------------------------------------------------------------- towel
@given(progress, progress, st.integers(0, 20), st.booleans())
def test_the_pull_grows_with_the_curl(a: float, b: float, rep: int, returning: bool) -> None:
    low, high = sorted((a, b))
    pulls = [foot.towel_at(curl, rep=rep, returning=returning, keep=0.05).total for curl in (low, high)]
    assert 0 <= pulls[0] <= pulls[1] + 1e-12


@given(st.integers(0, 40), st.floats(0, 0.1))
def test_the_towel_never_jumps_from_one_phase_to_the_next(rep: int, keep: float) -> None:
    there = foot.towel_at(1.0, rep=rep, keep=keep).total
    assert foot.towel_at(1.0, rep=rep, returning=True, keep=keep).total == pytest.approx(there)
    back = foot.towel_at(0.0, rep=rep, returning=True, keep=keep).total
    assert foot.towel_at(0.0, rep=rep + 1, keep=keep).total == pytest.approx(back, abs=1e-12)


def test_the_pull_adds_up_and_every_fourth_return_smooths_the_towel() -> None:
    ends = [foot.towel_at(0.0, rep=rep, returning=True, keep=0.05).total for rep in range(8)]
    assert ends == pytest.approx([0.05, 0.10, 0.15, 0.0] * 2)


@pytest.mark.parametrize("level", ["towel", "weighted"])
def test_the_towel_stays_long_enough_and_the_book_off_the_toes(level: str) -> None:
    pose = samples.shipped().exercises["towel_toe_curl"].poses[level]
    books = [prop.numbers["length"] + 0.03 for prop in pose.props if prop.kind == "book"]
    for rep in range(foot.CYCLE):
        for curl in CURLS:
            tip = foot.lead_tip(curl)
            lies = foot.towel_at(curl, rep=rep, keep=pose.numbers_at(curl)["keep"])
            end = foot.towel_sheet(lies, tip).end
            assert end - max(books, default=0.0) > tip + foot.TOES[1].radii[-1]


@pytest.mark.parametrize("rep", range(foot.CYCLE))
@pytest.mark.parametrize("curl", [0.0, 0.3, 1.0])
def test_the_sheet_is_one_surface_along_the_floor(curl: float, rep: int) -> None:
    sheet = foot.towel_sheet(foot.towel_at(curl, rep=rep, keep=0.05), foot.lead_tip(curl))
    assert len(sheet.far) == len(sheet.near) == len(sheet.low) == len(sheet.shades)
    places = [at for at, _ in sheet.shades]
    assert places == sorted(places)
    assert places[0] == 0.0
    assert places[-1] == pytest.approx(1.0)
    assert all(0 <= dark <= 1 for _, dark in sheet.shades)
    for near, low in zip(sheet.near, sheet.low, strict=True):
        assert foot.CLOTH - 1e-12 <= near[1] - low[1] < 0.13


def test_folds_rise_only_when_the_towel_is_pulled() -> None:
    def highest(curl: float, rep: int = 0) -> float:
        sheet = foot.towel_sheet(foot.towel_at(curl, rep=rep, keep=0.05), foot.lead_tip(curl))
        return max(near[1] - low[1] for near, low in zip(sheet.near, sheet.low, strict=True))

    assert highest(0.0) == pytest.approx(foot.CLOTH + 0.010)
    assert highest(0.5) < highest(0.8) <= highest(1.0)
    assert highest(0.0, rep=3) > foot.CLOTH + 0.03


# --------------------------------------------------------------------------------------------------------------- body
def test_the_arch_domes_up_and_heel_and_ball_stay_down() -> None:
    flat, gripping = foot.foot_body(0.0), foot.foot_body(1.0)
    moved = [b[1] - a[1] for a, b in zip(flat, gripping, strict=True)]
    assert max(moved) == pytest.approx(foot.arch_rise(1.0))
    planted = [i for i, (_, y) in enumerate(flat) if y < 0.03]
    assert planted
    assert all(moved[i] == 0.0 for i in planted)


def test_the_arch_muscle_lies_under_the_instep_and_grows() -> None:
    small, full = foot.arch_muscle(1.0, 0.8), foot.arch_muscle(1.0, 1.0)
    assert max(x for x, _ in full) - min(x for x, _ in full) > max(x for x, _ in small) - min(x for x, _ in small)
    assert all(0.0 < y < 0.2 for _, y in full)
