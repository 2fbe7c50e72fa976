"""Forecasts scored at the command line: sums that can be checked by hand, and no look ahead."""

import gzip
import json
import math
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
BEGIN = datetime(2024, 2, 29, 23, tzinfo=UTC)
"""Midnight in Berlin; the clock changes on day 30."""
DAYS = 70
SITE = ("--lat", "52.5", "--lon", "13.4")
SCORES = [
    "crps",
    "mae",
    "bias",
    "rmse",
    *(f"pinball_{level}%" for level in (10, 50, 90)),
    *(f"coverage_{share}%" for share in (50, 80, 90)),
]
NAIVE = ["yesterday", "last_week", "seven_day_mean"]

type Rows = list[dict[str, float | str]]


def home_rows(days: int = DAYS) -> Rows:
    """Return a home of an hour's step: an evening peak, a roof and its provider's forecast."""
    noise = np.random.default_rng(1)
    rows: Rows = []
    day = 1.0
    for number in range(24 * days - 1):
        hour = number % 24
        day = noise.uniform(0.2, 1) if hour == 0 else day
        sun = 3.5 * max(0.0, math.sin((hour - 6) / 12 * math.pi))
        rows.append(
            {
                "time": (BEGIN + timedelta(hours=number)).isoformat(),
                "load_kw": round(0.3 + 1.4 * (17 <= hour < 22) + 0.3 * noise.random(), 4),
                "pv_kw": round(sun * day * noise.uniform(0.9, 1), 4),
                "pv_forecast_kw": round(sun * day * noise.uniform(0.7, 1.3), 4),
            }
        )
    return rows


def weather_rows(days: int = DAYS) -> Rows:
    """Return weather issued at seven of the morning before, and what a roof made of it."""
    noise = np.random.default_rng(2)
    rows: Rows = []
    for number in range(24 * days):
        time = BEGIN + timedelta(hours=number)
        direct = 500 * max(0.0, math.sin((number % 24 - 6) / 12 * math.pi)) * noise.random()
        rows.append(
            {
                "time": time.isoformat(),
                "issue_time": (BEGIN + timedelta(days=number // 24 - 1, hours=8)).isoformat(),
                "nwp_direct_w_m2": round(direct, 1),
                "nwp_diffuse_w_m2": round(direct / 3, 1),
                "nwp_cloud_pct": 50,
                "nwp_temperature_c": 8,
                "nwp_snow_depth_cm": 5 if number < 24 * 20 else 0,
                "sun_elevation_deg": 30 if direct else -10,
                "pv_norm": round(direct / 600 * noise.uniform(0.8, 1), 4),
            }
        )
    return rows


def write(path: Path, rows: Rows) -> Path:
    lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
    text = "\n".join(lines) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def price_rows(days: int = DAYS) -> Rows:
    noise = np.random.default_rng(3)
    return [
        {
            "time": (BEGIN + timedelta(hours=number)).isoformat(),
            "price": round(0.1 + 0.05 * (17 <= number % 24 < 21) + noise.normal(0, 0.01), 5),
        }
        for number in range(24 * days)
    ]


def python(module: str, *arguments: str | Path, **environment: str) -> tuple[int, str, str]:
    """Run as the commands do, without their set-up."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=os.environ | ENVIRONMENT | environment,
    )
    return done.returncode, done.stdout, done.stderr


def result(out: Path, *arguments: str | Path) -> tuple[dict[str, Any], str]:
    status, shown, wrong = python("scripts.forecasting", *arguments, "--json", out)
    assert status == 0, wrong
    return json.loads(out.read_text()), shown


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("score")


@pytest.fixture(scope="module")
def home(folder: Path) -> Path:
    return write(folder / "home.csv.gz", home_rows())


@pytest.fixture(scope="module")
def load(folder: Path, home: Path) -> tuple[dict[str, Any], str]:
    return result(folder / "load.json", "--home", home)


def test_a_load_is_scored_in_the_protocols_form(load: tuple[dict[str, Any], str]) -> None:
    found, shown = load
    assert found["quantity"] == "load"
    assert found["days"] == DAYS
    assert found["first_day"] == "2024-03-01"
    assert found["models"] == [*NAIVE, "shems"]
    assert list(found["ages"]) == ["1-14", "15-60", "60+"]
    assert list(found["leads"]) == ["0-6 h", "6-12 h", "12-24 h", "24-36 h"]
    assert list(found["origins"]) == ["00:00", "13:00"]
    for part in (*found["ages"].values(), *found["leads"].values(), *found["origins"].values()):
        assert list(part) == found["models"]
        assert all(sorted(scores) == sorted(SCORES) for scores in part.values())
    hours = found["hours"]["shems"]["crps"]
    assert len(hours) == 36
    assert np.mean(hours) == pytest.approx(found["ages"]["60+"]["shems"]["crps"], rel=0.05)
    assert {"mix", "climatology", "ridge"} <= set(found["experts"]["ages"]["60+"])
    assert found["cost"]["days"] == DAYS
    assert 0 < found["cost"]["seconds"] < 60
    assert found["cost"]["peak_bytes"] > 0
    assert all(
        set(row) == {"requirement", "wanted", "measured", "value", "passed"}
        for row in found["verdict"]
    )
    assert "What is asked" in shown
    assert "home.csv.gz, load" in shown


def test_the_baselines_are_what_they_are_called(
    load: tuple[dict[str, Any], str], home: Path
) -> None:
    found, _ = load
    rows = home_rows()
    truth = np.array([row["load_kw"] for row in rows], dtype=float)
    # By the wall clock: the hour that the clock skips in spring is unknown.
    skipped = 30 * 24 + 2
    wall = np.concatenate([truth[:skipped], [np.nan], truth[skipped:]])
    errors: dict[str, list[float]] = {name: [] for name in NAIVE}
    for day in range(61, DAYS):
        for begin in (24 * day, 24 * day + 13):
            for slot in range(begin, min(begin + 36, len(wall))):
                back = (slot - begin) // 24 + 1
                before = [wall[slot - 24 * lag] for lag in range(back, back + 14)]
                guesses = (
                    before[0],
                    wall[slot - 24 * 7],
                    np.mean([each for each in before if np.isfinite(each)][:7]),
                )
                for name, guess in zip(NAIVE, guesses, strict=True):
                    errors[name].append(abs(guess - wall[slot]))
    for name in NAIVE:
        assert found["ages"]["60+"][name]["mae"] == pytest.approx(np.mean(errors[name])), name


def test_a_home_that_repeats_itself_has_nothing_to_learn(folder: Path) -> None:
    rows = home_rows(30)
    for number, row in enumerate(rows):
        row["load_kw"] = 1 + number % 24
    # The clock stays what it is, so a day is a day.
    found, _ = result(
        folder / "same.json", "--home", write(folder / "same.csv", rows), "--tz", "Etc/GMT-1"
    )
    mature = found["ages"]["15-60"]
    for name in NAIVE:
        assert mature[name]["crps"] == mature[name]["mae"] == mature[name]["bias"] == 0
        assert mature[name]["coverage_80%"] == 1
    assert mature["shems"]["mae"] < 0.1
    assert found["ages"]["60+"]["shems"]["crps"] is None
    assert all(row["passed"] is None for row in found["verdict"] if row["measured"] == "n/a")


def test_baselines_cover_what_they_say(load: tuple[dict[str, Any], str]) -> None:
    found, _ = load
    for name in found["models"]:
        scores = found["ages"]["60+"][name]
        assert scores["coverage_50%"] == pytest.approx(0.5, abs=0.12), name
        assert scores["coverage_80%"] == pytest.approx(0.8, abs=0.12), name
        assert scores["coverage_50%"] < scores["coverage_80%"] < scores["coverage_90%"] <= 1
        assert scores["crps"] < scores["mae"]
    # The absolute error of a median is twice its pinball loss.
    ours = found["ages"]["60+"]["shems"]
    assert ours["mae"] == pytest.approx(2 * ours["pinball_50%"])


def test_solar_is_scored_in_daylight_beside_its_provider(folder: Path, home: Path) -> None:
    found, shown = result(
        folder / "pv.json", "--home", home, "--quantity", "pv", *SITE, "--start", "2024-04-20"
    )
    assert found["models"] == [*NAIVE, "shems", "shems_blind"]
    assert 0.4 < found["scored_share"]["60+"] < 0.65
    provider = found["provider"]["ages"]["15-60"]
    assert list(provider) == ["provider", *found["models"]]
    assert provider["provider"]["crps"] < provider["yesterday"]["crps"] / 2
    asked = {row["requirement"]: row for row in found["verdict"]}
    assert asked["CRPS over the provider's, dressed"]["wanted"] == "≤ 95.0%"
    # A provider's word about the days ahead may be younger than the origin.
    assert asked["CRPS over the provider's, dressed: blind"]["passed"] is None
    assert "Where the provider had a forecast" in shown


def test_weather_counts_from_when_it_was_issued(folder: Path) -> None:
    nwp = write(folder / "nwp.csv", weather_rows())
    history: Rows = [
        {"time": (BEGIN - timedelta(days=20) + timedelta(hours=number)).isoformat(), "pv_norm": 0.1}
        for number in range(24 * 20)
    ]
    found, _ = result(
        folder / "nwp.json",
        *("--nwp", nwp, "--quantity", "pv"),
        *("--history", write(folder / "history.csv", history)),
    )
    assert found["first_day"] == "2024-03-01"
    assert found["models"] == [*NAIVE, "linear_fit", "shems"]
    origins = {
        name: scores["linear_fit"]["mae"] / scores["seven_day_mean"]["mae"]
        for name, scores in found["origins"].items()
    }
    leads = {
        name: scores["linear_fit"]["mae"] / scores["seven_day_mean"]["mae"]
        for name, scores in found["leads"].items()
    }
    # At 13:00 the next day's weather is known, at midnight that of the day after is not.
    assert origins["13:00"] < origins["00:00"]
    assert leads["6-12 h"] < 0.6
    assert found["snow"]["all"]["shems"]["crps"] > 0


LEAK = """
import json, sys
import numpy as np
from scripts.forecasting.baselines import dressed, points
from scripts.forecasting.inputs import read
from scripts.forecasting.ours import forecast
from scripts.forecasting.origins import Origins
from scripts.forecasting.sky import Sky, issued, linear_fit
from pathlib import Path

def said(quantity, path, nwp, ahead):
    paths = [Path(path)] + ([Path(nwp)] if nwp else [])
    home = read(paths, quantity, "Europe/Berlin", weather=bool(nwp), site=(52.5, 13.4))
    truth = home.history.load if quantity == "load" else home.history.solar
    origins = Origins.of(truth, home.days)
    found = {name: dressed(origins, each) for name, each in points(origins).items()}
    if quantity == "pv" and ahead:
        sky = Sky.over(home, origins)
        found["provider"] = issued(origins, home.history.given, sky)[1]
        beyond = points(origins)["seven_day_mean"]
        found["linear_fit"] = linear_fit(origins, home.issued, sky, beyond)
    ours = forecast(home, quantity, origins, lambda: None, ahead=ahead)
    found["shems"] = ours.quantiles
    found |= {"expert " + name: each for name, each in ours.experts.items()}
    return found

quantity, one, other, nwp, later, ahead, row = sys.argv[1:]
first = said(quantity, one, nwp, ahead == "True")
second = said(quantity, other, later, ahead == "True")
same = lambda a, b: bool(np.array_equal(a, b, equal_nan=True))
until = int(row) + 1
print(json.dumps({
    name: [same(first[name][:until], second[name][:until]), same(first[name], second[name])]
    for name in first
    if np.isfinite(first[name][:until]).any()
}))
"""


@pytest.mark.parametrize(("quantity", "ahead"), [("load", True), ("pv", True), ("pv", False)])
def test_the_future_changes_nothing_that_was_said_before(
    folder: Path, quantity: str, ahead: bool
) -> None:
    days, day = 36, 24
    rows = home_rows(days)
    changed = home_rows(days)
    for number, row in enumerate(changed):
        if number >= 24 * day + 13:
            row["load_kw"] = 3 + number % 5
            row["pv_kw"] = 2 + number % 3 if row["pv_kw"] else 0
            if not ahead:
                row["pv_forecast_kw"] = row["pv_kw"]
    one, other = (
        write(folder / f"{quantity}_{number}.csv", each)
        for number, each in enumerate((rows, changed))
    )
    weather = [{k: v for k, v in row.items() if k != "pv_norm"} for row in weather_rows(days)]
    nwp = write(folder / "nwp_one.csv", weather) if quantity == "pv" else ""
    # At 13:00 of that day the weather of the next is known, that of the one after is not.
    for row in weather[24 * (day + 2) :]:
        row["nwp_direct_w_m2"] = 900
    later = write(folder / "nwp_other.csv", weather) if quantity == "pv" else ""
    words = (quantity, one, other, nwp, later, ahead, 2 * day + 1)
    done = subprocess.run(
        [sys.executable, "-c", LEAK, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=os.environ | ENVIRONMENT,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {*NAIVE, "shems", "expert mix"} <= set(found)
    assert (quantity == "pv" and ahead) == ({"provider", "linear_fit"} <= set(found))
    for name, (until, whole) in found.items():
        assert until, name
        assert not whole, name


def test_prices_are_scored_by_year(folder: Path) -> None:
    prices = write(folder / "prices.csv", price_rows())
    found, shown = result(folder / "price.json", "--quantity", "price", "--prices", prices)
    assert list(found["years"]) == ["2024"]
    scores = found["years"]["2024"]
    assert list(scores) == ["copy_of_tomorrow", "last_week", "seven_day_mean", "shems"]
    over = scores["shems"]["mae"] / scores["copy_of_tomorrow"]["mae"]
    assert found["mae_ratio"] == {"2024": pytest.approx(over)}
    assert over < 1
    assert [row["value"] for row in found["verdict"]] == pytest.approx([over, over])
    assert "the day after tomorrow at 13:15" in shown


def test_prices_to_come_change_nothing(folder: Path) -> None:
    rows, changed = price_rows(), price_rows()
    # 2024-04-19 is day 49: its prices and all before are as they were.
    for row in changed[24 * 50 :]:
        row["price"] = 0.3
    period = ("--start", "2024-04-10", "--days", "10")
    one, other, later = (
        result(
            folder / "out.json",
            *("--quantity", "price", "--tz", "Etc/GMT-1", *days),
            *("--prices", write(folder / "price.csv", each)),
        )[0]["all"]
        for each, days in ((rows, period), (changed, period), (changed, period[:2]))
    )
    assert one == other != later


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Nothing to score: give --home FILE.csv or"),
        (["--home", "none.csv"], "There is no file none.csv."),
        (["--home", "{home}", "--tz", "Mars"], "There is no time zone 'Mars'"),
        (["--home", "{home}", "--lat", "50"], "A place needs both --lat and --lon."),
        (["--home", "{home}", "--lat", "91", "--lon", "0"], "'91' is no number within 90 degrees"),
        (["--home", "{home}", "--days", "0"], "'0' is not a number of days"),
        (
            ["--home", "{home}", "--start", "2025-01-01"],
            "--start 2025-01-01 is outside the data, which is from 2024-03-01 to 2024-05-09.",
        ),
        (["--home", "{home}", "--start", "May"], "'May' is not a day like 2024-05-01"),
        (
            ["--home", "{home}", "--json", "no/out.json"],
            "The result cannot be written to no/out.json: there is no such folder.",
        ),
        (["--home", "{prices}"], "prices.csv has no column load_kw;"),
        (
            ["--home", "{prices}", "--quantity", "pv"],
            "prices.csv has no column pv_kw or pv_norm;",
        ),
        (
            ["--home", "{home}", "--quantity", "pv", "--nwp", "{prices}"],
            "prices.csv has no column of a weather forecast",
        ),
        (
            ["--home", "{home}", "--quantity", "pv", "--nwp", "{late}"],
            "late.csv, line 5: its issue_time is before that of the line above.",
        ),
        (
            ["--home", "{home}", "--history", "{quarters}"],
            "home.csv.gz has a step of 60 minutes, but quarters.csv one of 15 minutes.",
        ),
        (["--quantity", "price"], "To score prices they are needed: --prices FILE.csv."),
        (
            ["--quantity", "price", "--prices", "{few}"],
            "There are prices of 10 days, but scoring needs 17.",
        ),
    ],
)
def test_errors_are_sentences(folder: Path, home: Path, arguments: list[str], message: str) -> None:
    late = weather_rows(2)
    late[3]["issue_time"] = BEGIN.isoformat()
    late[2]["issue_time"] = (BEGIN + timedelta(hours=1)).isoformat()
    quarters: Rows = [
        {"time": (BEGIN + timedelta(minutes=15 * number)).isoformat(), "load_kw": 1}
        for number in range(4)
    ]
    files = {
        "home": home,
        "prices": write(folder / "prices.csv", price_rows()),
        "few": write(folder / "few.csv", price_rows(10)),
        "late": write(folder / "late.csv", late),
        "quarters": write(folder / "quarters.csv", quarters),
    }
    words = [word.format(**files) for word in arguments]
    status, shown, wrong = python("scripts.forecasting", *words)
    assert status == 2
    assert not shown
    assert message in " ".join(wrong.split())
    assert "Traceback" not in wrong


def test_all_homes_are_scored_into_tables(folder: Path) -> None:
    data = folder / "data"
    (data / "prices").mkdir(parents=True)
    for name in ("nl_2019_2023", "be_2022_2023h1"):
        write(data / "prices" / f"{name}.csv.gz", price_rows(30))
    keep = folder / "kept"
    page = folder / "page.md"
    page.write_text("Before\n<!-- scores -->\nold\n<!-- /scores -->\nafter\n")
    arguments = ("--quantity", "price", "--keep", keep, "--jobs", "1", "--write", page)
    status, shown, wrong = python("scripts.forecasting.table", *arguments, SHEMS_DATA=str(data))
    assert status == 0, wrong
    assert page.read_text() == f"Before\n<!-- scores -->\n{shown}<!-- /scores -->\nafter\n"
    assert "| prices/nl 2024 |" in shown
    assert "| required, after two months | wanted | measured |  |" in shown
    assert json.loads((keep / "prices_be_price.json").read_text())["quantity"] == "price"
    status, shown, wrong = python("scripts.forecasting.table", SHEMS_DATA=str(data))
    assert status == 2
    assert "forecast-score-all: no emhass_home/home.csv.gz in" in wrong


def test_the_first_weeks_are_scored_with_and_without_what_is_inferred(tmp_path: Path) -> None:
    nwp, out = write(tmp_path / "roof.csv", weather_rows(40)), tmp_path / "young.json"
    given = ("--nwp", nwp, "--tz", "Europe/Berlin", *SITE, "--young", "1")
    code, told, complaint = python("scripts.forecasting", "--quantity", "pv", *given, "--json", out)
    assert code == 0, complaint
    assert "CRPS of the day ahead, 1 beginnings" in told
    ages = json.loads(out.read_text(encoding="utf-8"))["ages"]
    assert [row["days"] for row in ages] == [3, 7, 14, 28]
    assert all(row["nights"] == 4 and 0 < row["ratio"] < 2 for row in ages)
    assert "courses of the day ahead" in told
    for row in ages:
        assert row["drawn"] == 0 or row["days"] < 14
        assert all(mark >= 0 for pair in row["courses"].values() for mark in pair)
    code, _, complaint = python("scripts.forecasting", "--quantity", "load", *given)
    assert code == 2
    short = write(tmp_path / "short.csv", weather_rows(10))
    code, _, complaint = python(
        "scripts.forecasting", "--quantity", "pv", "--nwp", short, "--tz", "UTC", "--young", "2"
    )
    assert (code, "nothing measured" in complaint) == (2, True)
    home = write(tmp_path / "home.csv", home_rows(40))
    code, _, complaint = python(
        "scripts.forecasting", "--home", home, "--tz", "UTC", "--young", "2"
    )
    assert (code, "--quantity pv" in complaint) == (2, True)
