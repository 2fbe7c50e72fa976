"""What a question about a year rests on: the home's own past, and the play of it."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant

from .coordinator import HomeCoordinator, now
from .core.replay.whatif.inquiry import Inquiry
from .core.replay.whatif.question import Question, Subject
from .inquiry import Played
from .sources.history import YEAR_S
from .sources.recorded_prices import async_recorded_prices
from .what_if import question, told


async def async_prepare(
    hass: HomeAssistant, home: HomeCoordinator, asked: Mapping[str, Any]
) -> Played:
    """Read a home's past and return what answers a question by `FIELDS`.

    Raises:
        InputError: what is asked cannot be, or there is no past of it.
        SourceError: the recorder cannot be read.
    """
    configuration, at = home.configuration, now()
    tariff = configuration.tariff
    market = None
    if (entity_id := asked.get("price_entity")) is not None:
        market = await async_recorded_prices(hass, entity_id, tariff.currency, at - YEAR_S, at)
    subject = Subject(
        configuration.home,
        tariff,
        await home.inputs.async_learning_history(at),
        configuration.zone,
        at,
        home.inputs.site,
        managed=home.store.control.enabled,
    )
    wanted = question(asked, tariff, configuration.home.connection.peaks, market)
    return _played(wanted, subject)


def _played(wanted: Question, subject: Subject) -> Played:
    inquiry = Inquiry(wanted, subject)
    while inquiry.advance():
        yield inquiry.progress
    answer = inquiry.answer
    return {} if answer is None else told(answer, subject.tariff.currency)
