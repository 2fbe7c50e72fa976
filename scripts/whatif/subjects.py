"""A home of files as the subject of a question."""

from typing import Final

from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.replay.course import Course, Market, join
from custom_components.shems.core.replay.run import CONNECTION, protocol_battery, protocol_tariff
from custom_components.shems.core.replay.whatif.question import Subject
from custom_components.shems.core.series import Series

_PRICE_DAYS: Final = 3 * 366
"""Prices before the home's first day that an answer may rest on."""


def market_of(course: Course, prices: Series, price_zone: str, shift_weeks: int) -> Market:
    """Return the prices on the home's clock, with those of the years before."""
    return join(course, prices, price_zone, shift_weeks, _PRICE_DAYS)


def subject_of(
    course: Course,
    market: Market | None,
    tariff: str,
    *,
    site: Site | None = None,
    battery: tuple[float, float] | None = None,
    until: float | None = None,
    carbon_g_per_kwh: float | None = None,
) -> Subject:
    """Return a home with the published protocol's connection, contract and kind of battery."""
    end = course.start + course.step_s
    solar = course.solar_kw
    return Subject(
        Home(
            CONNECTION,
            () if solar is None else (Solar("solar", "Solar", curtailable=True),),
            () if battery is None else (protocol_battery(*battery),),
        ),
        protocol_tariff(tariff, course.zone, "EUR"),
        History(
            Series(course.start, end, course.load_kw),
            Series.empty() if solar is None else Series(course.start, end, solar),
            Series.empty()
            if market is None
            else Series(market.start, market.start + course.step_s, market.price),
        ),
        course.zone,
        float(end[-1]) if until is None else until,
        site,
        carbon_g_per_kwh=carbon_g_per_kwh,
    )
