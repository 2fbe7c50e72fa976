"""The table that tells hot water in a heat pump's meter."""

import re

import numpy as np
import pytest

from scripts.training.hot_water import fitted, main, table


def test_only_what_tells_has_a_weight() -> None:
    rng = np.random.default_rng(2)
    hidden = np.arange(3000) % 3 == 0
    shown = rng.standard_normal((3000, 6))
    shown[hidden, 2] += 1.5
    weights, bias = fitted(shown, hidden, 0.02)
    assert np.flatnonzero(weights).tolist() == [2]
    # Half-way between both kinds, that count alike, is the border.
    assert -bias / weights[2] == pytest.approx(0.75, abs=0.15)
    assert table(np.round(weights, 1), 0.5).splitlines()[-1] == "0.5"


def test_a_table_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.training.hot_water._BATCH", 30)
    monkeypatch.setattr("scripts.training.hot_water._STEPS", 50)
    assert main(["--homes", "60"]) == 0
    told = capsys.readouterr()
    assert re.search(r"\(\d+, -?[\d.e-]+\)", told.out)
    assert "found at 2 % false alarms" in told.err
