"""Which limit it is that something is cut for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ..assets.connection import Connection
from ..linear import INFINITY
from ..plan.result import Plan, Reason

_IMPOSED: Final[Mapping[str, Reason]] = {
    "grid_operator": Reason("limit_operator"),
    "demand_response": Reason("limit_event"),
    "household": Reason("limit_household"),
    "limiting_entity": Reason("limit_entity"),
    "limiting_entity_lost": Reason("limit_lost"),
}
"""By who imposed a limit."""
_OTHER: Final = Reason("limit_imposed")


def why_imported(plan: Plan, connection: Connection, now: float) -> Reason:
    """Return what keeps the import as low as it is kept now, with how low that is.

    Of several the strictest: a limit imposed, the month's peak as planned, the fuses, or what
    was entered for the connection.
    """
    imposed = [
        (each.import_kw, _IMPOSED.get(each.reason, _OTHER))
        for each in connection.in_force(now)
        if each.import_kw is not None
    ]
    step = plan.horizon.index(now)
    peak_kw = INFINITY if plan.kept_kw is None or step is None else float(plan.kept_kw[step])
    fused_kw = INFINITY if connection.fuse_a is None else connection.phases * connection.phase_kw
    every = [
        *imposed,
        (fused_kw, Reason("limit_fuse")),
        (connection.import_limit_kw, Reason("limit_grid")),
        (peak_kw, Reason("limit_peak")),
    ]
    limit_kw, why = min(every, key=lambda each: each[0])
    return replace(why, args={"limit_kw": limit_kw})


def why_carried(connection: Connection) -> Reason:
    """Return what keeps a phase as low as it is kept now, with how low that is."""
    return Reason("limit_phase", {"limit_kw": connection.phase_kw})


def why_exported(connection: Connection, now: float) -> Reason:
    """Return what keeps the export as low as it is kept now, with how low that is."""
    imposed = [
        (each.export_kw, _IMPOSED.get(each.reason, _OTHER))
        for each in connection.in_force(now)
        if each.export_kw is not None
    ]
    every = [*imposed, (connection.export_limit_kw, Reason("limit_export"))]
    limit_kw, why = min(every, key=lambda each: each[0])
    return replace(why, args={"limit_kw": limit_kw})
