"""The strategy: every night's replay of the last days, and how the next day is run."""

from collections.abc import Callable

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .const import LOGGER
from .core.assets.plane import Site
from .core.forecast.beliefs import Beliefs
from .core.forecast.days import Days
from .core.forecast.history import History
from .core.forecast.learned import Learned
from .core.horizon import HOUR_S, Horizon
from .core.plan.style import STANDARD, Style
from .core.replay.believer import Believer
from .core.replay.choice import Choice, choose
from .core.replay.codec import decode, encode
from .core.replay.rehearsal import Believe, Past
from .core.replay.shadow import KEPT_DAYS, Shadow, published_until, replay
from .core.tariff import Tariff
from .files import HomeFile, UnwrittenError
from .slices import Slice, async_in_slices


class Strategist:
    """Replays one home's last days under every style, slice by slice, and chooses.

    What was chosen last stays in force until there is something newer, whatever fails.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        title: str,
        zone: str,
        file: HomeFile,
        on_chosen: Callable[[], None],
    ) -> None:
        """Know nothing yet; `on_chosen` is called when something newer is in force."""
        self._hass = hass
        self._title = title
        self._days = Days(zone, HOUR_S)
        self._file = file
        self._on_chosen = on_chosen
        self._failed = False
        self.shadow: Shadow | None = None
        self.choice: Choice | None = None

    @property
    def style(self) -> Style:
        """How the home is run."""
        return STANDARD if self.choice is None else self.choice.style

    async def async_load(self) -> None:
        """Read what was chosen before the last restart; what is unreadable is made anew."""
        kept = await self._file.async_read(
            lambda data: (Shadow.from_json(data["shadow"]), decode(Choice, data["choice"]))
        )
        if kept is not None:
            self.shadow, self.choice = kept

    async def async_choose(self, past: Past, believe: Believe) -> None:
        """Play the days that are over, choose and keep the choice.

        What is cut short goes on from the last slice.

        Args:
            past: what is played; a home without a battery leaves nothing to choose.
            believe: what was believed at an origin.
        """
        if not past.home.batteries:
            return
        at, running = dt_util.utcnow().timestamp(), self.style

        def advance(shadow: Shadow | None, most_days: int) -> tuple[Shadow | None, float]:
            shadow = replay(shadow, past, believe, at, running=running, most_days=most_days)
            return shadow, 1 - (self._days.day(at) - shadow.next_day) / (KEPT_DAYS + 1)

        def tell(done: Slice[Shadow | None]) -> None:
            self.shadow = done.state

        try:
            await async_in_slices(self._hass, self.shadow, advance, tell)
        except Exception:  # noqa: BLE001  # Whatever it is, the style in force stays.
            if not self._failed:
                LOGGER.exception("The last days of %s could not be played again", self._title)
            self._failed = True
            return
        if self._failed:
            LOGGER.info("The last days of %s can be played again", self._title)
        self._failed = False
        if self.shadow is not None:
            self.choice = choose(self.shadow, self.style)
            await self._async_save(self.shadow, self.choice)
            self._on_chosen()

    async def _async_save(self, shadow: Shadow, choice: Choice) -> None:
        """Write both; where that fails the days are played again after a restart."""
        try:
            await self._file.async_write({"shadow": shadow.to_json(), "choice": encode(choice)})
        except UnwrittenError as err:
            LOGGER.warning("The replayed days could not be kept: %s", err)


def believed(history: History, tariff: Tariff, site: Site, learned: Learned | None) -> Believe:
    """Return what was to be expected at any time of the past, as it was issued then."""
    believer = Believer(history, tariff, site, learned or Learned())
    given = history.given if len(history.given) else None

    def believe_then(now: float, horizon: Horizon) -> Beliefs:
        until = published_until(now, tariff.zone)
        return believer.believe(now, horizon, known_until=until, solar_given=given)

    return believe_then
