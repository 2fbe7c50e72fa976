"""What a question about a year rests on: the home's own past, and the play of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .core.assets.plane import Plane
from .core.infer.solar_home import plane_of
from .core.replay.whatif.inquiry import Inquiry
from .core.replay.whatif.question import Question, Subject
from .core.units import Floats
from .inquiry import Played
from .sources.history import YEAR_S
from .sources.recorded_prices import async_recorded_prices
from .what_if import question, told

if TYPE_CHECKING:
    from .coordinator import HomeCoordinator

_ROOFS: Final = 64
"""As many as years are drawn, unless more are asked for."""


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
    subject = await async_subject(home)
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


def _played(wanted: Question, subject: Subject) -> Played:
    inquiry = Inquiry(wanted, subject)
    while inquiry.advance():
        yield inquiry.progress
    answer = inquiry.answer
    return {} if answer is None else told(answer, subject.tariff.currency)
