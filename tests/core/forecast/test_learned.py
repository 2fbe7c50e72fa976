"""All learners together: the same in slices, from a file, and with nothing to learn."""

import numpy as np
import pytest

from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.forecast.learned import Learned, learn
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.series import Series

ZONE = "Europe/Amsterdam"
NOW = 1_781_049_600.0 - 30 * DAY_S + 2 * HOUR_S
SITE = Site(52.0, 5.0, (), 0.0)


def past(days: int, *, sun: bool = True) -> History:
    """Return a past that ends now."""
    rng = np.random.default_rng(7)
    start = NOW - days * DAY_S + HOUR_S * np.arange(24 * days)
    hour = start / HOUR_S % 24
    load = 0.5 + 0.5 * np.exp(-((hour - 18) ** 2) / 8) + 0.1 * rng.random(len(start))
    solar = np.maximum(0, np.sin((hour - 5) / 14 * np.pi)) * rng.uniform(0.3, 3, len(start))
    end = start + HOUR_S
    return History(
        load=Series(start, end, load), solar=Series(start, end, solar) if sun else Series.empty()
    )


@pytest.fixture(scope="module")
def whole() -> Learned:
    """Return what is learned of three weeks at once."""
    learned, share = learn(Learned(), past(21), ZONE, NOW, site=SITE)
    assert share == 1.0
    return learned


def same(one: Learned, other: Learned) -> bool:
    """Return whether two states say and know the same."""
    mine, yours = one.to_arrays(), other.to_arrays()
    return mine.keys() == yours.keys() and all(
        np.array_equal(mine[key], yours[key], equal_nan=mine[key].dtype.kind == "f") for key in mine
    )


def test_slices_come_to_the_same_as_one_call(whole: Learned) -> None:
    learned, share, shares = Learned(), 0.0, []
    while share < 1.0:
        learned, share = learn(learned, past(21), ZONE, NOW, site=SITE, most_days=8)
        shares.append(share)
    assert len(shares) > 3
    assert shares == sorted(set(shares))
    assert same(learned, whole)


def test_both_learners_have_come_to_today(whole: Learned) -> None:
    today = Days(ZONE, HOUR_S).day(NOW)
    assert whole.load.day == whole.solar.day == today
    assert np.isfinite(whole.load.archive.issue(today).quantiles[-1]).all()


def test_the_experts_share_the_whole(whole: Learned) -> None:
    experts = whole.experts()
    assert experts.keys() == {"load", "solar"}
    for weights in experts.values():
        assert sum(weights.values()) == pytest.approx(1.0)
    assert Learned().experts() == {}


def test_it_comes_back_from_its_arrays_and_goes_on(whole: Learned) -> None:
    back = Learned.from_arrays(whole.to_arrays())
    assert same(back, whole)
    again, share = learn(back, past(21), ZONE, NOW, site=SITE, most_days=1)
    assert share == 1.0
    assert same(again, whole)


def test_a_home_without_sun_learns_its_load() -> None:
    learned, share = learn(Learned(), past(5, sun=False), ZONE, NOW)
    assert share == 1.0
    assert learned.solar is None
    assert same(Learned.from_arrays(learned.to_arrays()), learned)


def test_a_home_without_a_past_has_nothing_to_learn() -> None:
    learned, share = learn(Learned(), History(), ZONE, NOW)
    assert share == 1.0
    assert not learned.load.issued


def test_what_another_version_wrote_is_refused_or_learned_anew(whole: Learned) -> None:
    arrays = whole.to_arrays()
    with pytest.raises(ValueError, match="version"):
        Learned.from_arrays({**arrays, "version": np.array(2)})
    with pytest.raises(KeyError):
        Learned.from_arrays({})
    other = Learned.from_arrays({**arrays, "load.version": np.array(99)})
    assert other.load is None
    assert other.solar is not None
    assert Learned.from_arrays(Learned().to_arrays()) == Learned()
