"""scripts/community, as a user runs it, with few homes and hours."""

import json
from pathlib import Path

import numpy as np
import pytest

from custom_components.shems.core.market.rules import CT
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import InputError
from scripts.market_bench.broker import Broker, program
from scripts.sharing.__main__ import main
from scripts.sharing.books import account, besides, grids_kw
from scripts.sharing.homes import community
from scripts.sharing.play import Board, Variant, agreed_price, play

HOURS = ["--homes", "5", "--slots", "16", "--seeds", "1", "--seasons", "spring", "--fees", "6"]


def test_every_way_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*HOURS, "--json", "--told"]) == 0
    [found] = json.loads(capsys.readouterr().out)
    rows = found["rows"]["6"]
    assert set(rows) == {
        "passive",
        "replanned",
        "replanned_said",
        "passive_told",
        "replanned_told",
        "central",
    }
    costs = {name: row["account"]["cost"] for name, row in rows.items()}
    assert costs["passive"] <= found["cost"]
    assert costs["central"] == pytest.approx(min(costs.values())), "it is a bound"
    assert rows["passive"]["saved"] == pytest.approx(1 - costs["passive"] / found["cost"])
    assert all(row["account"]["worst"] <= 1e-9 for row in rows.values()), "sharing harms nobody"
    assert rows["central"]["seconds"] is None


def test_tables_go_into_their_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- figures -->\nold\n<!-- end of figures -->\nb\n", encoding="utf-8")
    assert main([*HOURS, "--write", str(page)]) == 0
    table = capsys.readouterr().out.strip()
    text = page.read_text(encoding="utf-8")
    assert text.startswith("a\n<!-- figures -->\n")
    assert text.endswith("<!-- end of figures -->\nb\n")
    assert table in text
    assert "old" not in text
    assert "| spring, 1 | no trade |" in text


@pytest.mark.parametrize(
    "wrong", [["--homes", "0"], ["--seasons", "summer,carnival"], ["--broker", "nowhere"]]
)
def test_what_cannot_be_is_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2
    assert wrong[0] in capsys.readouterr().err


@pytest.mark.skipif(program() is None, reason="needs Mosquitto: apt-get install mosquitto")
@pytest.mark.usefixtures("socket_enabled")
def test_a_community_talks_through_a_broker(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Real nodes, a real Mosquitto: the ledger is what the meters come to, to the nano-cent."""
    with Broker(tmp_path) as broker:
        address = f"127.0.0.1:{broker.port}"
        assert main([*HOURS, "--slots", "4", "--json", "--broker", address]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["agrees"]
        assert found["refused"] == 0
        assert found["results"] == found["verified"] == 5 * 4
        assert found["messages"] > 100
        assert main([*HOURS, "--slots", "4", "--broker", address]) == 0
        assert "20 of 20 results verified" in capsys.readouterr().out


@pytest.mark.usefixtures("socket_enabled")
def test_a_broker_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="broker"):
        main([*HOURS, "--broker", "127.0.0.1:1"])


def test_a_community_is_that_of_its_seed() -> None:
    one, same = community(3, 10, "summer", 4), community(3, 10, "summer", 4)
    other = community(4, 10, "summer", 4)
    for home, again in zip(one, same, strict=True):
        assert np.array_equal(home.run.load_kw, again.run.load_kw)
    assert not np.array_equal(one[0].run.load_kw, other[0].run.load_kw)
    assert sum(home.run.course.solar_kw is not None for home in one) == 4
    assert sum(bool(home.household.uses) for home in one) == 5


def test_money_between_homes_is_nobodys_gain() -> None:
    """Sharing without a fee saves just what shared energy would have cost more."""
    members = community(1, 6, "spring", 32)
    [played] = play(members, [Variant("passive")])
    lived = played.finish()
    grid = grids_kw(members, lived)
    extra = sum(besides(home, life) for home, life in zip(members, lived, strict=True))
    alone = account(members, grid, extra, 0, None)
    shared = account(members, grid, extra, agreed_price(0), 0)
    assert shared.shared_kwh > 0
    assert alone.cost - shared.cost == pytest.approx((0.32 - 0.08) * shared.shared_kwh)
    dear = account(members, grid, extra, agreed_price(18 * CT), 18 * CT)
    assert alone.cost - dear.cost == pytest.approx((0.32 - 0.18 - 0.08) * shared.shared_kwh)


def test_a_slot_of_which_a_home_says_nothing_is_unknown() -> None:
    board = Board(0.0, 96, 2, 6 * CT)
    flat = Series(np.array([0.0]), np.array([864000.0]), np.array([-2.0]))
    board.tell(0, 0.0, flat)
    assert np.isnan(board.outlook(1, 0.0).surplus_wh).all()
    board.tell(1, 0.0, Series(flat.start, flat.end, np.array([1.0])))
    heard = board.outlook(1, 0.0)
    assert heard.surplus_wh == pytest.approx(500.0)
    assert heard.need_wh == pytest.approx(0.0), "its own need is not its neighbours'"
    assert np.isnan(board.outlook(1, 900.0).need_wh[-1])
