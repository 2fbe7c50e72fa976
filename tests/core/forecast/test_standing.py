"""What a tank loses shows in the hours in which nobody draws and nothing heats."""

from dataclasses import replace

import numpy as np
import pytest

from custom_components.shems.core.assets.tank import Tank
from custom_components.shems.core.assets.water import Water
from custom_components.shems.core.forecast.standing import foretold, standing_losses
from custom_components.shems.core.forecast.usage import TankUsage, with_losses
from custom_components.shems.core.horizon import DAY_S, HOUR_S
from custom_components.shems.core.series import Series

BEGIN = 1_780_000_000.0 // DAY_S * DAY_S
TOLD = Water("tank", "Tank", power_kw=2.0, tank=Tank(200.0), low_c=46.0, high_c=56.0)
LOSS = 0.004
STEPS = 12


def lived(days: int, resolution_k: float = 0.1, loss: float = LOSS) -> tuple[Series, Series]:
    """Return a worse tank than the form says, drawn from all day long but not at night."""
    random = np.random.default_rng(4)
    tank = replace(TOLD.tank, loss_kw_per_k=loss)
    temp, heats = 52.0, False
    warm, power = [], []
    for step in range(days * 24 * STEPS):
        awake = 6 <= step / STEPS % 24 < 23
        drawn = random.exponential(0.3) if awake and random.random() < 0.05 else 0.0
        heats = awake and temp < (TOLD.high_c if heats else TOLD.low_c)
        power.append(TOLD.power_kw * heats)
        temp = tank.step(temp, power[-1], drawn, 1 / STEPS)
        warm.append(round(temp / resolution_k) * resolution_k)
    start = BEGIN + HOUR_S * np.arange(days * 24)

    def hourly(values: list[float]) -> Series:
        return Series(start, start + HOUR_S, np.array(values).reshape(-1, STEPS).mean(axis=1))

    return hourly(warm), hourly(power)


@pytest.mark.parametrize("resolution_k", [0.1, 0.5])
def test_a_loss_is_found_and_believed_where_it_is_nearer_than_the_form(resolution_k: float) -> None:
    losses = standing_losses(TOLD, *lived(28, resolution_k))
    assert np.median(losses) == pytest.approx(LOSS, rel=0.2)
    usage = with_losses(TankUsage(), losses, TOLD.tank.loss_kw_per_k)
    assert usage.loss_kw_per_k == pytest.approx(LOSS, rel=0.2)
    assert usage.loss_skill is not None
    assert usage.loss_skill > 0.3
    same = with_losses(TankUsage(), losses, float(np.median(losses)))
    assert same.loss_skill is not None
    assert same.loss_skill <= 0.1


def test_little_or_senseless_evidence_is_none() -> None:
    warm, power = lived(20)
    assert standing_losses(TOLD, *lived(7)) == ()
    assert standing_losses(TOLD, Series.empty(), power) == ()
    assert standing_losses(TOLD, warm, Series.empty()) == ()
    assert standing_losses(TOLD, *lived(20, loss=0.05)) == ()
    busy = replace(power, value=np.full(len(power), 0.5))
    assert standing_losses(TOLD, warm, busy) == ()
    assert with_losses(TankUsage(), (), 0.002).loss_kw_per_k is None
    few = with_losses(TankUsage(), (0.003,) * 9, 0.002)
    assert (few.loss_kw_per_k, few.loss_skill) == (0.003, None)
    own, form = foretold((0.003,) * 10, 0.002)
    assert own == [0.0, 0.0]
    assert form == pytest.approx([0.001, 0.001])
