"""Small homes that the tests of what-if share."""

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.plane import Site
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.replay.run import protocol_tariff
from custom_components.shems.core.replay.whatif.inquiry import Inquiry
from custom_components.shems.core.replay.whatif.question import Answer, Question, Subject
from custom_components.shems.core.replay.whatif.weeks import Ahead
from custom_components.shems.core.series import Series

ZONE = "Europe/Berlin"
HOUR = 3600.0
BERLIN = Site(52.5, 13.4)


def subject_of(
    days: int = 9,
    *,
    begin: str = "2024-05-06",
    tariff: str = "tou",
    sun_kw: float = 5.0,
    batteries: tuple[Battery, ...] = (),
    site: Site | None = BERLIN,
) -> Subject:
    """Return a home with a bell of sun, a dear evening and noise of its own."""
    start = datetime.fromisoformat(begin).replace(tzinfo=ZoneInfo(ZONE)).timestamp()
    times = start + HOUR * np.arange(days * 24)
    hour = np.arange(len(times)) % 24
    noise = np.random.default_rng(7)
    load = 0.4 + 1.5 * np.exp(-(((hour - 19) / 2) ** 2)) * noise.uniform(0.5, 1.5, len(times))
    solar = sun_kw * np.maximum(np.sin((hour - 6) / 14 * np.pi), 0) * noise.uniform(0.3, 1)
    price = 0.08 + 0.04 * np.cos((hour - 19) / 24 * 2 * np.pi)
    end = times + HOUR
    return Subject(
        Home(
            Connection(17.0, 10.0),
            (Solar("sun", "Sun", curtailable=True),) if sun_kw else (),
            batteries,
        ),
        protocol_tariff(tariff, ZONE, "EUR"),
        History(
            Series(times, end, load),
            Series(times, end, solar) if sun_kw else Series.empty(),
            Series(times, end, price),
        ),
        ZONE,
        float(end[-1]),
        site,
    )


def asked(question: Question, subject: Subject, days: int | None = 14) -> Answer:
    """Return the answer for some days from the end of the past on."""
    first = Inquiry.ahead(subject).first
    inquiry = Inquiry(question, subject, ahead=None if days is None else Ahead(first, days))
    while inquiry.advance():
        assert inquiry.answer is None
    assert inquiry.answer is not None
    return inquiry.answer
