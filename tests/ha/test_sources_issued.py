"""Forecasts are kept as they were issued before their day began."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from homeassistant.core import HomeAssistant

from custom_components.shems.core.series import Series
from custom_components.shems.sources.issued import Issued, spliced

HOUR = 3600.0
DAY = 86400.0
MIDNIGHT = datetime(2026, 6, 10, tzinfo=UTC).timestamp()
KEY = "shems.home.issued"


def hours(start: float, count: int, value: float, step: float = HOUR) -> Series:
    return Series.of(
        (start + number * step, start + (number + 1) * step, value) for number in range(count)
    )


def made(hass: HomeAssistant) -> Issued:
    return Issued(hass, "home", "UTC")


async def test_the_last_word_before_a_day_begins_is_kept(hass: HomeAssistant) -> None:
    issued = made(hass)
    issued.note("cloud", hours(MIDNIGHT, 48, 0.1), MIDNIGHT - 5 * HOUR)
    issued.note("cloud", hours(MIDNIGHT, 48, 0.2), MIDNIGHT - HOUR)
    issued.note("cloud", hours(MIDNIGHT, 48, 0.3), MIDNIGHT + 8 * HOUR)
    kept = issued.series("cloud")
    assert kept.at(MIDNIGHT + 12 * HOUR) == pytest.approx(0.2)
    assert kept.at(MIDNIGHT + 30 * HOUR) == pytest.approx(0.3)


async def test_the_past_is_as_issued_and_the_future_as_it_is_now(hass: HomeAssistant) -> None:
    issued = made(hass)
    now = MIDNIGHT + 8.4 * HOUR
    issued.note("cloud", hours(MIDNIGHT, 24, 0.2), MIDNIGHT - HOUR)
    current = hours(MIDNIGHT, 48, 0.5)
    issued.note("cloud", current, now)
    planned = issued.planned("cloud", current, now)
    assert planned.at(MIDNIGHT + 7.5 * HOUR) == pytest.approx(0.2)
    assert planned.at(now) == planned.at(MIDNIGHT + 47 * HOUR) == 0.5
    learned = issued.learned("cloud", current, now)
    assert learned.at(MIDNIGHT + 23.5 * HOUR) == pytest.approx(0.2)
    assert learned.at(MIDNIGHT + 24.5 * HOUR) == 0.5
    assert (np.diff(learned.start) == HOUR).all()


async def test_where_nothing_was_issued_for_today_what_is_known_now_stands_in(
    hass: HomeAssistant,
) -> None:
    now = MIDNIGHT + 8.4 * HOUR
    learned = made(hass).learned("cloud", hours(MIDNIGHT, 24, 0.5), now)
    assert learned.start[0] == MIDNIGHT + 8 * HOUR
    assert len(made(hass).learned("cloud", None, now)) == 0


async def test_half_hours_become_hours(hass: HomeAssistant) -> None:
    issued = made(hass)
    halves = Series.of(
        (MIDNIGHT + number * HOUR / 2, MIDNIGHT + (number + 1) * HOUR / 2, float(number))
        for number in range(5)
    )
    issued.note("given", halves, MIDNIGHT - HOUR)
    assert issued.series("given").value.tolist() == [0.5, 2.5], "half an hour is none"


async def test_another_provider_has_no_past(hass: HomeAssistant) -> None:
    issued = made(hass)
    issued.note("given", hours(MIDNIGHT, 24, 1.0), MIDNIGHT - HOUR, origin="one")
    issued.note("given", hours(MIDNIGHT + DAY, 24, 2.0), MIDNIGHT + HOUR, origin="one")
    assert len(issued.series("given")) == 48
    issued.note("given", hours(MIDNIGHT + DAY, 24, 3.0), MIDNIGHT + HOUR, origin="two")
    assert set(issued.series("given").value.tolist()) == {3.0}


async def test_prices_are_kept_once_they_are_published(hass: HomeAssistant) -> None:
    issued = made(hass)
    now = MIDNIGHT + 13 * HOUR
    issued.note_published("market", hours(MIDNIGHT, 96, 0.1, HOUR / 4), now, HOUR / 4)
    issued.note_published("market", hours(MIDNIGHT + DAY, 24, 0.2), now, HOUR / 4)
    kept = issued.series("market")
    assert len(kept) == 192
    assert kept.at(now) == pytest.approx(0.1)
    assert kept.at(now + DAY) == pytest.approx(0.2)


async def test_what_is_older_than_a_year_goes(hass: HomeAssistant) -> None:
    issued = made(hass)
    issued.note("cloud", hours(MIDNIGHT, 24, 0.2), MIDNIGHT - HOUR)
    later = MIDNIGHT + 400 * DAY
    issued.note("cloud", hours(later, 24, 0.4), later - HOUR)
    assert issued.series("cloud").start[0] == later
    issued.note("cloud", Series.empty(), later + 400 * DAY)
    issued.note("cloud", hours(MIDNIGHT, 24, 0.4), later + 400 * DAY)
    assert len(issued.series("cloud")) == 24, "a forecast of the past is none"


async def test_a_file_remembers_a_year_in_little_room(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    issued = made(hass)
    for day in range(300):
        begin = MIDNIGHT + day * DAY
        issued.note("cloud", hours(begin, 24, day % 7 / 7), begin - HOUR)
    await issued.async_save(begin)
    text = hass_storage[KEY]["data"]["tracks"]["cloud"]["value"]
    assert len(text) < 40_000
    again = made(hass)
    await again.async_load()
    assert again.series("cloud").value.tolist() == issued.series("cloud").value.tolist()
    assert again.series("cloud").start.tolist() == issued.series("cloud").start.tolist()


async def test_it_is_written_once_an_hour_and_at_the_end(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    issued = made(hass)

    async def written(at: float, *, at_once: bool = False) -> int:
        issued.note("cloud", hours(at + DAY, 48, 0.5), at)
        await issued.async_save(at, at_once=at_once)
        again = made(hass)
        await again.async_load()
        return len(again.series("cloud"))

    first = await written(MIDNIGHT)
    assert await written(MIDNIGHT + 6 * HOUR) > first
    kept = hass_storage[KEY]["data"]
    await written(MIDNIGHT + 6.5 * HOUR)
    assert hass_storage[KEY]["data"] is kept
    await written(MIDNIGHT + 6.6 * HOUR, at_once=True)
    assert hass_storage[KEY]["data"] is not kept
    kept = hass_storage[KEY]["data"]
    await issued.async_save(MIDNIGHT + DAY)
    assert hass_storage[KEY]["data"] is kept, "nothing was new"
    await issued.async_remove()
    assert KEY not in hass_storage


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"tracks": {"cloud": {"first": 1, "step_s": 3600.0, "origin": "", "value": "AAAA"}}},
        {"tracks": {"cloud": {"first": 1, "step_s": 3600.0, "origin": "", "value": "A"}}},
        {"tracks": {"cloud": 5}},
        {"tracks": 5},
    ],
)
async def test_what_cannot_be_read_is_gathered_anew(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
    data: dict[str, Any],
) -> None:
    hass_storage[KEY] = {"version": 1, "minor_version": 1, "key": KEY, "data": data}
    issued = made(hass)
    await issued.async_load()
    assert len(issued.series("cloud")) == 0
    assert "could not be read" in caplog.text


async def test_a_file_of_a_newer_version_is_read(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    issued = made(hass)
    issued.note("cloud", hours(MIDNIGHT, 24, 0.5), MIDNIGHT - HOUR)
    await issued.async_save(MIDNIGHT)
    hass_storage[KEY]["minor_version"] = 2
    hass_storage[KEY]["data"]["more"] = True
    again = made(hass)
    await again.async_load()
    assert len(again.series("cloud")) == 24


def test_series_are_spliced_at_a_time() -> None:
    past, current = hours(0, 4, 1.0), hours(2 * HOUR, 4, 2.0)
    assert spliced(past, current, 3 * HOUR).value.tolist() == [1, 1, 1, 2, 2, 2]
    assert spliced(past, Series.empty(), 3 * HOUR) is past
    assert spliced(past, None, 3 * HOUR) is past
