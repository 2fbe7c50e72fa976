"""A process that plans a whole home and says how much memory it took, MB."""

import resource

from custom_components.shems.core.plan.make import PlanState, make_plan

from .homes import whole_home


def main() -> None:
    """Plan, and print the most memory that this process has had."""
    now = whole_home(0)
    make_plan(now.home, now.beliefs, now.energy_kwh, PlanState(), now.now, states=now.states)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
