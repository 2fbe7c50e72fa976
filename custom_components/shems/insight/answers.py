"""Answers to what people ask of their home, as facts and as a sentence."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from ..coordinator import HomeCoordinator
from ..core.horizon import DAY_S
from ..core.plan.result import Reason
from ..core.report.alerts.kinds import Kind
from ..core.report.cheap import standing
from ..core.report.runs import runs_of
from ..devices import Device
from ..moved_values import reason_now
from ..price_values import periods
from ..values import phrase, stamp
from .best_time import best_facts, best_time
from .wording import Wording

PERIODS: Final = ("today", "yesterday", "week", "last_week", "month", "last_month", "year", "total")
_LEAST: Final = 0.005
"""Money below half a hundredth is told as none."""
_SOME_HOURS: Final = 0.1
_SPOKEN: Final = 3
"""Nobody listens to more runs than that."""
_PROBLEMS: Final = frozenset({Kind.DISOBEYED, Kind.METER_SILENT})
"""Alerts of what is told as a problem already, with what to do about it."""


@dataclass(frozen=True)
class Answer:
    """An answer.

    Attributes:
        text: as a sentence.
        facts: the same as data.
    """

    text: str
    facts: dict[str, Any] = field(default_factory=dict)


def when_to_start(home: HomeCoordinator, device: Device, wording: Wording) -> Answer:
    """Return when a device runs by the plan, or when an appliance would best be started."""
    plan, now = home.data.plan, home.data.now
    if plan is None:
        return Answer(wording.say("answer_no_plan"), {"device": device.name, "start": None})
    run = next((each for each in runs_of(plan, device.id) if each.end > now), None)
    if run is None and device.kind == "appliance":
        return _best(home, device, wording)
    if run is None:
        nothing = {"device": device.name, "start": None}
        return Answer(wording.say("answer_nothing", device=device.name), nothing)
    running = run.begin <= now
    said = wording.say(
        "answer_runs" if running else "answer_planned",
        device=device.name,
        start=wording.time(run.begin),
        end=wording.time(run.end),
    )
    facts: dict[str, Any] = {
        "device": device.name,
        "start": stamp(run.begin),
        "end": stamp(run.end),
        "cost": round(run.cost, 2),
        "currency": home.configuration.tariff.currency,
        "reason": phrase(run.reason),
    }
    return Answer(_joined(said, run.reason, wording), facts)


def _best(home: HomeCoordinator, device: Device, wording: Wording) -> Answer:
    best = best_time(home, device)
    facts = best_facts(home, device, best)
    if best.start is None:
        return Answer(wording.say("answer_no_plan"), facts)
    cost, saves = wording.money(best.start.cost), wording.money(best.start.saves)
    said = {"device": device.name, "start": wording.time(best.start.begin), "cost": cost}
    if best.start.saves < _LEAST:
        return Answer(wording.say("answer_start_now", **said), facts)
    return Answer(wording.say("answer_start", saves=saves, **said), facts)


def outlook(home: HomeCoordinator, device: Device, wording: Wording) -> Answer:
    """Return what a device does within a day by the plan, and why it does the first of it."""
    plan, now = home.data.plan, home.data.now
    if plan is None:
        return Answer(wording.say("answer_no_plan"), {"device": device.name, "runs": []})
    ahead = [
        each for each in runs_of(plan, device.id) if now < each.end and each.begin < now + DAY_S
    ]
    facts: dict[str, Any] = {
        "device": device.name,
        "runs": [
            {
                "doing": each.doing.value,
                "start": stamp(each.begin),
                "end": stamp(each.end),
                "energy_kwh": round(each.energy_kwh, 2),
                "cost": round(each.cost, 2),
                "reason": phrase(each.reason),
            }
            for each in ahead
        ],
        "currency": home.configuration.tariff.currency,
    }
    if not ahead:
        key = "answer_outlook_none" if device.kind == "battery" else "answer_nothing"
        return Answer(wording.say(key, device=device.name), facts)
    said = [
        wording.say(
            f"answer_outlook_{each.doing}",
            device=device.name,
            start=wording.time(each.begin),
            end=wording.time(each.end),
            energy=wording.energy(each.energy_kwh),
            cost=wording.money(abs(each.cost)),
        )
        for each in ahead[:_SPOKEN]
    ]
    return Answer(_joined(" ".join(said), ahead[0].reason, wording), facts)


def wrong(home: HomeCoordinator, wording: Wording) -> Answer:
    """Return what is wrong with the plan and its inputs, and alerts that nobody has seen."""
    problems = home.data.problems
    alerts = [
        each
        for each in home.insight.alerts.active
        if not each.acknowledged and each.kind not in _PROBLEMS
    ]
    said = [wording.problem(each.reason) for each in problems]
    said += [wording.alert(each) for each in alerts]
    facts = {
        "problems": [{"code": each.reason.code, "stage": each.stage.value} for each in problems],
        "alerts": [each.kind.value for each in alerts],
    }
    return Answer(" ".join(said) or wording.say("answer_well"), facts)


async def saved(home: HomeCoordinator, period: str, wording: Wording) -> Answer:
    """Return what was saved and paid in one of `PERIODS`."""
    begin, end = _span(home, period)
    totals = await home.insight.ledger.async_totals(begin, end)
    said = wording.say(f"period_{period}")
    facts: dict[str, Any] = {"period": period, "saving": None, "cost": None}
    if totals.hours <= 0:
        return Answer(wording.say("answer_uncounted", period=said), facts)
    currency = home.configuration.tariff.currency
    facts |= {
        "saving": None if totals.all_left_out else round(totals.saving, 2),
        "cost": round(totals.cost, 2),
        "currency": currency,
        "hours": round(totals.hours, 1),
        "left_out_hours": round(totals.left_out_hours, 1),
    }
    amount, cost = wording.money(abs(totals.saving)), wording.money(totals.cost)
    if totals.all_left_out:
        return Answer(wording.say("answer_unknown_saving", period=said, cost=cost), facts)
    key = "answer_saved" if totals.saving >= 0 else "answer_lost"
    text = wording.say(key, period=said, amount=amount, cost=cost)
    if totals.left_out_hours >= _SOME_HOURS:
        hours = wording.number(totals.left_out_hours, 1)
        text = f"{text} {wording.say('answer_left_out', hours=hours)}"
    return Answer(text, facts)


def _span(home: HomeCoordinator, period: str) -> tuple[float, float]:
    """Return when a period begins and ends, epoch seconds."""
    now = datetime.fromtimestamp(home.data.now, ZoneInfo(home.configuration.zone))
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    week, month = today - timedelta(days=today.weekday()), today.replace(day=1)
    begin, end = {
        "today": (today, now),
        "yesterday": (today - timedelta(days=1), today),
        "week": (week, now),
        "last_week": (week - timedelta(days=7), week),
        "month": (month, now),
        "last_month": ((month - timedelta(days=1)).replace(day=1), month),
        "year": (today.replace(month=1, day=1), now),
        "total": (datetime(2000, 1, 1, tzinfo=now.tzinfo), now),
    }[period]
    return begin.timestamp(), end.timestamp()


def stored(home: HomeCoordinator, wording: Wording) -> Answer:
    """Return how full the batteries are, and what they do."""
    said, facts = [], []
    for device in home.configuration.of_kind("battery"):
        reading = None if home.data.readings is None else home.data.readings.batteries
        soc = None if reading is None or device.id not in reading else reading[device.id].soc.usable
        asset = home.home.battery(device.id)
        energy = None if soc is None or asset is None else soc * asset.capacity_kwh
        reason = reason_of(home, device)
        facts.append(
            {
                "device": device.name,
                "soc_percent": None if soc is None else round(100 * soc),
                "energy_kwh": None if energy is None else round(energy, 2),
                "reason": phrase(reason),
            }
        )
        if soc is None or energy is None:
            said.append(wording.say("answer_soc_unknown", device=device.name))
            continue
        level = {"soc": wording.percent(soc), "energy": wording.energy(energy)}
        text = wording.say("answer_soc", device=device.name, **level)
        said.append(_joined(text, reason, wording))
    if not said:
        return Answer(wording.say("answer_no_battery"), {"batteries": []})
    return Answer(" ".join(said), {"batteries": facts})


def reason_of(home: HomeCoordinator, device: Device) -> Reason | None:
    """Return why a device does what it does now, None where nobody knows."""
    command = home.data.commands.get(device.id)
    return reason_now(home, device.id) if command is None else command.reason


def why(home: HomeCoordinator, device: Device, wording: Wording) -> Answer:
    """Return why a device does what it does now."""
    reason = reason_of(home, device)
    facts = {"device": device.name, "reason": phrase(reason)}
    if reason is None:
        return Answer(wording.say("answer_no_reason", device=device.name), facts)
    return Answer(f"{device.name}: {wording.reason(reason)}", facts)


def prices(home: HomeCoordinator, wording: Wording) -> Answer:
    """Return what electricity costs now, and when it is cheap."""
    plan, now = home.data.plan, home.data.now
    here = None if plan is None else standing(plan.prices.buy, plan.horizon, now)
    if here is None:
        return Answer(wording.say("answer_no_price"), {"price": None})
    cheap = periods(home)
    facts = {
        "price": round(here.price, 4),
        "mean_of_the_day_ahead": round(here.mean, 4),
        "currency": home.configuration.tariff.currency,
        "cheap_now": here.is_cheap(),
        "cheap_periods": [
            {"start": stamp(each.begin), "end": stamp(each.end), "price": round(each.price, 4)}
            for each in cheap
        ],
    }
    price = wording.price(here.price)
    if not cheap:
        return Answer(wording.say("answer_price_alike", price=price), facts)
    first = cheap[0]
    until = wording.time(first.end)
    if first.begin <= now:
        return Answer(wording.say("answer_price_cheap", price=price, until=until), facts)
    said = {"start": wording.time(first.begin), "end": until, "low": wording.price(first.price)}
    return Answer(wording.say("answer_price_later", price=price, **said), facts)


def _joined(said: str, reason: Reason | None, wording: Wording) -> str:
    return said if reason is None else f"{said} {wording.reason(reason)}"
