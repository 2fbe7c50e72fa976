"""Every unit that Home Assistant knows for a quantity becomes the core's own."""

import pytest

from custom_components.shems.convert import (
    Convert,
    celsius,
    current_a,
    energy_kwh,
    percent_of,
    power_kw,
    voltage_v,
)
from custom_components.shems.core.units import InputError


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1500, "W", 1.5),
        (1.5, "kW", 1.5),
        (0.002, "MW", 2.0),
        (-250, "W", -0.25),
        (3412.1416, "BTU/h", 1.0),
        (2e6, "mW", 2.0),
    ],
)
def test_power(value: float, unit: str, expected: float) -> None:
    assert power_kw(value, unit) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(500, "Wh", 0.5), (3.6, "MJ", 1.0), (2, "MWh", 2000.0), (3.6, "GJ", 1000.0), (1, "kWh", 1.0)],
)
def test_energy(value: float, unit: str, expected: float) -> None:
    assert energy_kwh(value, unit) == pytest.approx(expected)


def test_current_voltage_temperature_and_percent() -> None:
    assert current_a(16_000, "mA") == pytest.approx(current_a(16, "A")) == pytest.approx(16.0)
    assert voltage_v(230_000, "mV") == pytest.approx(voltage_v(0.23, "kV")) == pytest.approx(230.0)
    assert celsius(68, "°F") == pytest.approx(celsius(293.15, "K")) == pytest.approx(20.0)
    assert percent_of(55, "%") == pytest.approx(0.55)


@pytest.mark.parametrize(
    ("convert", "unit", "code"),
    [
        (power_kw, "kWh", "unit_not_power"),
        (power_kw, "w", "unit_not_power"),
        (power_kw, "VA", "unit_not_power"),
        (power_kw, None, "unit_not_power"),
        (energy_kwh, "kW", "unit_not_energy"),
        (energy_kwh, "m³", "unit_not_energy"),
        (energy_kwh, None, "unit_not_energy"),
        (current_a, "V", "unit_not_current"),
        (voltage_v, "A", "unit_not_voltage"),
        (celsius, "%", "unit_not_temperature"),
        (percent_of, None, "unit_not_percent"),
    ],
)
def test_a_unit_of_another_quantity_is_refused(
    convert: Convert, unit: str | None, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        convert(1.0, unit)
    assert caught.value.code == code
    assert caught.value.arguments == {"unit": str(unit)}
