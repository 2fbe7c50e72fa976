"""A process that plans a whole home and says how much memory it took, MB."""

import re
from pathlib import Path

from custom_components.shems.core.plan.make import PlanState, make_plan

from .homes import whole_home


def main() -> None:
    """Plan, and print the most memory that this process has had.

    What getrusage tells counts the process that started this one, too.
    """
    now = whole_home(0)
    make_plan(now.home, now.beliefs, now.energy_kwh, PlanState(), now.now, states=now.states)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    print(int(peak[1]) / 1024 if peak else "nan")


if __name__ == "__main__":
    main()
