"""What each block can infer of a home: which entities it needs, and what the forms say of it."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from .core.assets.building import Building
from .core.assets.heating import Heating
from .core.assets.performance import Performance
from .core.assets.plane import LOSSES
from .core.forecast.history import History
from .core.forecast.inferred_sun import Roofs
from .core.horizon import HOUR_S
from .core.infer.battery import BatteryBlock
from .core.infer.battery_home import infer_battery
from .core.infer.irradiance import Overhead, irradiance
from .core.infer.living import Living
from .core.infer.living_home import Past, infer_living
from .core.infer.network import Network
from .core.infer.posterior import Posterior, Verdict
from .core.infer.prior import Prior
from .core.infer.solar import PRIOR as SOLAR
from .core.infer.solar_home import SolarHistory, infer_solar
from .core.infer.thermal import PRIOR as THERMAL
from .core.infer.thermal_home import Heated, infer_thermal, kept_by_another
from .core.series import Series
from .core.units import Floats
from .devices import KINDS, Device
from .sources.configuration import Configuration
from .subjects import Known, Sight, Subject

TILT_SD: Final = 4.0
AZIMUTH_SD: Final = 6.0
"""Degrees by which roofs are off from what is read from a map."""
HORIZON_SD: Final = 3.0
"""Degrees: a hand at arm's length measures ten, and trees are no straight line."""
PEAK_SD: Final = 0.08
"""Dirt, shade and modules that are not as sold, as a share."""
LIMIT_SD: Final = 0.03
CAPACITY_SD: Final = 0.05
"""A battery's usable capacity against the one it is sold with, as a share."""
EFFICIENCY_SD: Final = 0.02
DRAW_SD: Final = 0.005
HOUSE_SD: Final = 0.15
"""A building's data from plans and certificates against its real ones, as a share."""
SLOPE_SD: Final = 0.003
"""Share of the COP per kelvin: data sheets tell two or three points of a line that is none."""
LIVING_SD: Final = 0.1
"""What people say of their own habits, as a share of what is possible."""
_MOSTLY: Final = 0.5
"""Share of the sunlit hours of which only clouds tell, from which a roof's size is doubtful."""
_STEADY: Final = ("electric", "cooling")
"""Heaters whose heat per electricity the cold does not change."""
_CHANGEOVER_C: Final = 18.0
_AT_C: Final = 7.0


def offered(configuration: Configuration) -> list[Subject]:
    """Return what can be inferred of a home where its entities tell enough."""
    found = [*_solar(configuration), *_living(configuration)]
    heatings = configuration.of_kind("heating")
    found += [
        each
        for device in heatings
        for each in _thermal(device, tuple(one.id for one in heatings if one is not device))
    ]
    found += [each for device in configuration.of_kind("battery") for each in _battery(device)]
    return found


def roofs_of(configuration: Configuration) -> Roofs | None:
    """Return what the learners infer the home's roof with, None where it has no panels."""
    for subject in _solar(configuration):
        if subject.weights.is_file():
            return Roofs(Network.read(subject.weights.read_bytes(), SOLAR), subject.known)
    return None


def _within(prior: Prior, told: dict[str, tuple[float, float]]) -> Known:
    """Return what was told without what is outside of all that is reckoned with."""
    bounds = {each.name: (each.low, each.high) for each in prior.parameters}
    return {
        name: each for name, each in told.items() if bounds[name][0] <= each[0] <= bounds[name][1]
    }


def _solar(configuration: Configuration) -> Iterator[Subject]:
    arrays = configuration.of_kind("solar")
    if any(each.entities("power") or each.entities("energy") for each in arrays):
        yield Subject(
            "solar", None, SOLAR, _infer_solar, _within(SOLAR, _roof(arrays)), str(len(arrays))
        )


def _roof(arrays: tuple[Device, ...]) -> dict[str, tuple[float, float]]:
    """Return what the form of the only array says; of several, no plane is that of all."""
    if len(arrays) != 1:
        return {}
    (array,) = arrays
    told: dict[str, tuple[float, float]] = {}
    if array.data.get("tilt") is not None:
        told["tilt"] = (array.number("tilt", 0.0), TILT_SD)
    if array.data.get("azimuth") is not None:
        told["azimuth"] = (array.number("azimuth", 0.0), AZIMUTH_SD)
    for side in ("east_horizon", "west_horizon"):
        if array.data.get(side) is not None:
            told[side] = (array.number(side, 0.0), HORIZON_SD)
    if array.data.get("module_kw") is not None:
        peak = (1 - LOSSES) * array.number("module_kw", 0.0)
        told["peak_power"] = (peak, PEAK_SD * peak)
        if array.data.get("peak_kw") is not None:
            told["limit"] = (array.number("peak_kw", 0.0) / peak, LIMIT_SD)
    return told


def _infer_solar(network: Network, sight: Sight, random: np.random.Generator) -> Posterior | None:
    history, hours = sight.history, _hours(sight.history.solar)
    if not len(hours):
        return None
    power = _on(history.solar, hours)
    light, clouds = irradiance(_overhead(history), hours, sight.site)
    past = SolarHistory(
        hours,
        power,
        light,
        _on(history.outdoor.filled(history.weather.temperature_c), hours),
        _on(history.weather.snow_cm, hours),
        sight.site.latitude,
        sight.site.longitude,
    )
    found = infer_solar(past, network, random)
    seen = np.isfinite(power) & (light > 0)
    mostly = np.count_nonzero(clouds & seen) > _MOSTLY * np.count_nonzero(seen)
    doubtful = found.verdict is not Verdict.PRIOR and mostly
    return found.doubted("by_clouds") if doubtful else found


def _living(configuration: Configuration) -> Iterator[Subject]:
    prior = Living.prior
    told = {
        each.name: (float(value), LIVING_SD * (each.high - each.low))
        for each in prior.parameters
        if (value := configuration.habits.get(each.name)) is not None
    }
    cars = tuple(each.id for each in configuration.of_kind("vehicle"))
    yield Subject(
        "living", None, prior, partial(_infer_living, cars), _within(prior, told), repr(cars)
    )


def _infer_living(
    cars: tuple[str, ...], network: Network, sight: Sight, random: np.random.Generator
) -> Posterior | None:
    history = sight.history
    load = history.load
    for each in cars:
        taken = history.flexible.get(each, Series.empty()).between(load.start, load.end)
        load = Series(load.start, load.end, load.value + np.nan_to_num(taken))
    if not len(load):
        return None
    past = Past(load, sight.zone, sight.site.latitude)
    return infer_living(network, past, sight.now, random)


def _thermal(device: Device, others: tuple[str, ...]) -> Iterator[Subject]:
    metered = device.entities("power") or device.entities("energy")
    if metered and (device.entity("temperature") or device.entity("thermostat")):
        heater = str(device.data.get("heater", "heat_pump"))
        infer = partial(_infer_thermal, device.id, others, heater)
        yield Subject(
            "thermal",
            device.id,
            THERMAL,
            infer,
            _within(THERMAL, _rooms(device) | _steepness(device)),
            repr((heater, others)) if others else heater,
        )


def told_building(device: Device) -> bool:
    """Return whether somebody has entered how a building is: its form is not as it comes."""
    return bool(_rooms(device))


def _rooms(device: Device) -> dict[str, tuple[float, float]]:
    """Return what was entered of rooms, in units of electricity; the usual form says nothing."""
    asset = KINDS[device.kind].asset(device)
    if not isinstance(asset, Heating):
        return {}
    building, usual = asset.building, Building()
    cop = (asset.performance or asset.cooling or Performance()).at(_AT_C)
    told: dict[str, tuple[float, float]] = {}
    if building.loss_kw_per_k != usual.loss_kw_per_k:
        told["loss"] = _share(building.loss_kw_per_k / cop)
    mass = building.air_kwh_per_k + building.mass_kwh_per_k
    if (building.air_kwh_per_k, building.mass_kwh_per_k) != (
        usual.air_kwh_per_k,
        usual.mass_kwh_per_k,
    ):
        told["time_constant"] = _share(mass / building.loss_kw_per_k)
    if building.aperture_m2 != usual.aperture_m2:
        told["aperture"] = _share(building.aperture_m2 / building.loss_kw_per_k)
    if building.gains_kw != usual.gains_kw:
        told["gains"] = _share(building.gains_kw / building.loss_kw_per_k)
    return told


def _steepness(device: Device) -> dict[str, tuple[float, float]]:
    """Return how a heat pump fares in the cold, where that was entered."""
    if device.data.get("cop_slope") is None or device.data.get("heater") in _STEADY:
        return {}
    return {"cop_slope": (device.fraction("cop_slope", 0.0), SLOPE_SD)}


def _share(value: float) -> tuple[float, float]:
    return value, HOUSE_SD * value


def _infer_thermal(
    device_id: str,
    others: tuple[str, ...],
    heater: str,
    network: Network,
    sight: Sight,
    random: np.random.Generator,
) -> Posterior | None:
    history = sight.history
    power = history.flexible.get(device_id, Series.empty())
    hours, evidence = _hours(power), sight.evidence.get(device_id)
    if not len(hours) or evidence is None:
        return None
    sun = irradiance(_overhead(history), hours, sight.site)[0] / 1000.0
    taken = _on(power, hours)
    beside = (history.flexible.get(each, Series.empty()) for each in others)
    together: Floats = sum(
        (np.nan_to_num(_on(each, hours)) for each in beside), np.zeros(len(hours))
    )
    past = Heated(
        hours,
        np.where(kept_by_another(taken, together), np.nan, taken),
        _on(evidence.temperature, hours),
        _on(history.outdoor.filled(history.weather.temperature_c), hours),
        sun,
        sight.site.longitude,
        changeover_c={"both": _CHANGEOVER_C, "cooling": -np.inf}.get(heater),
        steady=heater == "electric",
    )
    return infer_thermal(network, past, random)


def _battery(device: Device) -> Iterator[Subject]:
    if device.entity("soc") is None:
        return
    prior = BatteryBlock.prior
    capacity = device.number("capacity_kwh", 0.0)
    told = {"capacity_kwh": (capacity, CAPACITY_SD * capacity)}
    if {"charge_efficiency", "discharge_efficiency"} <= device.data.keys():
        ways = (device.fraction(f"{each}_efficiency", 1.0) for each in ("charge", "discharge"))
        told["round_trip"] = (float(np.prod(list(ways))), EFFICIENCY_SD)
    for name, key in (("idle_kw", "idle_w"), ("standby_kw", "standby_w")):
        if watts := device.number(key, 0.0):
            told[name] = (watts / 1000, DRAW_SD)
    infer = partial(_infer_battery, device.id)
    yield Subject("battery", device.id, prior, infer, _within(prior, told))


def _infer_battery(
    device_id: str, network: Network, sight: Sight, random: np.random.Generator
) -> Posterior | None:
    past = sight.batteries.get(device_id)
    return None if past is None or not len(past.times) else infer_battery(past, network, random)


def _hours(series: Series) -> Floats:
    """Return the starts of the whole hours that a series reaches over."""
    if not len(series):
        return np.zeros(0)
    first, last = series.start[0] // HOUR_S, series.end[-1] // HOUR_S
    hours: Floats = np.arange(first, last, dtype=np.float64) * HOUR_S
    return hours


def _on(series: Series, hours: Floats) -> Floats:
    return series.between(hours, hours + HOUR_S) if len(series) else np.full(len(hours), np.nan)


def _overhead(history: History) -> Overhead:
    weather = history.weather
    return Overhead(weather.direct_w_m2, weather.diffuse_w_m2, weather.cloud)
