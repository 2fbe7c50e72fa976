"""Homes with devices at the command line: files that meet, rows that add up, and errors."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = [
    "no_battery",
    "self_consumption",
    "timer",
    "best_rule",
    "shems",
    "shems_told",
    "perfect_foresight",
]
BEGIN = datetime(2024, 1, 14, 23, tzinfo=UTC)
"""Midnight in Berlin."""


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


def hours(days: int, begin: datetime = BEGIN) -> list[str]:
    return [f"{begin + timedelta(hours=number):%Y-%m-%dT%H:%M:%SZ}" for number in range(24 * days)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home.csv"
    lines = [
        f"{time},{0.4 + 0.8 * (17 <= number % 24 < 22):.1f}"
        for number, time in enumerate(hours(16))
    ]
    path.write_text("\n".join(["time,load_kw", *lines]) + "\n")
    return path


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.csv"
    times = hours(60, BEGIN - timedelta(days=40))
    lines = [
        f"{time},{0.08 + 0.1 * (number % 24 in {18, 19}):.2f}" for number, time in enumerate(times)
    ]
    path.write_text("\n".join(["time,eur", *lines]) + "\n")
    return path


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    """Every evening a car comes, a year later than the home; another comes once."""
    path = tmp_path / "sessions.csv"
    lines = []
    for day in range(16):
        came = BEGIN + timedelta(weeks=52, days=day, hours=18)
        left = came + timedelta(hours=13)
        lines.append(f"A,{came:%Y-%m-%dT%H:%M:%SZ},{left:%Y-%m-%dT%H:%M:%SZ},8")
    lines += [
        "B,2025-01-30T10:00:00Z,2025-01-30T10:05:00Z,1",
        "B,2025-01-30T11:00:00Z,,4",
        "C,2025-01-30T12:00:00Z,2025-01-30T15:00:00Z,4",
    ]
    path.write_text("\n".join(["user_id,plug_in_time,plug_out_time,energy_kwh", *lines]) + "\n")
    return path


@pytest.fixture
def weather(tmp_path: Path) -> Path:
    path = tmp_path / "weather.csv"
    lines = [f"{time},4.5" for time in hours(17)]
    path.write_text("\n".join(["time,temperature_c", *lines]) + "\n")
    return path


def test_a_seeded_home_is_played_with_its_car_and_priced_peaks(tmp_path: Path) -> None:
    found, shown = result(
        tmp_path / "out.json",
        *("--home", "seed:2", "--ev", "--peak-tariff", "2", "--tariff", "tou", "--days", "2"),
    )
    rows = found["controllers"]
    assert list(rows) == NAMES
    assert all(name in shown for name in NAMES)
    assert "seeded home 2 with car, tariff tou, 2 days executed every 5 min" in shown
    assert "synthetic" not in shown
    assert found["devices"] == ["car"]
    assert found["step_s"] == 300
    assert found["synthetic_inside"] is False
    assert set(found["best_rule"]) == {"battery", "car"}
    for row in rows.values():
        assert row["cost"] == pytest.approx(row["energy"] + row["peaks"] + row["service"])
        assert row["peaks"] == pytest.approx(2 * row["peak_kw"])
    best, foresight = rows["best_rule"]["cost"], rows["perfect_foresight"]["cost"]
    assert best <= min(rows["self_consumption"]["cost"], rows["timer"]["cost"]) + 1e-9
    assert found["captured"]["shems"] == pytest.approx(
        (best - rows["shems"]["cost"]) / (best - foresight)
    )
    assert found["never_worse"]["over_run"] == pytest.approx(rows["shems"]["cost"] - best)
    assert found["windows"] == []


def test_files_of_devices_meet_the_home_on_its_wall_clock(
    tmp_path: Path, home: Path, prices: Path, sessions: Path, weather: Path
) -> None:
    found, shown = result(
        tmp_path / "out.json",
        *("--home", home, "--prices", prices, "--price-tz", "Europe/Berlin"),
        *("--ev", sessions, "--ev-tz", "Europe/Berlin", "--heat-pump", "--weather", weather),
        *("--appliances", "--days", "1", "--substep", "15min", "--scenarios", "3"),
    )
    assert found["devices"] == ["car", "heat_pump", "tank", "dishwasher", "washing_machine"]
    assert found["synthetic_inside"] is True
    assert "Charging sessions are moved by -52 weeks." in found["notes"]
    assert any("besides" in each for each in found["notes"])
    assert "Inside the steps load and solar are synthetic" in shown
    plain = found["controllers"]["self_consumption"]
    # The stay of the evening before is met anew, and that of the evening.
    assert plain["device_kwh"]["car"] == pytest.approx(16.0)
    assert plain["device_kwh"]["heat_pump"] > 5


def test_nobody_s_sessions_and_short_weather_are_named(
    tmp_path: Path,
    home: Path,
    prices: Path,
    sessions: Path,
    weather: Path,
    refuse: Callable[..., str],
) -> None:
    both = ("--home", home, "--prices", prices, "--price-tz", "Europe/Berlin")
    assert "no charging session of 'B'" in refuse(*both, "--ev", sessions, "--ev-user", "B")
    late = refuse(*both, "--ev", sessions, "--ev-user", "C", "--days", "1", "--ev-tz", "UTC")
    assert "moves a charging session into the period to score" in late
    short = tmp_path / "short.csv"
    short.write_text("\n".join(weather.read_text().splitlines()[: 24 * 14]) + "\n")
    assert "short.csv: the temperature is not known in all" in refuse(
        *both, "--heat-pump", "--weather", short
    )
    assert "leave the devices out" in refuse("--ev", "--plot", tmp_path / "out.png")
    assert "do not divide" in refuse("--ev", "--substep", "7min")


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
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith("simulate: ")
        return line

    return run


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--peak-tariff", "-1"], "not a price"),
        (["--peak-tariff", "dear"], "not a price"),
        (["--scenarios", "0"], "not a number like 10"),
        (["--objective", "fun"], "invalid"),
    ],
)
def test_arguments_of_devices_of_a_wrong_form_are_named(
    arguments: list[str],
    reason: str,
    main: Callable[[list[str]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert reason in capsys.readouterr().err
