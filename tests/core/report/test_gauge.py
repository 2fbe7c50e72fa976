"""What a store takes beside what it shows: it corrects forms, and only where it can be seen."""

from dataclasses import replace

import pytest

from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.water import Water
from custom_components.shems.core.report.counterfactual.advance import Counterfactual, advance
from custom_components.shems.core.report.counterfactual.facts import Facts, Warmth
from custom_components.shems.core.report.counterfactual.gauge import Gauge
from custom_components.shems.core.report.slot import SlotRecord
from tests.core.homes import NOW

SLOT_S = 300.0
HOURS = SLOT_S / 3600
TANK = Water("tank", "Tank", 2.0)


def heating(litres: float, days: int) -> tuple[list[SlotRecord], list[Facts]]:
    """Return a tank heated every night, drawn from meanwhile in every fourth; days are short."""
    real = replace(TANK, tank=replace(TANK.tank, litres=litres))
    temp, slots, facts = 45.0, [], []
    for number in range(days * 120):
        at = number % 120
        power = 2.0 if at < 60 and temp < 55.0 else 0.0
        drawn = 3.0 / 60 if at < 60 and number // 120 % 4 == 3 else 0.0
        drawn += 2.0 / 60 if at >= 60 else 0.0
        temp = real.tank.step(temp, power, drawn, HOURS)
        begin, kwh = NOW + number * SLOT_S, power * HOURS
        entry = SlotRecord(begin, begin + SLOT_S, 0.5 + kwh, 0, 0, 0, 0, 0.3, 0.1)
        slots.append(replace(entry, device_kwh={"tank": kwh}))
        warm = {"tank": Warmth(round(2 * temp) / 2, 45.0, 55.0)}
        facts.append(Facts(frozenset({"tank"}), warmth=warm, outdoor_c=5.0))
    return slots, facts


@pytest.mark.parametrize("litres", [160.0, 200.0, 260.0])
def test_a_tank_holds_what_heating_it_takes(litres: float) -> None:
    slots, facts = heating(litres, 8)
    home = Home(devices=(TANK,))
    state, found = Counterfactual(), []
    for each, known in zip(slots, facts, strict=True):
        state = advance(state, each, home, known, "UTC").state
        found.append(state.moved.tanks["tank"])
    assert found[-1].fitted(TANK).tank.litres == pytest.approx(litres, rel=0.06)
    assert found[200].fitted(TANK) == TANK, "two nights tell too little"


def test_only_what_is_stored_meanwhile_tells_what_is_stored() -> None:
    """What it takes is 1.2 times what it shows; each of these ends the running span."""

    def after(gauge: Gauge, shown: float | None, metered: float) -> Gauge:
        return gauge.noted(shown, 1.0, metered, 2.0)

    def charged(gauge: Gauge, steps: int = 3) -> Gauge:
        begin = 0.0 if gauge.shown is None else gauge.shown
        for step in range(steps + 1):
            gauge = after(gauge, begin + step, 1.2)
        return gauge

    known = Gauge(factors=(1.2,) * 3)
    assert known.factor(0.5) == 1.2
    assert Gauge(factors=(1.2,) * 2).factor(0.5) == 1.0
    for shown, metered in ((None, 0.0), (8.0, 1.2), (8.0, 0.0), (3.5, 9.0), (1.0, 0.0)):
        ended = after(charged(known), shown, metered)
        assert len(ended.factors) == 4, (shown, metered)
        assert ended.factors[-1] == pytest.approx(1.2)
        assert ended.risen_kwh == 0
    assert charged(known).lost() == known, "what is not known is over"
    assert after(charged(known, 2), None, 0.0) == known, "too little to tell"
    late = after(after(charged(known), 3.0, 0.6), 3.0, 0.6)
    assert after(late, 4.0, 0.0).metered_kwh == pytest.approx(3.6), "its charge is shown late"
    assert len(charged(Gauge(factors=(1.0,) * 15)).over(2.0).factors) == 15
