"""Histories are cut from their end, whatever their length."""

import numpy as np
import pytest

from custom_components.shems.core.infer.windows import windows

_BEGIN = 1_700_000_000.0 // 3600 * 3600


@pytest.mark.parametrize(
    ("days", "count"), [(7, 1), (27.5, 1), (28, 1), (55, 1), (56, 2), (400, 14), (900, 14)]
)
def test_whole_windows_end_with_the_history(days: float, count: int) -> None:
    times = _BEGIN + 3600.0 * np.arange(int(days * 24))
    found = windows(times)
    assert found.times.shape == (count, 672)
    assert found.times[0, -1] == times[-1]
    assert np.all(np.diff(found.times, axis=1) == 3600)
    values = np.arange(len(times), dtype=float)
    cut = found.cut(values)
    known = np.isfinite(cut)
    np.testing.assert_array_equal(times[cut[known].astype(int)], found.times[known])
    assert known.sum() == min(len(times), 672 * count)


def test_spans_tell_what_is_known() -> None:
    times = _BEGIN + 3600.0 * np.arange(56 * 24)
    values = np.where(np.arange(56 * 24) % 2 == 0, 1.0, np.nan)
    values[: 28 * 24] = np.nan
    (window, days), (before, none) = windows(times).spans(values)
    assert window == (times[28 * 24], times[-1] + 3600)
    assert days == 14.0
    assert before[1] == window[0]
    assert none == 0.0
