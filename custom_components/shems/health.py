"""The health of the meters: what SHEMS found in their past, as repair issues."""

from collections.abc import Iterable
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .core.assets.plane import Site
from .core.forecast.days import Days
from .core.forecast.finding import LOAD, SOLAR, Finding
from .core.forecast.health import inspect
from .core.forecast.history import History
from .core.forecast.plausible import Limits
from .core.horizon import DAY_S, HOUR_S
from .sources.configuration import Configuration
from .sources.meters import Term, meters

_MARGIN: Final = 1.5
"""For some minutes more can flow than fuses and inverters are made for."""
_UNKNOWN_KW: Final = 100.0
_LATELY_S: Final = 3.0 * DAY_S
_MOST_H: Final = 6.0
_ALWAYS: Final = frozenset({"silent", "clock", "new_consumer"})
_NEVER: Final = frozenset({"clipped", "curtailed"})
"""They are as they should be, and learned from accordingly."""
_REWRITES: Final = frozenset({"clock_jump", "counter", "megawatts", "unit_unclear", "watts"})
"""What changes weeks and months of the past."""
_GAP_H: Final = 24.0
_GAP_S: Final = 7.0 * DAY_S
_JUMPS: Final = 3
_JUMPS_S: Final = 14.0 * DAY_S
_CLOCK_S: Final = 30.0 * DAY_S


class Health:
    """Looks at the past of one home's meters and tells what is wrong with them."""

    def __init__(self, hass: HomeAssistant, configuration: Configuration) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._configuration = configuration
        self.findings: tuple[Finding, ...] | None = None

    def inspect(
        self, history: History, now: float, site: Site
    ) -> tuple[History, tuple[Finding, ...]]:
        """Return a history to learn from, and what was found; takes up to half a second."""
        days = Days(self._configuration.zone, float(HOUR_S))
        most = limits(self._configuration)
        return inspect(history, days, now, site=site, limits=most, derived=True)

    @callback
    def async_report(self, findings: tuple[Finding, ...], now: float) -> None:
        """Raise an issue for each finding that its owner should act on; clear those gone."""
        self.findings = findings
        prefix = _prefix(self._configuration.entry_id)
        raised = {
            f"{prefix}{each.code}_{each.quantity}": each for each in findings if matters(each, now)
        }
        async_forget(self._hass, self._configuration.entry_id, kept=raised)
        for issue_id, each in raised.items():
            ir.async_create_issue(
                self._hass,
                DOMAIN,
                issue_id,
                is_fixable=False,
                is_persistent=True,  # The next look is tomorrow, whatever restarts until then.
                severity=ir.IssueSeverity.WARNING,
                translation_key=f"{each.code}_{each.quantity}",
                translation_placeholders=self._placeholders(each),
            )

    @callback
    def async_stop(self) -> None:
        """Clear all issues where the home is put out of use."""
        entry_id = self._configuration.entry_id
        entry = self._hass.config_entries.async_get_entry(entry_id)
        if entry is None or entry.disabled_by:
            async_forget(self._hass, entry_id)

    def rewritten(self, findings: tuple[Finding, ...]) -> bool:
        """Return whether the past reads otherwise than at the last look: it is learned anew."""
        if self.findings is None:
            return False
        before, after = (
            {(each.code, each.quantity) for each in some if each.code in _REWRITES}
            for some in (self.findings, findings)
        )
        return before != after

    def diagnostics(self) -> list[dict[str, Any]]:
        """Return all findings, those that nobody needs to act on as well."""
        return [
            {
                "code": each.code,
                "quantity": each.quantity,
                "since": self._moment(each.since).isoformat(timespec="minutes"),
                "until": self._moment(each.until).isoformat(timespec="minutes"),
                **each.args,
            }
            for each in self.findings or ()
        ]

    def _placeholders(self, finding: Finding) -> dict[str, str]:
        """Return what the text of an issue may name."""
        known = {key: str(value) for key, value in finding.args.items()}
        if "offset_h" in finding.args:
            known["offset"] = f"{float(finding.args['offset_h']):+g}"
        begin = float(finding.args.get("at", finding.since))
        return known | {
            "home": self._configuration.name,
            "since": self._moment(begin).date().isoformat(),
            "until": self._moment(finding.until).date().isoformat(),
            "entities": ", ".join(sorted(entities(self._configuration, finding.quantity))),
        }

    def _moment(self, at: float) -> Any:
        return dt_util.utc_from_timestamp(at).astimezone(ZoneInfo(self._configuration.zone))


@callback
def async_forget(hass: HomeAssistant, entry_id: str, *, kept: Iterable[str] = ()) -> None:
    """Clear the issues of a home but for those that are kept."""
    prefix = _prefix(entry_id)
    mine = {
        issue_id
        for domain, issue_id in ir.async_get(hass).issues
        if domain == DOMAIN and issue_id.startswith(prefix)
    }
    for issue_id in mine.difference(kept):
        ir.async_delete_issue(hass, DOMAIN, issue_id)


def _prefix(entry_id: str) -> str:
    return f"{entry_id}_health_"


def matters(finding: Finding, now: float) -> bool:
    """Return whether someone should act on a finding: it lasts, or comes again and again."""
    hours, age_s = float(finding.args.get("hours", 0.0)), now - finding.until
    match finding.code:
        case code if code in _ALWAYS:
            return True
        case code if code in _NEVER:
            return False
        case "missing":
            return hours >= _GAP_H and age_s <= _GAP_S
        case "meter_jump":
            return float(finding.args["times"]) >= _JUMPS and age_s <= _JUMPS_S
        case "clock_jump":
            return now - float(finding.args["at"]) <= _CLOCK_S
        case _:
            return hours >= _MOST_H and age_s <= _LATELY_S


def limits(configuration: Configuration) -> Limits:
    """Return what load and solar power cannot exceed, by what is configured."""
    home = configuration.home
    peaks = [array.peak_kw for array in home.solar]
    known = [peak for peak in peaks if peak is not None]
    solar = sum(known) if len(known) == len(peaks) else _UNKNOWN_KW
    stored = sum(battery.discharge_kw for battery in home.batteries)
    load = home.connection.import_limit_kw + stored + solar
    return Limits(load=_MARGIN * load, solar=_MARGIN * solar or _UNKNOWN_KW)


def entities(configuration: Configuration, quantity: str) -> set[str]:
    """Return the meters from which a quantity is made."""
    found = meters(configuration)
    terms: dict[str, tuple[Term, ...]] = {
        LOAD: (found.grid, *found.batteries, *found.solar),
        SOLAR: found.solar,
    }
    return {each for term in terms[quantity] for each in term.ids}
