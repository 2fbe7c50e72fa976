"""The command line of single cases."""

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from custom_components.shems.core.plan.solve import SolveError
from custom_components.shems.core.units import InputError

from .adapter import plan
from .messages import sentence
from .request import Request, load, parse
from .score import Schedule, Score, answered, score

_UNITS = {
    "soc_wh_steps": "Wh·step outside of the limits of what is stored",
    "goal_wh": "Wh missing of goals",
    "demand_wh": "Wh missing of demanded charging",
    "import_wh": "Wh imported beyond the limit",
    "export_wh": "Wh lost beyond the export limit",
    "rules_wh": "Wh, the largest breach of what no schedule may do",
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    given = _parser().parse_args(arguments)
    try:
        content = load(given.file)
        request = parse(content)
        golden = answered(request, content)
        began = time.perf_counter(), time.process_time()
        schedule = plan(request, given.time_limit)
        seconds = time.perf_counter() - began[0], time.process_time() - began[1]
    except InputError as error:
        print(f"plan-case: {sentence(error)}", file=sys.stderr)
        return 2
    except SolveError as error:
        print(f"plan-case: the solver found no plan: {error}.", file=sys.stderr)
        return 1
    found = score(request, schedule)
    if given.json:
        print(json.dumps(_to_json(request, schedule, found, golden, seconds), indent=2))
    else:
        _print(found, golden, seconds)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/plan-case",
        description="Plan a case in the form of evcc's optimizer; print what the plan is worth.",
    )
    parser.add_argument("file", type=Path, help="JSON: a request, or request and its answer")
    parser.add_argument("--json", action="store_true", help="print all of it as JSON")
    parser.add_argument(
        "--time-limit",
        type=float,
        default=60.0,
        metavar="S",
        help="seconds for the solver (default %(default)s)",
    )
    return parser


def _print(found: Score, golden: Score | None, seconds: tuple[float, float]) -> None:
    beside = "" if golden is None else f"   (answer in the file: {golden.value:.4f})"
    print(f"V             {found.value:.4f}{beside}")
    for name, meaning in _UNITS.items():
        amount = getattr(found.violations, name)
        if golden is None:
            beside = ""
        else:
            beside = f"   (answer in the file: {getattr(golden.violations, name):.1f})"
        print(f"{name:13s} {amount:.1f} {meaning}{beside}")
    print(f"time          {seconds[0]:.2f} s, of a processor {seconds[1]:.2f} s")


def _to_json(
    request: Request,
    schedule: Schedule,
    found: Score,
    golden: Score | None,
    seconds: tuple[float, float],
) -> dict[str, Any]:
    """Return the score and the schedule, the latter in the form of the optimizer's answers."""
    grid = schedule.grid_wh(request).tolist()
    stored = schedule.stored_wh(request).tolist()
    charge, discharge = schedule.charge_wh.tolist(), schedule.discharge_wh.tolist()
    return {
        "V": found.value,
        "violations": _violations(found),
        "seconds": seconds[0],
        "cpu_seconds": seconds[1],
        "golden": None
        if golden is None
        else {"V": golden.value, "violations": _violations(golden)},
        "response": {
            "batteries": [
                {"charging_power": into, "discharging_power": back, "state_of_charge": held}
                for into, back, held in zip(charge, discharge, stored, strict=True)
            ],
            "grid_import": [max(wh, 0.0) for wh in grid],
            "grid_export": [max(-wh, 0.0) for wh in grid],
        },
    }


def _violations(found: Score) -> dict[str, float]:
    return {**asdict(found.violations), "total_wh": found.violations.total_wh}


if __name__ == "__main__":
    sys.exit(main())
