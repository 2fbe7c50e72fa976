"""What will be: the learners where they have shown skill, plain means where not."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ..horizon import Horizon
from ..series import Series
from ..tariff import Tariff
from . import simple
from .beliefs import Beliefs, Outlook
from .carbon import carbon_outlook
from .days import Days
from .feed_in import feed_in_outlook
from .heating import Heating, heating_outlook
from .history import History
from .learned import Learned
from .levels import convolved
from .market import MarketModel, MarketOutlook, learn_market, market_outlook, market_paths
from .members import with_members
from .residual import Residuals
from .scenarios import outlooks
from .seasonal import Seasonal, learn_seasonal, seasonal_outlook
from .skill import rests_on
from .temperature import TemperatureModel, learn_temperature, temperature_outlook
from .warming import learn_warming


@dataclass(frozen=True)
class Premise:
    """What the learners hand on once a day, and every plan rests on.

    Attributes:
        load, solar: None where the learner has not issued or is no better than the mean of
            the last seven days.
        market: None where no price was ever known.
        temperature: None where nobody has asked for it.
        flexible: what SHEMS moves, by its device's id; none of which too little is known.
        heating: of what SHEMS moves, that which heats rooms, by its device's id.
    """

    load: Residuals | None = None
    solar: Residuals | None = None
    market: MarketModel | None = None
    temperature: TemperatureModel | None = None
    flexible: Mapping[str, Seasonal] = field(default_factory=dict)
    heating: Mapping[str, Heating] = field(default_factory=dict)


def premise(
    learned: Learned,
    history: History,
    days: Days,
    now: float,
    *,
    before: Premise | None = None,
    known_until: float | None = None,
    heats: frozenset[str] = frozenset(),
) -> Premise:
    """Return what plans of the day rest on.

    Args:
        learned: what the learners have issued.
        history: measured until `now` at best; of the days before for the skill.
        days: the slots of the archives.
        now: epoch seconds.
        before: the last premise; what is not learned by the learners goes on from there.
        known_until: end of the published prices, where the market series goes further.
        heats: which consumers that SHEMS moves heat rooms.
    """
    load = None if learned.load is None else learned.load.archive
    solar = None if learned.solar is None else learned.solar.archive
    sun = rests_on(solar, history.solar, days, now)
    before = before or Premise()
    flexible = {
        key: learn_seasonal(before.flexible.get(key), used, days, now, history.habits)
        for key, used in history.flexible.items()
    }
    return Premise(
        rests_on(load, history.load, days, now),
        sun if learned.solar is None else with_members(sun, learned.solar, history, days, now),
        learn_market(
            before.market,
            history.market,
            days.zone,
            known_until=known_until,
            holidays=history.habits.holidays,
        ),
        learn_temperature(
            before.temperature, history.outdoor, history.weather.temperature_c, days.zone, now
        ),
        {key: model for key, model in flexible.items() if model is not None},
        {
            key: learn_warming(
                before.heating.get(key),
                used,
                history.outdoor.filled(history.weather.temperature_c),
                days.zone,
                now,
                history.habits,
            )
            for key, used in history.flexible.items()
            if key in heats
        },
    )


def believe(
    premise: Premise,
    history: History,
    tariff: Tariff,
    horizon: Horizon,
    now: float,
    *,
    solar_given: Series | None = None,
    known_until: float | None = None,
) -> Beliefs:
    """Return what is to be expected of load, sun, prices and temperature.

    Nothing measured after `now` is used, whatever the history holds. Where a learner is
    silent `simple.believe` stands. What SHEMS moves is expected on its own. Courses of
    prices and of the temperature follow the same days as those of the load.

    Args:
        premise: what the learners handed on.
        history: of the last two weeks at least.
        tariff: the contract.
        horizon: the steps to believe something about.
        now: epoch seconds.
        solar_given: a provider's forecast of solar power in kW, for where no learner uses it.
        known_until: end of the published prices, where the market series goes further.

    Raises:
        InputError: no load, or no price where the tariff needs one, has ever been seen.
    """
    plain = simple.believe(
        history, tariff, horizon, now, solar_given=solar_given, known_until=known_until
    )
    load, solar = _learned(premise, history, horizon, now)
    load, solar = load or plain.load, solar or plain.solar
    for consumer in history.flexible:
        more = _consumed(premise, history, consumer, horizon, now, tariff.zone)
        load = load if more is None else _together(load, more)
    count = max(len(load.paths), len(solar.paths))
    load, solar = _repeated(load, count), _repeated(solar, count)
    days_back = load.days_back or solar.days_back
    prices, expected, temperature = plain.prices, None, None
    if premise.market is not None and tariff.needs_market:
        market = market_outlook(premise.market, history.market, horizon, known_until=known_until)
        feed_in = feed_in_outlook(
            history.feed_in, history.market, market.mean, horizon, tariff.zone, known_until
        )
        prices = tariff.prices(market.mean, horizon, market.known, feed_in)
        expected = _market(premise.market, market, horizon, now, days_back)
    if premise.temperature is not None:
        temperature = temperature_outlook(
            premise.temperature,
            history.outdoor,
            history.weather.temperature_c,
            horizon,
            now,
            days_back,
        )
    carbon = carbon_outlook(history.carbon, horizon, now, tariff.zone, history.carbon_given)
    return Beliefs(horizon, load, solar, prices, expected, temperature, carbon)


def _consumed(
    premise: Premise, history: History, consumer: str, horizon: Horizon, now: float, zone: str
) -> Outlook | None:
    """Return what a consumer takes by itself; None where nothing is known of it."""
    used, warming = history.flexible[consumer], premise.heating.get(consumer)
    if warming is not None and warming.signature is not None and premise.temperature is not None:
        outdoor, weather = history.outdoor, history.weather.temperature_c
        felt = temperature_outlook(premise.temperature, outdoor, weather, horizon, now, ())
        return heating_outlook(warming, used, outdoor.filled(weather), felt, horizon, now)
    model = premise.flexible.get(consumer)
    if model is None:
        return simple.seven_day_mean(used, horizon, now, zone)
    return seasonal_outlook(model, horizon)


def _market(
    model: MarketModel,
    market: MarketOutlook,
    horizon: Horizon,
    now: float,
    days_back: tuple[int, ...],
) -> Outlook:
    """Return market prices with their courses; what is published has but one."""
    if market.known.all() or not days_back:
        one = market.mean[np.newaxis]
        return Outlook(market.mean, market.quantiles, one, market.source)
    today = model.days.day(now)
    paths = market_paths(model, market, horizon, [today - back for back in days_back])
    return Outlook(market.mean, market.quantiles, paths, market.source, days_back)


def _learned(
    premise: Premise, history: History, horizon: Horizon, now: float
) -> tuple[Outlook | None, Outlook | None]:
    """Return what the learners expect; courses of both follow the same days."""
    pairs = [
        (residuals, truth)
        for residuals, truth in ((premise.load, history.load), (premise.solar, history.solar))
        if residuals is not None and _reaches(residuals, now)
    ]
    if not pairs:
        return None, None
    alike = len({residuals.origin for residuals, _ in pairs}) == 1
    groups = [pairs] if alike else [[pair] for pair in pairs]
    found = [
        outlook
        for group in groups
        for outlook in outlooks(
            tuple(residuals for residuals, _ in group),
            tuple(truth for _, truth in group),
            horizon,
            now,
        )
    ]
    by_quantity = {
        id(residuals): outlook for (residuals, _), outlook in zip(pairs, found, strict=True)
    }
    return by_quantity.get(id(premise.load)), by_quantity.get(id(premise.solar))


def _reaches(residuals: Residuals, now: float) -> bool:
    """Return whether a forecast is of today or yesterday: an older one has little left."""
    return 0 <= residuals.days.day(now) - residuals.origin <= 1


def _together(load: Outlook, more: Outlook) -> Outlook:
    """Return the load with what a consumer that SHEMS moves is expected to take.

    Either knows nothing of the other. A load without courses has but its mean.
    """
    row = np.arange(len(load.paths)) % len(more.paths)
    return replace(
        load,
        mean=load.mean + more.mean,
        quantiles=convolved(load.quantiles, more.quantiles),
        paths=load.paths + (more.paths[row] if len(load.paths) > 1 else more.mean),
    )


def _repeated(outlook: Outlook, count: int) -> Outlook:
    """Return as many courses as there are of the other quantity, in turn."""
    if len(outlook.paths) in (1, count):
        return outlook
    row = np.arange(count) % len(outlook.paths)
    back = tuple(np.array(outlook.days_back, dtype=np.intp)[row].tolist())
    return replace(outlook, paths=outlook.paths[row], days_back=back)
