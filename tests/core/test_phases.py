"""No phase stays above its fuse for longer than a meter update."""

from dataclasses import replace

import pytest

from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.dispatch.phases import guard_phases
from custom_components.shems.core.observe.readings import Readings
from tests.core.homes import NOW, value_of

FUSED = Connection.fused(25.0)


def meters(grid_kw: float | None, *amps: float | None) -> Readings:
    return Readings(NOW, value_of(grid_kw), phases_a=tuple(value_of(each) for each in amps))


def test_a_phase_above_its_fuse_is_relieved_whatever_draws_from_it() -> None:
    limit = guard_phases(FUSED, meters(12.0, 30.0, 10.0, 12.0), None, NOW)
    assert limit is not None
    assert limit.import_kw == pytest.approx(12.0 - 3 * 5 * 0.23)
    assert limit.reason == "phase_fuse"


def test_what_was_taken_stays_taken_for_five_minutes() -> None:
    first = guard_phases(FUSED, meters(12.0, 30.0), None, NOW)
    assert first is not None
    assert guard_phases(FUSED, meters(8.0, 20.0), first, NOW + 299) == first
    assert guard_phases(FUSED, meters(8.0, 20.0), first, NOW + 300) is None
    again = guard_phases(FUSED, meters(12.0, 26.0), first, NOW + 10)
    assert again is not None
    assert again.import_kw == first.import_kw, "the meter has not seen yet what was cut"
    assert again.end == NOW + 310


def test_never_less_than_nothing_is_imported() -> None:
    limit = guard_phases(FUSED, meters(1.0, 40.0), None, NOW)
    assert limit is not None
    assert limit.import_kw == 0.0


@pytest.mark.parametrize(
    ("connection", "readings"),
    [
        (FUSED, meters(12.0, 25.0, 10.0, -40.0)),
        (FUSED, meters(12.0)),
        (FUSED, meters(12.0, None, None)),
        (FUSED, meters(None, 30.0)),
        (replace(FUSED, fuse_a=None), meters(12.0, 30.0)),
    ],
)
def test_what_is_below_or_unknown_is_no_reason(connection: Connection, readings: Readings) -> None:
    assert guard_phases(connection, readings, None, NOW) is None
