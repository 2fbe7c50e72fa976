"""The closed loop at the command line: results that add up, and errors a person understands."""

import gzip
import json
import math
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    "no_battery",
    "self_consumption",
    "timer",
    "shems",
    "shems_seven_day_mean",
    "shems_perfect_load_pv",
    "perfect_foresight",
]
BEGIN = datetime(2024, 4, 30, 22, tzinfo=UTC)
"""Midnight in Berlin."""
DAYS = 29

type Lines = list[str]


def home_lines(days: int = DAYS, begin: datetime = BEGIN) -> Lines:
    """Return a home of an hour's step with an evening peak and a sunny roof."""
    noise = np.random.default_rng(1)
    lines = ["time,load_kw,pv_kw"]
    for number in range(24 * days):
        hour = number % 24
        load = 0.3 + 1.4 * (17 <= hour < 22) + 0.3 * noise.random()
        solar = max(0.0, 3.5 * math.sin((hour - 6) / 12 * math.pi)) * noise.uniform(0.2, 1)
        time = begin + timedelta(hours=number)
        lines.append(f"{time:%Y-%m-%dT%H:%M:%SZ},{load:.4f},{solar:.4f}")
    return lines


def price_lines(days: int = DAYS + 30, begin: datetime = BEGIN - timedelta(days=394)) -> Lines:
    """Return prices of the year before, 52 weeks earlier and a month more."""
    noise = np.random.default_rng(2)
    lines = ["time,eur_per_kwh"]
    for number in range(24 * days):
        hour = number % 24
        price = 0.1 + 0.08 * (17 <= hour < 21) - 0.09 * (11 <= hour < 15) + noise.normal(0, 0.02)
        lines.append(f"{(begin + timedelta(hours=number)).isoformat()},{price:.5f}")
    return lines


def write(path: Path, lines: Lines) -> Path:
    text = "\n".join(lines) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write(tmp_path / "home.csv", home_lines())


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    return write(tmp_path / "prices.csv", price_lines())


def simulate(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run as scripts/simulate does, without its set-up."""
    return subprocess.run(
        [sys.executable, "-m", "simulation", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
    )


def result(out: Path, *arguments: str | Path) -> tuple[dict[str, Any], str]:
    done = simulate(*arguments, "--json", out)
    assert done.returncode == 0, done.stderr
    return json.loads(out.read_text()), done.stdout


def test_without_files_the_simulated_home_is_played(tmp_path: Path) -> None:
    found, shown = result(
        tmp_path / "out.json", "--days", "1", "--tariff", "tou", "--plot", tmp_path / "out.png"
    )
    assert all(name in shown for name in NAMES)
    assert "simulated home 1, tariff tou, 1 day," in shown
    assert "Styles that SHEMS ran, with days: " in shown
    assert sum(found["styles"].values()) == 1
    assert found["arguments"]["home"] is None
    assert found["arguments"]["seed"] == 1
    assert list(found["controllers"]) == NAMES
    assert found["controllers"]["self_consumption"]["cycles"] > 0
    picture = (tmp_path / "out.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) > 30_000


def test_the_result_adds_up(tmp_path: Path, prices: Path) -> None:
    lines = home_lines()
    # Five hours without load in the scored time, and ten without sun.
    for line in range(1 + 24 * 20, 1 + 24 * 20 + 5):
        lines[line] = lines[line].replace(lines[line].split(",")[1], "")
    for line in range(1 + 24 * 21 + 8, 1 + 24 * 21 + 18):
        lines[line] = lines[line].rpartition(",")[0] + ","
    home = write(tmp_path / "home.csv.gz", lines)
    out = tmp_path / "out.json"
    found, shown = result(
        out,
        *("--home", home, "--prices", prices, "--price-tz", "Europe/Berlin"),
        *("--tariff", "tou", "--no-shadow"),
    )
    assert found["styles"] == {}
    assert "Styles" not in shown

    assert "prices 2023-05-17 to 2023-05-31 (shift -52 weeks)" in shown
    assert found["shift_weeks"] == -52
    assert found["price_dates"] == ["2023-05-17", "2023-05-31"]
    assert found["masked_share"] == pytest.approx(15 / (15 * 24))
    assert found["arguments"]["tariff"] == "tou"
    assert found["optimistic"] is found["crisis_prices"] is False

    rows = found["controllers"]
    assert list(rows) == NAMES
    assert rows["shems"]["plan_ms_max"] >= rows["shems"]["plan_ms_median"] > 0
    assert rows["timer"]["plan_ms_median"] is rows["timer"]["plan_ms_max"] is None
    assert found["best_rule"] == min(("self_consumption", "timer"), key=lambda n: rows[n]["cost"])
    cost = {name: row["cost"] for name, row in rows.items()}
    best = cost[found["best_rule"]]
    gap = best - cost["perfect_foresight"]
    assert min(cost, key=lambda name: cost[name]) == "perfect_foresight"
    assert found["captured"] == {
        name: pytest.approx((best - cost[name]) / gap)
        for name in ("shems", "shems_seven_day_mean", "shems_perfect_load_pv")
    }

    gross, without = without_battery(lines, prices.read_text().splitlines())
    assert found["gross_load_cost"] == pytest.approx(gross)
    assert cost["no_battery"] == pytest.approx(without)
    assert rows["no_battery"]["cycles"] == 0

    (window,) = found["windows"]
    assert window["start"] == "2024-05-14T22:00:00+00:00"
    assert list(window["cost"]) == NAMES
    assert 0 < window["gross_load_cost"] < gross


def without_battery(home: Lines, prices: Lines) -> tuple[float, float]:
    """Return gross load cost and cost without a battery, reckoned from the files alone."""
    market = {line.split(",")[0]: float(line.split(",")[1]) for line in prices[1:]}
    cells = [line.split(",") for line in home[1:]]
    known = [index for index, each in enumerate(cells) if each[1]]
    load = np.interp(range(len(cells)), known, [float(cells[index][1]) for index in known])
    gross = cost = 0.0
    for index in range(14 * 24, len(cells)):
        if not cells[index][2]:
            continue
        time = datetime.fromisoformat(cells[index][0])
        hour = time.astimezone(ZoneInfo("Europe/Berlin")).hour
        spot = market[(time - timedelta(weeks=52)).isoformat()]
        buy = spot + (0.06 if hour < 6 else 0.30 if 17 <= hour < 21 else 0.14)
        net = load[index] - float(cells[index][2])
        gross += load[index] * buy
        cost += net * buy if net > 0 else net * max(0.9 * spot, 0.0)
    return float(gross), float(cost)


def test_finer_steps_keep_the_energy_and_cost_more(tmp_path: Path, home: Path) -> None:
    prices = write(tmp_path / "prices.csv", price_lines(begin=BEGIN - timedelta(days=758)))
    common = ("--home", home, "--prices", prices, "--days", "2", "--tariff", "flat", "--no-shadow")
    whole, _ = result(tmp_path / "whole.json", *common)
    fine, shown = result(tmp_path / "fine.json", *common, "--substep", "5min")
    assert "synthetic" in shown
    assert "crisis" in shown
    assert (fine["shift_weeks"], fine["crisis_prices"]) == (-104, True)

    def net(found: dict[str, Any]) -> float:
        row = found["controllers"]["no_battery"]
        return row["energy_bought_kwh"] - row["energy_sold_kwh"]

    assert net(fine) == pytest.approx(net(whole))
    assert fine["gross_load_cost"] == pytest.approx(whole["gross_load_cost"])
    assert (
        fine["controllers"]["no_battery"]["cost"]
        > whole["controllers"]["no_battery"]["cost"] + 1e-3
    )
    assert fine["windows"] == []


def test_a_measured_home_saves_and_is_never_worse(shems_data: Path, tmp_path: Path) -> None:
    found, _ = result(
        tmp_path / "out.json",
        *("--home", shems_data / "emhass_home/home.csv.gz", "--tz", "Europe/Paris"),
        *("--prices", shems_data / "prices/nl_2019_2023.csv.gz", "--tariff", "tou"),
        *("--start", "2024-05-01", "--days", "28"),
    )
    assert found["captured"]["shems"] > 0.3
    assert found["captured"]["shems_perfect_load_pv"] >= 0.9
    cost = {name: row["cost"] for name, row in found["controllers"].items()}
    assert cost["shems"] <= cost[found["best_rule"]]
    assert len(found["windows"]) == 2
    for window in found["windows"]:
        excess = window["cost"]["shems"] - window["cost"]["self_consumption"]
        assert excess <= 0.01 * window["gross_load_cost"]


def test_the_command_says_how_it_is_used() -> None:
    done = subprocess.run(
        [ROOT / "scripts/simulate", "--help"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    for option in ("--home", "--prices", "--tariff", "--substep", "--shift-weeks", "--json"):
        assert option in done.stdout


@pytest.fixture(scope="module")
def main() -> Callable[[list[str]], int]:
    """Return the command, in this process; the integration itself comes first."""
    import custom_components.shems  # noqa: F401  # Else a bare package would stand in for it.

    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from simulation.__main__ import main as command
    finally:
        sys.path.pop(0)
    return command


@pytest.fixture
def refuse(
    main: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Return what runs the command, which must refuse with one sentence, and returns that."""

    def run(*arguments: str | Path) -> str:
        assert main([str(each) for each in arguments]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        (line,) = shown.err.splitlines()
        assert line.startswith("simulate: ")
        assert line.endswith(".")
        return line.removeprefix("simulate: ")

    return run


def with_line(number: int, text: str) -> Callable[[Lines], Lines]:
    """Return what replaces a line, counted from 1."""
    return lambda lines: [*lines[: number - 1], text, *lines[number:]]


def with_field(number: int, column: int, text: str) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        fields = lines[number - 1].split(",")
        fields[column] = text
        return with_line(number, ",".join(fields))(lines)

    return change


def without(*numbers: int) -> Callable[[Lines], Lines]:
    return lambda lines: [each for k, each in enumerate(lines, 1) if k not in numbers]


def scaled(column: int, factor: float) -> Callable[[Lines], Lines]:
    def change(lines: Lines) -> Lines:
        for number in range(2, len(lines) + 1):
            value = float(lines[number - 1].split(",")[column])
            lines = with_field(number, column, str(value * factor))(lines)
        return lines

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (with_line(1, "date,load_kw,pv_kw"), "home.csv has no column time"),
        (with_line(1, "time,load,pv_kw"), "home.csv has no column load_kw"),
        (with_line(1, "time,load_kw,load_kw"), "home.csv has the column load_kw twice"),
        (with_field(7, 1, "1.5 kW"), "home.csv, line 7: load_kw is '1.5 kW'"),
        (with_field(9, 2, "inf"), "home.csv, line 9: pv_kw is 'inf', which is no number"),
        (with_field(5, 0, "yesterday"), "home.csv, line 5: 'yesterday' is no time"),
        (with_field(5, 0, ""), "home.csv, line 5: '' is no time"),
        (without(11), "home.csv, line 11: 120 minutes after the line before"),
        (lambda lines: lines[:20] + lines[19:], "home.csv, line 21: its time is not after"),
        (lambda lines: [lines[0], *lines[:0:-1]], "home.csv, line 3: its time is not after"),
        (with_line(4, "2024-05-01T00:00:00Z,1"), "home.csv, line 4: it has 2 fields"),
        (lambda lines: lines[:2], "home.csv has 1 rows of data"),
        (lambda _: [], "home.csv has no column time"),
        (lambda lines: [lines[0], *lines[1::24]], "home.csv: its step is 1440 minutes"),
        (scaled(1, 1000.0), "load_kw is"),
        (scaled(2, 1000.0), "divide watts by 1000"),
        (scaled(1, -1.0), "load and solar power are never negative"),
        (with_field(30, 2, "-3"), "home.csv, line 30: pv_kw is -3"),
        (lambda lines: [lines[0], *(f"{each.split(',')[0]},," for each in lines[1:])], "no number"),
        (
            lambda lines: [
                *lines[: 24 * 14],
                *(each.rpartition(",")[0] + "," for each in lines[24 * 14 :]),
            ],
            "In the whole period load, solar power or prices are unknown",
        ),
    ],
)
def test_a_bad_home_is_named(
    change: Callable[[Lines], Lines],
    sentence: str,
    tmp_path: Path,
    prices: Path,
    refuse: Callable[..., str],
) -> None:
    home = write(tmp_path / "home.csv", change(home_lines()))
    assert sentence in refuse("--home", home, "--prices", prices)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (with_line(1, "when,eur_per_kwh"), "prices.csv has no column time"),
        (lambda lines: [f"{each},1" for each in lines], "has the column"),
        (
            lambda lines: ["time,nl,be", *(f"{each},0.1" for each in lines[1:])],
            "prices.csv needs one price column beside time, but has 2: nl, be",
        ),
        (
            lambda lines: [each.split(",")[0] for each in lines],
            "prices.csv needs one price column beside time, but has 0: none",
        ),
        (with_field(12, 1, "n/a"), "prices.csv, line 12: eur_per_kwh is 'n/a', which is no number"),
        (scaled(1, 1000.0), "divide a price per MWh by 1000"),
        (with_field(8, 0, "2023-13-01"), "prices.csv, line 8: '2023-13-01' is no time"),
        (without(8), "prices.csv, line 8: 120 minutes after the line before"),
        (lambda lines: [f"{each.split(',')[0]}," for each in lines], "has no column time"),
        (lambda lines: lines[: 24 * 20], "52-week years"),
    ],
)
def test_bad_prices_are_named(
    change: Callable[[Lines], Lines],
    sentence: str,
    tmp_path: Path,
    home: Path,
    refuse: Callable[..., str],
) -> None:
    lines = change(price_lines())
    if sentence == "has the column":
        lines[0] = "time,price,price"
    if sentence == "has no column time":
        lines[0] = "clock,price"
    prices = write(tmp_path / "prices.csv", lines)
    assert sentence in refuse("--home", home, "--prices", prices)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--tz", "Europe/Atlantis"], "There is no time zone 'Europe/Atlantis'"),
        (["--price-tz", "../etc"], "There is no time zone '../etc'"),
        (["--shift-weeks", "520"], "Moved by 520 weeks, the home meets no prices"),
        (["--start", "2024-05-03"], "with 14 days of history before it, it can be from 2024-05-15"),
        (["--start", "2024-08-01"], "to 2024-05-29"),
        (["--shift-weeks", "-49"], "Moved by -49 weeks, the home meets no prices"),
        (["--substep", "7min"], "420 seconds do not divide the home's step of 3600 seconds"),
        (["--substep", "90min"], "do not divide"),
        (["--json", "nowhere/out.json"], "cannot be written to nowhere/out.json"),
        (["--plot", "nowhere/out.png"], "cannot be written to nowhere/out.png"),
        (["--plot", "out.tif"], "out.tif must end with .png"),
    ],
)
def test_bad_arguments_are_named(
    arguments: list[str], sentence: str, home: Path, prices: Path, refuse: Callable[..., str]
) -> None:
    assert sentence in refuse("--home", home, "--prices", prices, *arguments)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--battery", "10:5"], "not like 10kWh:5kW"),
        (["--battery", "0kWh:5kW"], "not like 10kWh:5kW"),
        (["--start", "1 May"], "not a day like 2024-05-01"),
        (["--days", "0"], "not a number of days"),
        (["--days", "many"], "not a number of days"),
        (["--shift-weeks", "1.5"], "not a number of weeks"),
        (["--substep", "0min"], "not like 1min or 30s"),
        (["--substep", "1h"], "not like 1min or 30s"),
        (["--tariff", "night"], "invalid choice"),
    ],
)
def test_arguments_of_a_wrong_form_are_named(
    arguments: list[str],
    reason: str,
    main: Callable[[list[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert reason in capsys.readouterr().err


def test_files_that_cannot_be_read_are_named(
    tmp_path: Path, home: Path, prices: Path, refuse: Callable[..., str]
) -> None:
    missing = tmp_path / "none.csv"
    assert refuse("--home", missing, "--prices", prices) == f"There is no file {missing}."
    assert refuse("--home", home, "--prices", missing) == f"There is no file {missing}."
    assert refuse("--home", home) == "A home needs prices: --prices FILE.csv."
    whole = gzip.compress(home.read_bytes())
    damaged = whole[:200] + bytes(60) + whole[260:]
    for number, content in enumerate((b"time,load_kw\n", whole[:-20], damaged)):
        bad = tmp_path / f"bad{number}.csv.gz"
        bad.write_bytes(content)
        expected = f"bad{number}.csv.gz cannot be read as a CSV file, plain or gzipped."
        assert refuse("--home", bad, "--prices", prices) == expected
    latin = tmp_path / "latin.csv"
    latin.write_bytes("time,Lädt\n".encode("latin-1"))
    assert "latin.csv cannot be read" in refuse("--home", latin, "--prices", prices)
    assert "cannot be read" in refuse("--home", tmp_path, "--prices", prices)


def test_files_from_a_spreadsheet_are_read(
    tmp_path: Path, prices: Path, refuse: Callable[..., str]
) -> None:
    lines = home_lines()
    lines[0] = "time, load_kw ,pv_kw,note"
    lines[1:] = [each.replace("Z,", ",") + ", 5" for each in lines[1:]]
    lines[3] += " x"
    text = "\ufeff" + "\r\n\r\n".join(lines)
    home = tmp_path / "home.csv"
    home.write_text(text, encoding="utf-8", newline="")
    # All of it is understood, and its lines are counted as an editor counts them.
    assert "--substep" in refuse("--home", home, "--prices", prices, "--substep", "7min")
    home.write_text(text.replace(lines[9], "x" + lines[9]), encoding="utf-8", newline="")
    assert "home.csv, line 19: 'x2024" in refuse("--home", home, "--prices", prices)
