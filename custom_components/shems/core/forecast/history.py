"""History: what the meters have shown, the ground of every forecast."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..series import Series


@dataclass(frozen=True)
class Weather:
    """The weather: in the past as it was forecast for the home, later as it is forecast now.

    Learners must meet in the past what they will be given for the future: a forecast, not a
    measurement. What is unknown is absent.

    Attributes:
        temperature_c: outdoor temperature.
        cloud: cloud cover, 0 to 1.
        direct_w_m2: beam irradiance on a horizontal plane.
        diffuse_w_m2: diffuse irradiance on a horizontal plane.
        snow_cm: depth of snow.
    """

    temperature_c: Series = field(default_factory=Series.empty)
    cloud: Series = field(default_factory=Series.empty)
    direct_w_m2: Series = field(default_factory=Series.empty)
    diffuse_w_m2: Series = field(default_factory=Series.empty)
    snow_cm: Series = field(default_factory=Series.empty)


@dataclass(frozen=True)
class Habits:
    """What the household says about its days.

    Attributes:
        holidays: local days, numbered from 1 January 1970, that are lived like a Sunday.
        away: (from, to) in epoch seconds, when nobody is at home; past and to come.
        guests: (from, to) in epoch seconds, when more people are at home.
    """

    holidays: frozenset[int] = frozenset()
    away: tuple[tuple[float, float], ...] = ()
    guests: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class History:
    """Measured past of a home.

    Attributes:
        load, solar: kW; load without what SHEMS moves, solar as delivered.
        market: currency/kWh.
        given: a provider's solar forecast in kW; in the past as it was issued.
        given_low, given_high: what the provider expects to be exceeded with 90 % and 10 %.
        weather: see there.
        habits: see there.
        outdoor: measured outdoor temperature, degrees C: a truth, no forecast.
        flexible: kW of each consumer that SHEMS moves, by its device's id.
        carbon: what the grid emits, g/kWh, the running hour with what was told last.
        carbon_given: a service's forecast of that; empty where there is none.
        feed_in: what selling follows, currency/kWh; empty where that is the market.
    """

    load: Series = field(default_factory=Series.empty)
    solar: Series = field(default_factory=Series.empty)
    market: Series = field(default_factory=Series.empty)
    given: Series = field(default_factory=Series.empty)
    given_low: Series = field(default_factory=Series.empty)
    given_high: Series = field(default_factory=Series.empty)
    weather: Weather = field(default_factory=Weather)
    habits: Habits = field(default_factory=Habits)
    outdoor: Series = field(default_factory=Series.empty)
    flexible: Mapping[str, Series] = field(default_factory=dict)
    carbon: Series = field(default_factory=Series.empty)
    carbon_given: Series = field(default_factory=Series.empty)
    feed_in: Series = field(default_factory=Series.empty)
