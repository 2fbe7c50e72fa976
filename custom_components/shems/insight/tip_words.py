"""A tip in words, in a language of Home Assistant."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN
from ..core.report.tips.tip import Tip

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator

_PARTS: Final = ("title", "text", "how")


async def async_texts(hass: HomeAssistant, language: str) -> Mapping[str, str]:
    """Return the texts about tips, by their full keys."""
    return await async_get_translations(hass, language, "common", {DOMAIN})


def code_of(tip: Tip) -> str:
    """Return the code of a tip's texts: a contract's names the kind that is proposed."""
    return f"{tip.code}_{tip.args['kind']}" if "kind" in tip.args else tip.code


def arguments(home: HomeCoordinator, tip: Tip) -> dict[str, Any]:
    """Return what a tip's texts are filled with."""
    zone = ZoneInfo(home.configuration.zone)
    since = "" if tip.since is None else datetime.fromtimestamp(tip.since, UTC).astimezone(zone)
    return {
        **tip.args,
        "currency": home.configuration.tariff.currency,
        "since": since.date().isoformat() if isinstance(since, datetime) else since,
    }


def words(home: HomeCoordinator, texts: Mapping[str, str], tip: Tip) -> dict[str, str]:
    """Return title, evidence and how to do it."""
    filled = arguments(home, tip)
    code = code_of(tip)
    return {
        part: texts.get(f"component.{DOMAIN}.common.tip_{code}_{part}", code).format(**filled)
        for part in _PARTS
    }


def worth(home: HomeCoordinator, texts: Mapping[str, str], tip: Tip) -> str:
    """Return what a tip is worth a year."""
    value = tip.value
    return texts.get(f"component.{DOMAIN}.common.tip_worth", "{median}").format(
        low=f"{value.low:.0f}",
        median=f"{value.median:.0f}",
        high=f"{value.high:.0f}",
        currency=home.configuration.tariff.currency,
    )
