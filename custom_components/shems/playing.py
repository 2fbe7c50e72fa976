"""What a question about a year rests on: the home's own past, and the play of it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .core.assets.battery import Battery
from .core.assets.plane import Plane
from .core.forecast.standin import known_days
from .core.infer.battery_home import as_battery
from .core.infer.living_home import Past, living_years
from .core.infer.solar_home import plane_of
from .core.replay.whatif.inquiry import Inquiry
from .core.replay.whatif.question import Question, Subject
from .core.series import Series
from .core.units import Floats
from .inquiry import Played
from .jobs import async_get_jobs
from .sources.history import YEAR_S
from .sources.recorded_prices import async_recorded_prices
from .what_if import question, told

if TYPE_CHECKING:
    from .coordinator import HomeCoordinator

_ROOFS: Final = 64
"""As many as years are drawn, unless more are asked for."""
_STORES: Final = 8
_SHORT_DAYS: Final = 56.0
"""Of so many days on fewer than one in fifteen would be simulated: the own ones tell enough."""
_YEAR_DAYS: Final = 365
_MEMBERS: Final = 16
_SEED: Final = 6
"""The same question gives the same answer."""
_LIVED_S: Final = 120.0


async def async_prepare(
    hass: HomeAssistant, home: HomeCoordinator, asked: Mapping[str, Any]
) -> Played:
    """Read a home's past and return what answers a question by `FIELDS`.

    Raises:
        InputError: what is asked cannot be, or there is no past of it.
        SourceError: the recorder cannot be read.
    """
    configuration = home.configuration
    tariff, market = configuration.tariff, None
    subject = await _async_lived(hass, home, await async_subject(home))
    if (entity_id := asked.get("price_entity")) is not None:
        begin = subject.until - YEAR_S
        market = await async_recorded_prices(hass, entity_id, tariff.currency, begin, subject.until)
    wanted = question(asked, tariff, configuration.home.connection.peaks, market)
    return _played(wanted, subject)


async def async_subject(home: HomeCoordinator) -> Subject:
    """Read a home's past.

    Raises:
        SourceError: the recorder cannot be read.
    """
    configuration, at = home.configuration, dt_util.utcnow().timestamp()
    return Subject(
        configuration.home,
        configuration.tariff,
        await home.inputs.async_learning_history(at),
        configuration.zone,
        at,
        home.inputs.site,
        managed=home.store.control.enabled,
        heating_kw_per_k=_heating(home),
        roofs=_roofs(home),
        storage=_storage(home),
    )


def _heating(home: HomeCoordinator) -> Floats:
    """Return draws of what all heatings take per K of cold; none where one may not be used."""
    found = [
        home.inference.of(f"thermal:{each.id}") for each in home.configuration.of_kind("heating")
    ]
    known = [each.draw_of("loss") for each in found if each is not None and each.usable]
    if not known or len(known) < len(found):
        return np.zeros(0)
    count = min(map(len, known))
    total: Floats = np.sum([each[:count] for each in known], axis=0)
    return total


def _roofs(home: HomeCoordinator) -> tuple[tuple[Plane, ...], ...]:
    """Return draws of the panels; none where they may not be used."""
    posterior = home.inference.of("solar")
    if posterior is None or not posterior.usable:
        return ()
    latitude = home.inputs.site.latitude
    step = max(1, len(posterior.draws) // _ROOFS)
    return tuple((plane_of(each, latitude),) for each in posterior.draws[::step][:_ROOFS])


def _storage(home: HomeCoordinator) -> tuple[tuple[Battery, ...], ...]:
    """Return the batteries as they may be, the likeliest first; none where no past tells."""
    batteries = home.configuration.home.batteries
    known = {
        each.id: posterior
        for each in batteries
        if (posterior := home.inference.of(f"battery:{each.id}")) is not None and posterior.usable
    }
    if not known:
        return ()

    def drawn(part: int) -> tuple[Battery, ...]:
        return tuple(
            as_battery(found, part * len(found.draws) // _STORES if part else None, each)
            if (found := known.get(each.id)) is not None
            else each
            for each in batteries
        )

    return tuple(map(drawn, range(_STORES)))


async def _async_lived(hass: HomeAssistant, home: HomeCoordinator, subject: Subject) -> Subject:
    """Return the subject with a year of such people, where its own past is short."""
    posterior, load = home.inference.of("living"), subject.history.load
    if posterior is None or not posterior.usable or known_days(load) >= _SHORT_DAYS:
        return subject
    cars = home.configuration.of_kind("vehicle")
    for device in cars:
        taken = subject.history.flexible.get(device.id, Series.empty())
        load = replace(load, value=load.value + np.nan_to_num(taken.between(load.start, load.end)))
    past = Past(load, subject.zone, home.inputs.site.latitude)
    random = np.random.default_rng(_SEED)
    years = await async_get_jobs(hass).async_run(
        partial(living_years, posterior, past, subject.until, _YEAR_DAYS, _MEMBERS, random),
        _LIVED_S,
    )
    return replace(subject, lived=years.house_kw + (0.0 if cars else years.car_kw))


def _played(wanted: Question, subject: Subject) -> Played:
    inquiry = Inquiry(wanted, subject)
    while inquiry.advance():
        yield inquiry.progress
    answer = inquiry.answer
    return {} if answer is None else told(answer, subject.tariff.currency)
