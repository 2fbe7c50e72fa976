"""Insight: what happened, what it saved, what to do and who may know."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from homeassistant.core import callback
from homeassistant.exceptions import UnsupportedStorageVersionError

from ..const import LOGGER
from ..core.report.counterfactual.facts import Facts
from .absences import Absences
from .alerts import Alerts
from .corrections import Corrections
from .foresight import Foresight
from .ledger import LedgerBook
from .part import Part
from .rebuilding import Rebuilding
from .reports import Reports
from .retention import Retention
from .statistics import Statistics
from .tips import Tips
from .without import Otherwise

if TYPE_CHECKING:
    from ..coordinator import HomeCoordinator


class Insight:
    """What looks back on one home.

    Attributes:
        otherwise: what tells how slots would have been without SHEMS.
        ledger: what happened, in energy, money and carbon.
        foresight: what days could have cost at least.
        reports: what periods were like, told when asked and at set times.
        tips: what could be done, and what that would bring.
        alerts: what somebody should know now.
    """

    def __init__(self, home: HomeCoordinator) -> None:
        """Know nothing yet."""
        self.otherwise = Otherwise(home)
        self.ledger = LedgerBook(home)
        self.foresight = Foresight(home)
        self.reports = Reports(home)
        self.tips = Tips(home)
        self.alerts = Alerts(home)
        # Each goes on after those before it: who reads the ledger finds the slot in it.
        self._parts: tuple[Part, ...] = (
            self.otherwise,
            self.ledger,
            Rebuilding(home, self.ledger),
            Absences(home, self.ledger),
            Corrections(home, self.ledger),
            Statistics(home, self.ledger),
            self.foresight,
            self.reports,
            self.tips,
            self.alerts,
            Retention(home),
        )

    async def async_load(self) -> None:
        """Read what was kept.

        Raises:
            UnsupportedStorageVersionError: a newer release wrote something of it.
        """
        for each in self._parts:
            await _async_apart(each.async_load())

    @callback
    def async_start(self) -> None:
        """Begin."""
        for each in self._parts:
            each.async_start()

    @callback
    def facts(self) -> Facts | None:
        """Return what is known of the slot that ends now; None where that could not be told."""
        try:
            return self.otherwise.facts()
        except Exception:  # noqa: BLE001  # Whatever it is, the slot is closed all the same.
            LOGGER.exception("What the slot would have been otherwise is not known")
            return None

    async def async_stop(self) -> None:
        """End, the last first."""
        for each in reversed(self._parts):
            await _async_apart(each.async_stop())

    async def async_on_slot(self, at: float) -> None:
        """Go on after a slot was closed and saved, epoch seconds."""
        for each in self._parts:
            await _async_apart(each.async_on_slot(at))


async def _async_apart(done: Coroutine[Any, Any, None]) -> None:
    """Let what looks back fail by itself: the home is driven all the same."""
    try:
        await done
    except UnsupportedStorageVersionError:
        raise
    except Exception:  # noqa: BLE001  # Whatever it is, control must not end with it.
        LOGGER.exception("What happened could not be looked at")
