"""What was inferred of batteries and people, in questions about a year."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.infer.battery import BatteryBlock
from custom_components.shems.core.infer.battery_home import as_battery
from custom_components.shems.core.infer.posterior import Posterior, Verdict
from custom_components.shems.core.replay.whatif.diary import Diary
from custom_components.shems.core.replay.whatif.question import MoreStorage, Question, WithoutShems
from custom_components.shems.core.replay.whatif.world import TOGETHER, World
from custom_components.shems.core.series import Series

from .asking import asked, subject_of

OWN = Battery("own", "Own", 10.0, 4.0, 4.0, min_soc=0.1)


def test_a_battery_is_what_a_draw_says() -> None:
    names = BatteryBlock.prior.names
    draws = np.full((2, len(names)), 0.01)
    draws[:, names.index("capacity_kwh")] = 8.0, 9.0
    draws[:, names.index("round_trip")] = 0.81, 1.0
    posterior = Posterior("battery", names, draws, Verdict.TRUSTED)
    first, mean = as_battery(posterior, 0, OWN), as_battery(posterior, None, OWN)
    assert (first.capacity_kwh, first.charge_efficiency) == (8.0, pytest.approx(0.9))
    assert mean.capacity_kwh == 8.5
    assert mean.discharge_efficiency == pytest.approx(0.905**0.5)
    assert (mean.id, mean.charge_kw, mean.min_soc) == ("own", 4.0, 0.1)


def test_years_that_are_played_together_have_one_battery() -> None:
    home = subject_of(batteries=(OWN,))
    small = replace(OWN, capacity_kwh=6.0)
    drawn = replace(home, storage=((OWN,), (small,)))
    world = World(drawn, Diary.of(drawn))
    capacity = [world.battery_in(number).capacity_kwh for number in (0, TOGETHER - 1, TOGETHER)]
    assert capacity == [10.0, 10.0, 6.0]
    more = World(home, Diary.of(home), None, (MoreStorage(10.0, 5.0, deviation=0.05),))
    found = [more.battery_in(part * TOGETHER) for part in range(64)]
    holds = [each.capacity_kwh - 10.0 for each in found]
    assert holds[0] == 10.0
    assert np.mean(holds) == pytest.approx(10.0, abs=0.05)
    assert np.std(holds) == pytest.approx(0.5, abs=0.08)
    alone = subject_of()
    other = World(alone, Diary.of(alone), None, (MoreStorage(10.0, 5.0, deviation=0.05),))
    losses = [other.battery_in(part * TOGETHER).charge_efficiency for part in range(64)]
    assert np.std(losses) == pytest.approx(0.0095, abs=0.002)


ALONE = Question((WithoutShems(),), draws=64)
"""Nobody plans, so that no closed loop takes its time."""


def test_a_battery_of_which_less_is_known_widens_the_answer() -> None:
    home = replace(subject_of(9, batteries=(OWN,)), managed=False)
    sizes = (10.0, 2.0, 5.0, 12.0)
    doubtful = replace(home, storage=tuple((replace(OWN, capacity_kwh=each),) for each in sizes))
    sure, unsure = (asked(ALONE, each, 7) for each in (home, doubtful))
    assert "batteries_inferred" in {each.code for each in unsure.assumptions}
    assert "batteries_inferred" not in {each.code for each in sure.assumptions}
    width = [each.before.bought_kwh.high - each.before.bought_kwh.low for each in (sure, unsure)]
    assert width[1] > 1.1 * width[0]


def test_of_a_short_past_some_days_are_as_such_people_live() -> None:
    home = replace(subject_of(9, sun_kw=0.0), managed=False)
    many = replace(home, lived=np.full((3, 14 * 24), 20.0))
    plain, lived = asked(ALONE, home), asked(ALONE, many)
    share = 4.0 / (4.0 + 9.0)
    gained = lived.before.bought_kwh.median - (1 - share) * plain.before.bought_kwh.median
    assert gained == pytest.approx(share * 20.0 * 8766.0, rel=0.15)
    assert "habits_inferred" in {each.code for each in lived.assumptions}
    times = home.history.load
    pump = Series(times.start, times.end, np.full(len(times.start), 3.0))
    moving = replace(many, history=replace(home.history, flexible={"pump": pump}))
    more = asked(ALONE, moving).before.bought_kwh.median - lived.before.bought_kwh.median
    assert more == pytest.approx(3.0 * 8766.0, rel=0.15)
