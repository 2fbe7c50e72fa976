"""Tips about contract, battery, warmth and sun; and the search for all of them."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.plane import Plane
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.report.tips import contract, curtailed, panels, reserve, setpoint
from custom_components.shems.core.report.tips.replaying import Altered
from custom_components.shems.core.report.tips.search import FINDERS, Search
from custom_components.shems.core.report.tips.step import step_at, step_of
from custom_components.shems.core.report.tips.tip import CODES, Effort
from custom_components.shems.core.units import Floats, InputError
from tests.core.report.tips.tip_homes import (
    BEGIN,
    CLOCK,
    DAY,
    DAYS,
    FLAT,
    NIGHT,
    SITE,
    SPOT,
    battery,
    done,
    found,
    ground,
    lived,
    replay_of,
    series,
    sunny,
)

AT_NIGHT = lived() + np.where(CLOCK < 6, 2.0, 0.0)
IN_THE_EVENING = lived() + np.where((CLOCK >= 17) & (CLOCK < 21), 2.0, 0.0)


def test_dynamic_prices_suit_who_uses_power_at_night() -> None:
    (tip,) = found(contract.find, ground(AT_NIGHT), draws=16)
    assert tip.args["kind"] == "dynamic"
    assert 0.01 < float(tip.args["margin"]) < 0.1
    assert found(contract.find, ground(IN_THE_EVENING)) == ()


def test_fixed_prices_suit_who_uses_power_in_the_evening() -> None:
    (tip,) = found(contract.find, ground(IN_THE_EVENING, tariff=SPOT), draws=16)
    assert tip.args["kind"] == "fixed"
    assert found(contract.find, ground(AT_NIGHT, tariff=SPOT)) == ()


def test_no_contract_is_told_where_no_market_is_known() -> None:
    home = ground(AT_NIGHT)
    history = replace(home.subject.history, market=series(np.nan))
    blind = replace(home, subject=replace(home.subject, history=history))
    assert found(contract.find, blind) == ()


def test_a_reserve_costs_what_the_battery_would_save_with_it() -> None:
    load = lived() + 0.3
    home = ground(load, solar=series(sunny()), site=SITE, batteries=(battery(),))
    (tip,) = found(reserve.find, home)
    assert (tip.args["reserve"], tip.args["least"], tip.args["energy"]) == (60, 10, 5.0)
    # At most a cycle a day of what is freed, at the difference of buying and selling.
    assert 0 < tip.value.low <= tip.value.high < 5.0 * 365 * 0.3
    assert found(reserve.find, replace(home, subject=ground(load).subject)) == ()
    least = ground(load, solar=series(sunny()), site=SITE, batteries=(battery(0.1),))
    assert found(reserve.find, least) == ()


def cold() -> Floats:
    outdoor: Floats = 6.0 + 5.0 * np.sin(DAY / 7.0)
    return outdoor


def test_a_degree_less_saves_what_heating_takes_for_it() -> None:
    outdoor = cold()
    heated = lived() + 0.1 * np.maximum(15.0 - outdoor, 0.0)
    rooms = (("h", "Heat pump", 21.5), ("i", "Bath", 19.0))
    home = ground(heated, outdoor=series(outdoor), setpoints=rooms)
    (tip,) = found(setpoint.find, home)
    assert tip.subject == ""
    assert (tip.args["setpoint"], tip.args["lower"]) == (21.5, 20.5)
    assert tip.value.low <= 0.1 * 8766 * 0.3 <= tip.value.high


def test_what_was_inferred_of_heating_is_believed() -> None:
    home = ground(lived(), outdoor=series(cold()), setpoints=(("h", "Heat pump", 21.0),))
    known = replace(home.subject, heating_kw_per_k=np.full(8, 0.05))
    (tip,) = found(setpoint.find, replace(home, subject=known))
    assert tip.subject == "h"
    assert tip.value.low <= 0.05 * 8766 * 0.3 <= tip.value.high


@pytest.mark.parametrize(("warm", "outdoor"), [(19.0, True), (21.0, False), (21.0, True)])
def test_nobody_freezes_for_a_tip(warm: float, outdoor: bool) -> None:
    told = {"outdoor": series(cold())} if outdoor else {}
    home = ground(lived(), setpoints=(("h", "Heat pump", warm),), **told)
    assert found(setpoint.find, home) == ()


def test_the_line_of_heating_needs_weather_that_changes() -> None:
    home = ground(lived(), outdoor=series(5.0), setpoints=(("h", "Heat pump", 21.0),))
    assert found(setpoint.find, home) == ()


def dirty(share: float, days: int = 40, facing: tuple[float, ...] = (180.0,)) -> Floats:
    left: Floats = sunny(facing=facing) * np.where(DAYS - days <= DAY, 1.0 - share, 1.0)
    return left


@pytest.mark.parametrize("arrays", [0, 1])
def test_panels_that_give_less_are_told(arrays: int) -> None:
    home = ground(lived(), solar=series(dirty(0.35)), site=SITE)
    own = tuple(Solar(f"s{number}", "Roof") for number in range(arrays))
    home = replace(home, subject=replace(home.subject, home=replace(home.subject.home, solar=own)))
    (tip,) = found(panels.find, home, draws=16)
    assert tip.args["loss"] == pytest.approx(35, abs=8)
    assert tip.subject == ("s0" if arrays else "")
    assert tip.since is not None
    assert abs(tip.since - (BEGIN + (DAYS - 40) * 86400.0)) <= 6 * 86400.0
    truth = replay_of(ground(lived(), solar=series(sunny()), site=SITE))
    worth = done(truth.saved(Altered(), Altered(solar_share=0.65)))
    assert tip.value.low <= float(np.median(worth)) <= tip.value.high


def test_a_loss_is_seen_on_a_roof_of_two_sides() -> None:
    """No single plane has its mornings and evenings: the home's own best days tell of clouds."""
    solar = series(dirty(0.35, facing=(90.0, 270.0)))
    (tip,) = found(panels.find, ground(lived(), solar=solar, site=SITE), draws=16)
    assert tip.args["loss"] == pytest.approx(35, abs=8)


def test_a_meter_that_stands_still_is_no_cloudless_sky() -> None:
    stuck = np.where(DAY >= DAYS - 40, 0.0, sunny())
    assert found(panels.find, ground(lived(), solar=series(stuck), site=SITE)) == ()


def test_a_loss_is_less_certain_where_the_roof_is_unknown() -> None:
    """Each roof that the past allows makes another season of it, and another loss."""
    widths = []
    for planes in ((Plane(35.0, 180.0, 4.0),), ()):
        site = replace(SITE, planes=planes)
        home = ground(lived(), solar=series(dirty(0.35)), site=site)
        (tip,) = found(panels.find, home, draws=48)
        widths.append((tip.value.high - tip.value.low) / tip.value.median)
    assert widths[1] > widths[0]


@pytest.mark.parametrize("solar", [sunny(), dirty(0.02)])
def test_panels_are_fine_that_give_what_they_gave(solar: Floats) -> None:
    assert found(panels.find, ground(lived(), solar=series(solar), site=SITE)) == ()


def test_of_panels_nothing_is_told_without_a_place() -> None:
    assert found(panels.find, ground(lived(), solar=series(dirty(0.35)))) == ()


LIMIT = Connection(export_limit_kw=1.4)


def throttled() -> Floats:
    left: Floats = np.minimum(sunny(), lived() + 1.4)
    return left


def test_a_limit_costs_what_it_keeps_from_the_grid() -> None:
    lost = series(sunny() - throttled())
    home = ground(lived(), solar=series(throttled()), site=SITE, connection=LIMIT, curtailed=lost)
    (tip,) = found(curtailed.find, home, draws=16)
    assert tip.args["limit"] == 1.4
    free = ground(lived(), solar=series(sunny()), site=SITE, connection=LIMIT)
    worth = done(replay_of(free, draws=16).saved(Altered(export_kw=99.0)))
    assert float(np.median(worth)) == pytest.approx(tip.value.median, rel=0.2)


def test_what_is_given_up_is_told_by_the_hours_that_were_not_throttled() -> None:
    connection = Connection(export_limit_kw=2.0)
    left = np.minimum(sunny(), lived() + 2.0)
    home = ground(lived(), solar=series(left), site=SITE, connection=connection)
    lost = curtailed.given_up(replay_of(home))
    assert lost.sum() == pytest.approx((sunny() - left).sum(), rel=0.35)
    assert not lost[left < 2.0].any()


def test_nothing_is_given_up_without_sun_limit_or_place() -> None:
    assert found(curtailed.find, ground(lived())) == ()
    assert found(curtailed.find, ground(lived(), solar=series(sunny(0.5)), site=SITE)) == ()
    assert found(curtailed.find, ground(lived(), solar=series(throttled()), connection=LIMIT)) == ()
    none = Connection(export_limit_kw=0.0)
    home = ground(lived(), solar=series(throttled()), site=SITE, connection=none)
    assert found(curtailed.find, home) == ()


def test_curtailed_sun_is_told_where_the_place_is_unknown() -> None:
    lost = series(sunny() - throttled())
    home = ground(lived(), solar=series(throttled()), connection=LIMIT, curtailed=lost)
    assert len(found(curtailed.find, home, draws=16)) == 1


def test_a_search_looks_for_everything_once() -> None:
    load = lived() + np.where(DAY >= DAYS - 30, 0.3, 0.0)
    search = Search(ground(load), draws=8)
    seen = []
    while search.advance():
        seen.append(search.progress)
    assert seen == sorted(seen)
    assert search.progress == 1.0
    assert search.tips is not None
    (tip,) = search.tips
    assert (tip.code, tip.key, tip.effort) == ("standby", "standby", Effort.HABIT)
    assert replace(tip, subject="x").key == "standby:x"
    assert len(FINDERS) == len(CODES)


def test_a_past_that_is_too_short_is_refused() -> None:
    home = ground()
    short = replace(home, subject=replace(home.subject, until=BEGIN + 3 * 86400.0))
    with pytest.raises(InputError) as refused:
        Search(short).advance()
    assert refused.value.code == "what_if_history"


def test_a_battery_that_is_driven_saves_what_was_got_of_it() -> None:
    home = ground(lived(), tariff=SPOT, batteries=(battery(0.1),), managed=True)
    week = replace(home.subject, until=BEGIN + 9 * 86400.0)
    replay = replay_of(replace(home, subject=week), draws=8, days=7)
    assert replay.share is not None
    with_it = done(replay.cost())
    without = done(replay_of(replace(home, subject=replace(week, managed=False)), days=7).cost())
    assert with_it.mean() < without.mean()


def test_prices_of_windows_are_the_contracts_own() -> None:
    replay = replay_of(ground(tariff=NIGHT))
    scene = replay.scene()
    assert set(np.round(scene.buy, 3).ravel()) == {0.1, 0.4}
    assert replay.least == pytest.approx(40 * 0.4)
    assert replay_of(ground(tariff=FLAT)).least == pytest.approx(40 * 0.3)


def test_a_change_of_the_past_is_no_change_of_energy() -> None:
    replay = replay_of(ground())
    change = np.where(CLOCK == 18, -0.5, 0.0) + np.where(CLOCK == 2, 0.5, 0.0)
    moved = replay.shifted(change)
    assert moved.sum(axis=1) == pytest.approx(np.zeros(8), abs=1e-6)
    assert (moved < 0).any()


def test_as_it_is_costs_the_same_twice() -> None:
    replay = replay_of(ground())
    assert done(replay.cost()) is done(replay.cost())


@pytest.mark.parametrize("value", [np.ones(20), np.ones(30), np.full(60, np.nan)])
def test_no_step_is_seen_in_too_little(value: Floats) -> None:
    assert step_of(value, 1.0) is None
    assert step_at(value, 15) is None


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_step_is_seen_and_measured(sign: float) -> None:
    noise = np.random.default_rng(1).normal(0.0, 0.1, 100)
    value = 5.0 + noise + sign * np.where(np.arange(100) >= 70, 2.0, 0.0)
    step = step_of(value, sign)
    assert step is not None
    assert step.size == pytest.approx(sign * 2.0, abs=0.3)
    assert abs(step.place - 70) <= 3
    assert step.before == pytest.approx(5.0, abs=0.2)
    assert step_of(value, -sign) is None
    assert step_at(value, 30) is None
