"""Units become the core's own, or an error that names what was wrong."""

import pytest

from custom_components.shems.core.units import (
    InputError,
    carbon_g_per_kwh,
    price_per_kwh,
)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (100, "EUR/MWh", 0.1),
        (25, "ct/kWh", 0.25),
        (25, "öre / kWh", 0.25),
        (0.25, "€/kWh", 0.25),
        (-80, "EUR/MWh", -0.08),
        (0.0003, "EUR/Wh", 0.3),
    ],
)
def test_price(value: float, unit: str, expected: float) -> None:
    assert price_per_kwh(value, unit) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (250, "gCO2eq/kWh", 250),
        (250, "g CO₂ / kWh", 250),
        (0.25, "kg/kWh", 250),
        (250, "kgCO2/MWh", 250),
        (0.25, "tCO2/MWh", 250),
        (1000, "lbs/MWh", 453.59237),
    ],
)
def test_carbon(value: float, unit: str, expected: float) -> None:
    assert carbon_g_per_kwh(value, unit) == pytest.approx(expected)


@pytest.mark.parametrize("unit", ["EUR/kWh", "gCO2eq", "kWh", "%", "", None, "kg/km"])
def test_what_is_no_carbon_intensity_is_refused(unit: str | None) -> None:
    with pytest.raises(InputError, match="unit not carbon"):
        carbon_g_per_kwh(1.0, unit)


@pytest.mark.parametrize(
    "unit", ["EUR", "EUR/", "/kWh", "EUR/kW", "EUR/h", "kWh", None, "gCO2eq/kWh"]
)
def test_what_is_no_price_is_refused(unit: str | None) -> None:
    with pytest.raises(InputError, match="unit not price"):
        price_per_kwh(1.0, unit)


def test_an_error_reads_well_with_and_without_arguments() -> None:
    assert str(InputError("prices_missing")) == "prices missing"
    assert str(InputError("soc_out_of_range", battery="Garage", value=1.2)) == (
        "soc out of range (battery=Garage, value=1.2)"
    )
