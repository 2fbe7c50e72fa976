"""Try to make a plan; what stands in its way becomes a reason."""

from .const import LOGGER
from .core.assets.home import Home
from .core.plan.result import Reason
from .core.replay.scenario import Outcome
from .core.units import InputError
from .jobs import JobOverdueError
from .planning import Beginning, Planner
from .sources.error import SourceError


async def async_try(
    planner: Planner, home: Home, begin: Beginning, now: float
) -> tuple[Outcome | None, Reason | None]:
    """Return a new plan, or why there is none."""
    try:
        return await planner.async_plan(home, begin, now), None
    except (InputError, SourceError) as err:
        return None, Reason(err.code, dict(err.arguments))
    except JobOverdueError:
        return None, Reason("solver_overdue")
    except Exception:  # noqa: BLE001  # A fault of ours shows as one, not as an old plan.
        LOGGER.exception("No plan could be made")
        return None, Reason("plan_failed")
