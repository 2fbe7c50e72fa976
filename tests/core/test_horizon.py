"""Steps of a plan: constant in number, aligned, and deaf to clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.horizon import DAY_S, FINE_S, HOUR_S, QUARTER_S, Horizon

STEPS = 12 + 92 + 34
CLOCK_CHANGES = [
    ("Europe/Brussels", (2026, 3, 29), 23),
    ("Europe/Brussels", (2026, 10, 25), 25),
    ("America/New_York", (2026, 3, 8), 23),
    ("America/New_York", (2026, 11, 1), 25),
    ("Australia/Lord_Howe", (2026, 10, 4), 23.5),
    ("Australia/Lord_Howe", (2026, 4, 5), 24.5),
]
"""Zone, local date, and how many hours that day has."""


def phase_of(zone: str, at: float) -> float:
    offset = datetime.fromtimestamp(at, ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset.total_seconds() % HOUR_S


@pytest.mark.parametrize(("zone", "date", "hours"), CLOCK_CHANGES)
def test_every_minute_of_a_day_with_a_clock_change(
    zone: str, date: tuple[int, int, int], hours: float
) -> None:
    info = ZoneInfo(zone)
    midnight = datetime(*date, tzinfo=info)
    begin, end = midnight.timestamp(), (midnight + timedelta(days=1)).timestamp()
    assert (end - begin) / HOUR_S == hours
    for now in np.arange(begin, end, 60.0).tolist():
        phase = phase_of(zone, now)
        horizon = Horizon.tiered(now, phase_s=phase)
        assert len(horizon) == STEPS
        assert horizon.edges[0] == now
        check_alignment(horizon, phase)


@given(
    now=st.floats(1.6e9, 2.2e9, allow_nan=False),
    phase=st.sampled_from([0.0, 900.0, 1800.0, 2700.0]),
)
def test_every_moment_has_the_same_count(now: float, phase: float) -> None:
    horizon = Horizon.tiered(now, phase_s=phase)
    assert len(horizon) == STEPS
    assert horizon.edges[0] == pytest.approx(now, abs=1e-3)
    assert 48 <= horizon.hours.sum() <= 72
    check_alignment(horizon, phase)


def check_alignment(horizon: Horizon, phase: float) -> None:
    """Assert the widths, that they never shrink, and that they change on their own borders."""
    width = np.diff(horizon.edges)[1:]
    assert set(width.tolist()) == {FINE_S, QUARTER_S, HOUR_S}
    assert (np.diff(width) >= 0).all()
    start = horizon.start[1:] - phase
    assert (start % np.minimum(width, HOUR_S) == 0).all()
    fine = np.count_nonzero(horizon.end <= horizon.edges[0] + HOUR_S)
    assert fine >= 11
    near = horizon.start < horizon.edges[0] + DAY_S - HOUR_S
    assert np.diff(horizon.edges)[near].max() <= QUARTER_S


def test_index_finds_the_step_that_holds_a_time() -> None:
    horizon = Horizon.uniform(100.0, 10.0, 3)
    assert [horizon.index(at) for at in (99.9, 100.0, 109.9, 110.0, 129.9, 130.0)] == [
        None,
        0,
        0,
        1,
        2,
        None,
    ]


@pytest.mark.parametrize(
    "edges", [[0.0], [], [1.0, 1.0], [2.0, 1.0], [0.0, float("nan"), 2.0], [[0.0, 1.0]]]
)
def test_edges_that_do_not_increase_are_refused(edges: list[float]) -> None:
    with pytest.raises(ValueError, match="increase"):
        Horizon(np.array(edges))


def test_a_horizon_begins_inside_its_slot() -> None:
    now = datetime(2026, 6, 1, 12, 3, 20, tzinfo=UTC).timestamp()
    horizon = Horizon.tiered(now)
    assert horizon.start[0] == now
    assert horizon.end[0] == now + 100
