"""What days have won tells what purchases ahead may lose, in the closed loop and at home."""

from collections.abc import Mapping

import numpy as np
import pytest

from custom_components.shems.core.dispatch.respond import Slot
from custom_components.shems.core.plan.result import Reason
from custom_components.shems.core.plan.risk import WINDOW_DAYS, RiskBudget
from custom_components.shems.core.plan.style import STANDARD, Style
from custom_components.shems.core.replay import controllers, rehearsal, shadow
from custom_components.shems.core.replay.bankroll import Account, risk_budget
from custom_components.shems.core.replay.choice import Choice
from custom_components.shems.core.replay.controllers import Planner, self_consumption, timer
from custom_components.shems.core.replay.rehearsal import CANDIDATES, RUN, Day
from custom_components.shems.core.replay.run import Controller, Outcome, Run, play
from custom_components.shems.core.replay.score import windows
from custom_components.shems.core.replay.shadow import Shadow
from custom_components.shems.core.units import Floats
from tests.core.replay.courses import run_of

FIRST = 14 * 24


def day(number: int, cost: float, gained_kwh: float = 0.0, names: str = "run") -> Day:
    """Return a day of load for 4.0 that cost 3.0 under the rule, at a sale price of 0.1."""
    costs = {"self_consumption": 3.0, names: cost}
    return Day(number, 4.0, 0.1, costs, {"self_consumption": 0.0, names: gained_kwh})


def test_before_the_first_day_nothing_is_known() -> None:
    assert risk_budget((), "run") == RiskBudget()


def test_the_last_fortnight_counts_and_what_is_stored_as_sold() -> None:
    days = [day(number, 2.0 if number < 10 else 3.5, 2.0) for number in range(20)]
    found = risk_budget(days, "run")
    assert found.load_cost == pytest.approx(56.0)
    assert found.sale_price == pytest.approx(0.1)
    assert found.won == pytest.approx(4 * (3.0 - 2.0 + 0.2) + 10 * (3.0 - 3.5 + 0.2))


def test_days_of_which_nothing_is_known_count_for_nothing() -> None:
    found = risk_budget([day(0, 2.5), day(1, 2.5), day(2, 1.0, names="other")], "run")
    assert found == RiskBudget(2, 8.0, 1.0, sale_price=found.sale_price)


def test_what_is_stored_never_costs_anything_to_sell() -> None:
    dear = [
        Day(
            0,
            4.0,
            -0.2,
            {"self_consumption": 3.0, "run": 3.0},
            {"self_consumption": 0.0, "run": 5.0},
        )
    ]
    assert risk_budget(dear, "run") == RiskBudget(1, 4.0, sale_price=0.0)


def thrifty(days: int = 14) -> Run:
    """Return a home of 3 kWh a day whose prices fall for some hours of the last day."""
    count = FIRST + days * 24
    noise = np.random.default_rng(3)
    hour = np.arange(count) % 24
    price = 0.08 + 0.03 * (np.abs(hour - 18) < 3) + noise.normal(0, 0.003, count)
    price[-14:-8] = 0.0
    load = noise.gamma(4.0, 0.125 / 4, count)
    return run_of(load, None, price, first=FIRST)


def watched(run: Run, controller: Controller, account: Account) -> tuple[Outcome, list[float]]:
    """Play a controller with an account beside it; return what had been paid at each step."""
    paid: list[float] = []

    def control(step: int, energy_kwh: float) -> Slot:
        account.enter(step, energy_kwh)
        paid.append(account.paid)
        return controller(step, energy_kwh)

    return play(run, control), paid


def sums(run: Run, outcome: Outcome) -> list[float]:
    """Return what each whole day of a run cost."""
    return outcome.cost[run.first : run.last].reshape(-1, 24).sum(axis=1).tolist()


@pytest.mark.parametrize("rule", [self_consumption, timer])
def test_an_account_tells_what_the_days_of_a_run_cost_beside_the_rule(rule: type) -> None:
    run = sunny(20)
    account = Account(run)
    outcome, paid = watched(run, rule(run), account)
    plain = play(run, self_consumption(run))
    assert len(account.days) == WINDOW_DAYS
    # The last day is not over before a step of the next one begins.
    for name, played in ((RUN, outcome), ("self_consumption", plain)):
        told = [each.cost[name] for each in account.days]
        assert told == pytest.approx(sums(run, played)[5:19], abs=1e-6)
        stored = np.concatenate([[run.start_kwh], played.energy_kwh[run.first :]])[::24]
        gained = run.battery.discharge_efficiency * np.diff(stored)
        assert [each.gained_kwh[name] for each in account.days] == pytest.approx(gained[5:19])
    bought = np.maximum(-outcome.power_kw - np.maximum(-run.net_kw[:, 0], 0.0), 0.0)
    cost = (bought * run.prices[0])[run.first :]
    expected = [cost[step // 24 * 24 : step].sum() for step in range(len(cost))]
    assert paid == pytest.approx(expected, abs=1e-6)
    loads = (run.load_kw * run.prices[0])[run.first :].reshape(-1, 24).sum(axis=1)
    assert [each.load_cost for each in account.days] == pytest.approx(loads[5:19])


def sunny(days: int) -> Run:
    """Return a home with a roof, dear evenings and hours in which selling costs money."""
    count = FIRST + days * 24
    noise = np.random.default_rng(5)
    hour = np.arange(count) % 24
    bell = np.maximum(np.sin((hour - 6) / 12 * np.pi), 0.0)
    load = 0.4 + 1.5 * (np.abs(hour - 19) < 2) + noise.uniform(0, 0.4, count)
    price = 0.1 - 0.14 * bell + 0.1 * (np.abs(hour - 19) < 2) + noise.normal(0, 0.02, count)
    return run_of(load, 4 * bell * noise.uniform(0.2, 1, count), price, tariff="tou", first=FIRST)


def excess(run: Run, outcomes: Mapping[str, Outcome]) -> list[float]:
    """Return by how much each fortnight is dearer than the rule, in shares of its load's cost."""
    return [
        (each["cost"]["shems"] - each["cost"]["self_consumption"]) / each["gross_load_cost"]
        for each in windows(run, outcomes)
    ]


def test_no_fortnight_is_dearer_than_the_rule_by_more_than_a_hundredth() -> None:
    run = thrifty()
    outcomes = {
        "self_consumption": play(run, self_consumption(run)),
        "shems": play(run, Planner(run)),
    }
    (found,) = excess(run, outcomes)
    bought: Floats = (
        outcomes["shems"].energy_kwh[run.last - 1]
        - outcomes["self_consumption"].energy_kwh[run.last - 1]
    )
    assert found <= 0.01
    assert bought > 0.1


def test_no_fortnight_is_dearer_where_the_style_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A timer that was full all the time has lost nothing; the home that changes to it would."""
    few = {name: CANDIDATES[name] for name in (STANDARD.name, "self_consumption", "timer")}
    for module in (rehearsal, shadow):
        monkeypatch.setattr(module, "CANDIDATES", few)
    before: list[float] = []

    def change(past: Shadow, running: Style) -> Choice:
        before.append(past.risk(running).won)
        name = "timer" if past.next_day % 14 > 4 else STANDARD.name
        return Choice(few[name], Reason("style_new"), {}, 0)

    monkeypatch.setattr(controllers, "choose", change)
    run = thrifty(28)
    planner = Planner(run, shadow=True)
    outcomes = {"self_consumption": play(run, self_consumption(run)), "shems": play(run, planner)}
    assert len({each.style for each in planner.choices.values()}) == 2
    load_cost = min(each["gross_load_cost"] for each in windows(run, outcomes))
    # What had been won when the first fortnight began may be lost in it.
    assert max(excess(run, outcomes)) <= 0.01 + before[0] / load_cost
