"""The simulated population beside real homes, at the command line."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from scripts.comparison.__main__ import main
from scripts.comparison.measures import charge_statistics, load_statistics, solar_statistics
from scripts.comparison.real import SESSIONS, SOURCES, read_charges, read_windows

DAYS = 60


def write(path: Path, header: str, rows: list[str]) -> None:
    """Write a gzipped CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join([header, *rows]) + "\n")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with homes of the names that are compared, made up."""
    folder = tmp_path_factory.mktemp("data")
    random = np.random.default_rng(4)
    first = datetime(2024, 3, 1, tzinfo=UTC)
    for source in SOURCES:
        rows = []
        for number in range(24 * DAYS):
            hour = number % 24
            load = 0.3 + 2.0 * (17 <= hour < 22) * random.random()
            solar = max(0.0, np.sin((hour - 6) / 12 * np.pi)) * random.uniform(0.2, 1.0)
            gap = number == 700
            at = (first + timedelta(hours=number)).isoformat()
            rows.append(f"{at},{'' if gap else f'{load:.3f}'},{solar:.3f}")
        write(folder / source.file, f"time,load_kw,{source.column or 'pv_kw'}", rows)
    rows = []
    for number in range(60):
        begin = first + timedelta(days=number % 30, hours=16 + random.uniform(0, 2))
        user, kind = ("a", "private") if number < 30 else ("b", "shared")
        rows.append(
            f"{number},{user},X,{kind},{begin.isoformat()},"
            f"{(begin + timedelta(hours=12)).isoformat()},{random.uniform(5, 15):.2f}"
        )
    write(
        folder / SESSIONS,
        "session_id,user_id,location,user_type,plug_in_time,plug_out_time,energy_kwh",
        rows,
    )
    return folder


def test_windows_are_cut_by_the_homes_clock(data: Path) -> None:
    (home,) = [each for each in read_windows(data, "load", internal=False) if each.name == "HUE 1"]
    assert home.power_kw.shape == (2, 672)
    # 17 to 22 h UTC is 9 to 14 h in Vancouver before, 10 to 15 h after the clocks change.
    first = np.nanmean(home.power_kw[0].reshape(28, 24)[:8], axis=0)
    assert np.flatnonzero(first > 0.8).tolist() == [9, 10, 11, 12, 13]
    second = np.nanmean(home.power_kw[1].reshape(28, 24), axis=0)
    assert np.flatnonzero(second > 0.8).tolist() == [10, 11, 12, 13, 14]
    assert home.weekday.tolist() == [4, 4]
    assert np.isnan(home.power_kw).sum() == 2  # One is lost, one the clock skips.


def test_sets_for_internal_validation_stay_out(data: Path) -> None:
    names = {each.name for each in read_windows(data, "load", internal=False)}
    every = {each.name for each in read_windows(data, "load", internal=True)}
    assert {name for name in every - names if name.startswith("SGSC")} == every - names != set()
    assert not any("Norway" in each.name for each in read_windows(data, "solar", internal=False))


def test_only_private_drivers_count(data: Path) -> None:
    (charges,) = read_charges(data)
    assert len(charges.energy_kwh) == 30
    assert charges.stay_h == pytest.approx(12.0)
    assert charges.days == pytest.approx(30, abs=1)


def test_load_statistics_of_a_known_home() -> None:
    day = np.concatenate([np.full(18, 0.5), np.full(6, 2.0)])
    found = load_statistics(np.tile(day, (1, 28)), np.array([0.0]))
    told = {name: float(value[0]) for name, value in found.items()}
    assert told["mean power, kW"] == pytest.approx(0.875)
    assert told["daily shape: share of the evening, 16 to 22 h"] == pytest.approx(9 / 21)
    assert told["load duration: 50% quantile over mean"] == pytest.approx(0.5 / 0.875)
    assert told["weekend energy over that of working days"] == pytest.approx(1.0)
    assert told["autocorrelation after 24 h"] == pytest.approx(1.0, abs=0.05)


def test_solar_statistics_of_a_known_roof() -> None:
    day = np.maximum(0.0, np.sin((np.arange(24) + 0.5 - 6) / 12 * np.pi))
    power = np.tile(day, (1, 28)) * np.repeat([1.0, 0.1], 14 * 24)
    found = {name: float(value[0]) for name, value in solar_statistics(power).items()}
    assert found["days below a quarter of the best day"] == pytest.approx(0.5)
    assert found["days above three quarters of the best day"] == pytest.approx(0.5)
    assert solar_statistics(np.zeros((1, 672)))["mean over highest power"].size == 0


def test_charge_statistics_pass_midnight() -> None:
    found = charge_statistics(
        np.array([23.0, 0.0, 1.0]), np.array([8.0, 9.0, 10.0]), np.array([5.0, 10.0, 15.0]), 7.0
    )
    assert found["hour of arrival, median"] == pytest.approx(0.0)
    assert found["hour of arrival: half of the charges within, h"] == pytest.approx(2.0)
    assert found["charges a week"] == pytest.approx(3.0)


def test_page_and_figures(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    monkeypatch.setenv("SHEMS_DATA", str(data))
    given = ["--homes", "60", "--write", str(page), "--plots", str(tmp_path / "plots"), "--json"]
    assert main(given) == 0
    sections = json.loads(capsys.readouterr().out)
    assert sections[0]["title"] == "Load"
    for section in sections:
        for home, found in section["real"].items():
            assert set(found) == set(section["simulated"])
            assert all(0 <= share <= 1 for share in section["inside"][home].values())
    text = page.read_text(encoding="utf-8")
    assert "Fontana 1" in text
    assert "SGSC" not in text
    assert "Norway" not in text
    assert len(list((tmp_path / "plots").glob("*.png"))) == 2 * len(sections) - 1
    assert main(["--homes", "40"]) == 0
    assert "| mean power, kW |" in capsys.readouterr().out


@pytest.mark.parametrize(
    "given", [["--data", "missing"], ["--internal", "--write", "page.md", "--data", "missing"], []]
)
def test_what_is_wrong_is_said(
    given: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHEMS_DATA", raising=False)
    assert main(given) == 2
    assert "realism:" in capsys.readouterr().err
