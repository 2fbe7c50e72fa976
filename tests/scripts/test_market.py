"""The command that clears order books and shares energy, as a user runs it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.market_cases.__main__ import main

Run = Callable[[str, object], tuple[int, dict[str, Any], str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def _run(action: str, content: object) -> tuple[int, dict[str, Any], str]:
        file = tmp_path / "case.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content))
        status = main([action, str(file)])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else {}, said.err

    return _run


def order(name: str, wh: object, rate: object, home: str | None = None) -> dict[str, object]:
    return {"id": name, "home": home or name, "wh": wh, "rate_ct_kwh": rate}


def orders(bids: list[Any], offers: list[Any], **more: object) -> dict[str, object]:
    return {"orders": {"bids": bids, "offers": offers}, **more}


def home(name: str, import_wh: int, export_wh: int, **more: object) -> dict[str, object]:
    return {"home": name, "import_wh": import_wh, "export_wh": export_wh, **more}


def test_an_order_book_is_cleared(run: Run) -> None:
    book = orders(
        [order("a", 3000, 30), order("b", 10_000, 20.5)],
        [order("c", 5000, 10.25), order("d", 700, 21)],
    )
    status, answer, said = run("clear", book)
    assert (status, said) == (0, "")
    assert answer == {
        "volume_wh": 5000,
        "price_ct_kwh": 20.5,
        "welfare_ct": 79.75,
        "fills": {"a": 3000, "b": 2000, "c": 5000, "d": 0},
    }


def test_rates_are_decimal_and_the_price_their_middle(run: Run) -> None:
    text = (
        '{"orders": {'
        '"bids": [{"id": 1, "home": 7, "wh": 1000.0, "rate_ct_kwh": 0.30000000000000004}],'
        ' "offers": [{"id": 2, "home": 8, "wh": 1000, "rate_ct_kwh": -0.1}]}}'
    )
    _, answer, _ = run("clear", text)
    assert answer["price_ct_kwh"] == 0.1
    assert answer["welfare_ct"] == 0.4
    assert answer["fills"] == {"1": 1000, "2": 1000}


def test_bounds_move_the_price(run: Run) -> None:
    book = orders([order("a", 5, 30)], [order("b", 5, 8)], bounds_ct_kwh=[9, 12.5], slot=900)
    assert run("clear", book)[1]["price_ct_kwh"] == 12.5


@pytest.mark.parametrize(
    ("bids", "offers"),
    [([], []), ([order("a", 5, 30)], []), ([], [order("a", 5, 30)]), ([order("a", 0, 3)], [])],
)
def test_without_a_trade_there_is_no_price(run: Run, bids: list[Any], offers: list[Any]) -> None:
    _, answer, _ = run("clear", orders(bids, offers))
    assert answer.pop("fills") == dict.fromkeys((one["id"] for one in bids + offers), 0)
    assert answer == {"volume_wh": 0, "price_ct_kwh": None, "welfare_ct": 0}


def test_energy_is_shared_pro_rata(run: Run) -> None:
    homes = [home("a", 1200, 0, key_ppm=5), home("b", 0, 1000), home("c", 0, 1000, key_ppm=None)]
    status, answer, said = run("allocate", {"mode": "dynamic_pro_rata", "homes": homes})
    assert (status, said) == (0, "")
    assert answer == {
        "shared_wh": 1200,
        "from_community_wh": {"a": 1200, "b": 0, "c": 0},
        "to_community_wh": {"a": 0, "b": 600, "c": 600},
        "from_grid_wh": {"a": 0, "b": 0, "c": 0},
        "to_grid_wh": {"a": 0, "b": 400, "c": 400},
    }


def test_energy_is_shared_by_key(run: Run) -> None:
    homes = [
        home("a", 100, 0, key_ppm=500_000),
        home("b", 900, 0, key_ppm=333_333),
        home("c", 0, 1000),
    ]
    _, answer, _ = run("allocate", {"mode": "static_key", "homes": homes})
    assert answer["from_community_wh"] == {"a": 100, "b": 333, "c": 0}
    assert answer["to_community_wh"] == {"a": 0, "b": 0, "c": 433}
    assert answer["to_grid_wh"] == {"a": 0, "b": 0, "c": 567}


def test_nobody_shares_nothing(run: Run) -> None:
    _, answer, _ = run("allocate", {"mode": "static_key", "homes": []})
    assert answer["shared_wh"] == 0


KEYED = [home("a", 100, 0, key_ppm=600_000), home("b", 0, 50, key_ppm=400_001)]


@pytest.mark.parametrize(
    ("action", "content", "sentence"),
    [
        ("clear", "[]", "case.json holds no JSON object."),
        ("clear", '{"orders": NaN}', "case.json holds no JSON object."),
        ("clear", {}, "orders must be an object with bids and offers."),
        ("clear", {"orders": {"bids": []}}, "orders.offers must be a list of objects."),
        ("clear", orders([5], []), "orders.bids must be a list of objects."),
        ("clear", orders([order("", 1, 2)], []), "orders.bids[0].id must be a text."),
        (
            "clear",
            orders([], [order("a", 1.5, 2)]),
            "orders.offers[0].wh must be a whole number, zero or more.",
        ),
        (
            "clear",
            orders([], [order("a", -1, 2)]),
            "orders.offers[0].wh must be a whole number, zero or more.",
        ),
        (
            "clear",
            orders([order("a", 1, "2")], []),
            "orders.bids[0].rate_ct_kwh must be a number.",
        ),
        ("clear", orders([order("a", 1, 2)], [order("a", 1, 2)]), "a comes twice."),
        (
            "clear",
            orders([order("a", 1, 10**30)], []),
            "a number or a sum is too large to count with.",
        ),
        (
            "clear",
            orders([order("a", 10**30, 1)], []),
            "a number or a sum is too large to count with.",
        ),
        ("clear", orders([], [], bounds_ct_kwh=3), "bounds_ct_kwh must be a list of two numbers."),
        (
            "clear",
            orders([], [], bounds_ct_kwh=[4, 3]),
            "the lower of bounds_ct_kwh must come first.",
        ),
        ("allocate", {"homes": []}, "mode must be dynamic_pro_rata or static_key."),
        ("allocate", {"mode": "static_key"}, "homes must be a list of objects."),
        (
            "allocate",
            {"mode": "static_key", "homes": KEYED},
            "the keys add up to 1000001 ppm, which is more than 1000000.",
        ),
        (
            "allocate",
            {"mode": "static_key", "homes": [home("a", 1, 0)]},
            "homes[0].key_ppm must be a whole number, zero or more.",
        ),
        (
            "allocate",
            {"mode": "dynamic_pro_rata", "homes": [home("a", 1, 0), home("a", 0, 1)]},
            "a comes twice.",
        ),
        (
            "allocate",
            {"mode": "dynamic_pro_rata", "homes": [home("a", 10**30, 0)]},
            "a number or a sum is too large to count with.",
        ),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(
    run: Run, action: str, content: object, sentence: str
) -> None:
    status, answer, said = run(action, content)
    assert (status, answer) == (2, {})
    assert said.startswith("market: ")
    assert said.endswith(f"{sentence}\n")


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clear", "nowhere.json"]) == 2
    assert capsys.readouterr().err == "market: there is no file nowhere.json.\n"
