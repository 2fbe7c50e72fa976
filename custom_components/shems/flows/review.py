"""The review: what SHEMS understood of a home, with live values, and what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

import numpy as np
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..core.horizon import FINE_S, HOUR_S, Horizon
from ..core.observe.readings import BatteryReading, Fault, Readings, Trust, Value
from ..devices.controls import controlled
from ..sources.asleep import Asleep, asleep
from ..sources.configuration import Configuration
from ..sources.error import SourceError
from ..sources.found import Note
from ..sources.prices import OFFERED_AS, async_feed_in, async_market
from ..sources.readings import Reader
from ..sources.solar import async_solar_forecast
from ..sources.weather import weather_entity
from .signs import async_signs
from .words import Words, bullets

_REST_KW: Final = 0.05
_AHEAD_S: Final = 2.0 * HOUR_S
"""Prices that are known no further than this are those of now."""
_FLOWS: Final = ("grid_power", "import_power", "phase_currents")


@dataclass(frozen=True)
class Review:
    """What was understood, and what is missing, line by line."""

    understood: tuple[str, ...]
    missing: tuple[str, ...]

    def placeholders(self, words: Words) -> dict[str, str]:
        """Return the values that the page names."""
        missing = bullets(self.missing) if self.missing else words.say("nothing_missing")
        return {"understood": bullets(self.understood), "missing": missing}


async def async_review(
    hass: HomeAssistant,
    home: Configuration,
    notes: Iterable[tuple[str, Note]],
    words: Words,
    reader: Reader | None = None,
) -> Review:
    """Look at a home as its plan will: return what is there, and what is not.

    Args:
        hass: Home Assistant.
        home: what is configured, or about to be.
        notes: what was assumed of devices, each with the device's name.
        words: the texts.
        reader: of a home that runs; it knows what its counters have counted lately.
    """
    now = dt_util.utcnow().timestamp()
    readings = (reader or Reader(hass, home)).read(now)
    understood = [*_flows(home, readings, words), *_batteries(home, readings, words)]
    sun, no_sun = await _async_sun(hass, home, readings, words)
    prices, no_prices = await _async_prices(hass, home, now, words)
    around, nothing_around = _surroundings(hass, home, words)
    signs, doubts = await async_signs(hass, home, now, words)
    assumed = [words.say(each.code, device=device, **each.args) for device, each in notes]
    chosen = [*(device.data for device in home.devices), asdict(home.surroundings)]
    silent = [_line(each, words) for data in chosen for each in asleep(hass, data)]
    return Review(
        (
            *understood,
            *sun,
            *_others(home, readings, words),
            *prices,
            *around,
            *signs,
            *assumed,
        ),
        (
            *dict.fromkeys(silent),
            *_unusable(readings, words),
            *no_prices,
            *no_sun,
            *nothing_around,
            *_undriven(home, words),
            *doubts,
        ),
    )


def _kw(value: float) -> str:
    return f"{abs(value):.1f} kW"


def _flows(home: Configuration, readings: Readings, words: Words) -> Iterator[str]:
    """Return what flows at the grid and into the house."""
    grid, load = readings.grid_kw.usable, readings.load_kw.usable
    name = home.connection.name
    if grid is not None:
        way = "at_rest" if abs(grid) < _REST_KW else "buying" if grid > 0 else "selling"
        yield words.say(way, name=name, power=_kw(grid))
    elif not any(home.connection.entities(key) for key in _FLOWS):
        yield words.say("counted", name=name)
    limits = home.home.connection
    most = {"bought": f"{limits.import_limit_kw:g}", "sold": f"{limits.export_limit_kw:g}"}
    yield words.say("limited", name=name, **most)
    if load is not None:
        measured = bool(home.connection.entities("load_power"))
        yield words.say("house_measured" if measured else "house_derived", power=_kw(load))


def _batteries(home: Configuration, readings: Readings, words: Words) -> Iterator[str]:
    for device in home.of_kind("battery"):
        reading = readings.batteries.get(device.id, BatteryReading())
        soc, power = reading.soc.usable, reading.power_kw.usable
        facts = []
        if soc is not None:
            facts.append(words.say("stored", percent=f"{100 * soc:.0f}"))
        if power is not None:
            way = "resting" if abs(power) < _REST_KW else "giving" if power > 0 else "charging"
            facts.append(words.say(way, power=_kw(power)))
        sizes = (device.number(key, 0.0) for key in ("capacity_kwh", "charge_kw", "discharge_kw"))
        capacity, most_in, most_out = (f"{each:g}" for each in sizes)
        facts.append(words.say("sized", capacity=capacity, charge=most_in, discharge=most_out))
        yield f"**{device.name}**: {', '.join(facts)}"


async def _async_sun(
    hass: HomeAssistant, home: Configuration, readings: Readings, words: Words
) -> tuple[list[str], list[str]]:
    """Return what the sun gives and who forecasts it."""
    arrays = home.of_kind("solar")
    if not arrays:
        return [], []
    names = ", ".join(each.name for each in arrays)
    power = readings.solar_kw.usable
    ids = dict.fromkeys(each for array in arrays for each in array.entities("forecast_entries"))
    entries = [hass.config_entries.async_get_entry(each) for each in ids]
    services = ", ".join(dict.fromkeys(each.title for each in entries if each))
    now = words.say("sun_unknown") if power is None else words.say("sun_now", power=_kw(power))
    if not services:
        return [f"**{names}**: {now}, {words.say('sun_learned')}"], []
    if await async_solar_forecast(hass, home) is None:
        return [f"**{names}**: {now}"], [words.say("forecast_missing", service=services)]
    return [f"**{names}**: {now}, {words.say('sun_forecast', service=services)}"], []


async def _async_prices(
    hass: HomeAssistant, home: Configuration, now: float, words: Words
) -> tuple[list[str], list[str]]:
    """Return what is paid and until when that is known."""
    source = _source(hass, home, words)
    try:
        market = await async_market(hass, home, now)
        sold = await async_feed_in(hass, home, now)
    except SourceError as err:
        return [], [words.say("prices_missing", source=source, problem=words.problem(err))]
    slot = Horizon.uniform(now, FINE_S, 1)
    feed_in = None if sold is None else np.array([sold.at(now)], dtype=np.float64)
    bought = np.array([market.at(now)], dtype=np.float64)
    prices = home.tariff.prices(bought, slot, feed_in=feed_in)
    if not prices.complete:
        problem = words.problem(SourceError("price_empty", source=source))
        return [], [words.say("prices_missing", source=source, problem=problem)]
    unit = f"{home.tariff.currency}/kWh"
    paid = {"buy": f"{prices.buy[0]:.3f} {unit}", "sell": f"{prices.sell[0]:.3f} {unit}"}
    sells = bool(home.connection.entities("export_energy"))
    doubts = [words.say("sold_for_nothing")] if sells and prices.sell[0] == 0 else []
    if not home.tariff.needs_market:
        return [words.say("prices_fixed", source=source, **paid)], doubts
    until = market.last or now
    line = words.say("prices_market", source=source, until=_clock(until, home), **paid)
    if until <= now + _AHEAD_S:
        doubts.append(words.say("prices_short", source=source))
    return [line], doubts


def _source(hass: HomeAssistant, home: Configuration, words: Words) -> str:
    """Return what tells the prices, by the name that the household knows."""
    entry = hass.config_entries.async_get_entry(str(home.price_source.get("config_entry", "")))
    state = hass.states.get(str(home.price_source.get("entity", "")))
    kind = str(home.price_source.get("type"))
    offered = words.option("price_source", OFFERED_AS.get(kind, kind))
    return (entry and entry.title) or (state and state.name) or offered


def _clock(at: float, home: Configuration) -> str:
    """Return a time of today as hours, one of another day with its date."""
    zone = dt_util.get_time_zone(home.zone)
    moment = datetime.fromtimestamp(at, zone)
    today = dt_util.now(zone).date()
    return moment.strftime("%H:%M" if moment.date() == today else "%Y-%m-%d %H:%M")


def _surroundings(
    hass: HomeAssistant, home: Configuration, words: Words
) -> tuple[list[str], list[str]]:
    understood, missing = [], []
    entity_id = weather_entity(hass, home)
    state = hass.states.get(entity_id) if entity_id else None
    if state is None:
        missing.append(words.say("weather_missing"))
    else:
        understood.append(words.say("weather_from", name=state.name))
    carbon = home.surroundings.carbon
    if carbon and (state := hass.states.get(carbon)):
        understood.append(words.say("carbon_from", name=state.name))
    return understood, missing


def _others(home: Configuration, readings: Readings, words: Words) -> Iterator[str]:
    """Return the other devices, those that are only measured in one line."""
    for device in home.moved:
        value = readings.devices.get(device.id)
        now = "" if value is None or value.usable is None else f", {_kw(value.usable)}"
        yield f"**{device.name}**: {words.kind(device.kind)}{now}"
    if loads := [each.name for each in home.of_kind("load")]:
        yield words.say("consumers", names=", ".join(loads))


def _unusable(readings: Readings, words: Words) -> Iterator[str]:
    """Return what shows a value that cannot be used; what shows none is said of its entity."""
    values: list[Value] = [readings.grid_kw, readings.solar_kw, readings.load_kw]
    for battery in readings.batteries.values():
        values += [battery.soc, battery.power_kw]
    doubtful = [each for each in values if each.trust in (Trust.IMPLAUSIBLE, Trust.STALE)]
    for source, doubt in dict.fromkeys((each.source, _doubt(each)) for each in doubtful):
        yield words.say(doubt, entity=source)


def _doubt(value: Value) -> str:
    """Return the key of what is said of a value."""
    if value.source == "balance":
        return "unbalanced"
    if value.fault is Fault.COARSE:
        return "too_coarse"
    same = value.trust is Trust.STALE or value.fault is Fault.FROZEN
    return "unchanged" if same else "implausible"


def _undriven(home: Configuration, words: Words) -> Iterator[str]:
    """Return the devices that SHEMS plans for and cannot move."""
    for device in (*home.of_kind("battery"), *home.moved):
        if not controlled(device.data):
            yield words.say("undriven", name=device.name)


def _line(entity: Asleep, words: Words) -> str:
    since = entity.since
    if since is None:
        return words.say(entity.reason, name=entity.name)
    return words.say(
        entity.reason, name=entity.name, since=dt_util.as_local(since).strftime("%Y-%m-%d %H:%M")
    )


def asleep_lines(hass: HomeAssistant, data: Mapping[str, object], words: Words) -> list[str]:
    """Return a line for each chosen entity that says nothing now."""
    return [_line(each, words) for each in asleep(hass, data)]
