"""A report in words: Markdown in a language of Home Assistant."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN
from ..core.report.period import Kind, Period
from ..core.report.report import FIGURES, Report

if TYPE_CHECKING:
    from datetime import datetime

    from ..coordinator import HomeCoordinator

_COMMA: Final = frozenset({"da", "de", "es", "fr", "it", "nb", "nl", "pl", "sv"})
"""The languages of SHEMS that write a comma where English has a point."""
_SHARES: Final = frozenset({"self_consumption", "self_sufficiency"})
_MONEY: Final = frozenset({"cost", "income", "saving"})
_SOME_KWH: Final = 0.1
"""Less is not worth a line."""
_SOME_HOURS: Final = 0.1
_LEAST_COVERAGE: Final = 0.99
_NONE: Final = "–"
_MOMENT: Final = timedelta(microseconds=1)


class Writer:
    """Writes numbers, times and texts in one language."""

    def __init__(self, texts: Mapping[str, str], language: str, currency: str) -> None:
        """Take texts by their full keys."""
        self._texts = texts
        self._comma = language.partition("-")[0] in _COMMA
        self._currency = currency

    def say(self, key: str, **values: str) -> str:
        """Return a text of the report with values in it."""
        return self._texts[f"component.{DOMAIN}.common.report_{key}"].format(**values)

    def number(self, value: float, digits: int) -> str:
        """Return a number."""
        shown = f"{value:.{digits}f}"
        return shown.replace(".", ",") if self._comma else shown

    def money(self, value: float) -> str:
        """Return money."""
        return f"{self.number(value, 2)} {self._currency}"

    def share(self, value: float, *, signed: bool = False) -> str:
        """Return a share in percent."""
        return f"{100 * value:+.0f} %" if signed else f"{100 * value:.0f} %"

    def figure(self, name: str, value: float | None) -> str:
        """Return a figure of a report with its unit."""
        if value is None:
            return _NONE
        if name in _MONEY:
            return self.money(value)
        if name in _SHARES:
            return self.share(value)
        return f"{self.number(value, 1)} {name.rpartition('_')[2].replace('kwh', 'kWh')}"


async def async_markdown(home: HomeCoordinator, report: Report, language: str) -> str:
    """Return a report in words."""
    return written(report, await _async_writer(home.hass, language, home))


async def _async_writer(hass: HomeAssistant, language: str, home: HomeCoordinator) -> Writer:
    texts = await async_get_translations(hass, language, "common", {DOMAIN})
    return Writer(texts, language, home.configuration.tariff.currency)


def written(report: Report, writer: Writer) -> str:
    """Return a report in Markdown: a table, then what explains it."""
    lines = [
        f"## {writer.say('title', period=_dates(report.over))}",
        "",
        f"| | {_dates(report.over)} | {_dates(report.compared)} | {writer.say('change')} |",
        "|---|--:|--:|--:|",
        *_table(report, writer),
        "",
        *(f"- {each}" for each in _notes(report, writer)),
    ]
    if report.row.device_kwh:
        lines += ["", f"### {writer.say('devices')}", "", *_devices(report, writer)]
    return "\n".join(lines).rstrip() + "\n"


def _table(report: Report, writer: Writer) -> list[str]:
    rows = []
    before = report.figures_before
    for name in FIGURES:
        value, earlier = report.figures[name], before[name]
        if value is None and earlier is None:
            continue
        change = _NONE
        if value is not None and earlier is not None and name not in _SHARES and earlier > 0:
            change = writer.share(value / earlier - 1, signed=True)
        shown, shown_before = writer.figure(name, value), writer.figure(name, earlier)
        rows.append(f"| {writer.say(name)} | {shown} | {shown_before} | {change} |")
    return rows


def _notes(report: Report, writer: Writer) -> list[str]:
    notes = []
    if report.coverage < _LEAST_COVERAGE:
        notes.append(writer.say("coverage", share=writer.share(report.coverage)))
    if report.row.estimated_hours > 0:
        hours = writer.number(report.row.estimated_hours, 0)
        notes.append(writer.say("estimated", hours=hours))
    left_out = report.row.totals.left_out_hours
    if left_out >= _SOME_HOURS:
        notes.append(writer.say("left_out", hours=writer.number(left_out, 1)))
    below = report.row.below_zero
    if below.kept_kwh >= _SOME_KWH:
        energy, money = writer.figure("sold_kwh", below.kept_kwh), writer.money(below.kept_value)
        notes.append(writer.say("below_zero", energy=energy, money=money))
    if report.weather is not None and (change := report.change_in_like_weather) is not None:
        notes.append(
            writer.say(
                "weather",
                now=writer.number(report.weather.degree_days, 0),
                before=writer.number(report.weather.degree_days_before, 0),
                change=writer.share(change, signed=True),
            )
        )
    if (kept := report.kept) is not None:
        notes.append(
            writer.say(
                "plan",
                expected=writer.money(kept.expected.cost),
                happened=writer.money(kept.happened.cost),
                days=str(kept.days),
            )
        )
    for quantity in ("load", "solar"):
        scores = report.scores.get(quantity)
        if scores is not None and scores.total.skill is not None:
            skill = writer.share(scores.total.skill, signed=True)
            notes.append(writer.say(f"forecast_{quantity}", skill=skill, days=str(scores.days)))
    return notes


def _devices(report: Report, writer: Writer) -> list[str]:
    row = report.row
    most = sorted(row.device_kwh, key=lambda each: -row.device_kwh[each])
    return [
        writer.say(
            "device",
            device=report.devices.get(each, each),
            energy=writer.figure("load_kwh", row.device_kwh[each]),
            cost=writer.money(row.device_cost.get(each, 0.0)),
        )
        for each in most
    ]


def _dates(period: Period) -> str:
    """Return a period by its days, as ISO dates: no language reads them wrongly."""
    first, last = period.begin, _last(period)
    if period.kind is Kind.DAY or first.date() == last.date():
        return first.date().isoformat()
    return f"{first.date().isoformat()} – {last.date().isoformat()}"


def _last(period: Period) -> datetime:
    """Return a time of the last day: a period ends where the next begins."""
    return max(period.begin, period.end.replace(fold=0) - _MOMENT)
