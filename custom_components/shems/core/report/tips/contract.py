"""A kind of contract that suits the home's own hours better, at the same mean price."""

from typing import Final

import numpy as np

from ...replay.whatif.bounds import Scene
from ...units import Floats
from .ground import Ground
from .replaying import Altered, Replay, Work
from .tip import Effort, Tip

_DAYS: Final = 28
"""Of market prices: four whole weeks."""


def find(ground: Ground, replay: Replay) -> Work[tuple[Tip, ...]]:
    """Return a tip where dynamic prices, or fixed ones, would cost less at the same mean.

    What providers will charge is not known, and the level of the market even less. So both
    contracts are given the same mean price in every year: what is left is what the home's
    own hours are worth. It is told how much dearer the other one may be.
    """
    del ground
    yield
    scene = replay.scene()
    dynamic = replay.subject.tariff.buy.factor == 0
    if dynamic and not _known(replay):
        return ()
    buy = as_dynamic(scene, replay) if dynamic else as_fixed(scene)
    saved = yield from replay.saved(Altered(buy=buy))
    bought = float(np.maximum(scene.load_kw - scene.solar_kw, 0.0).sum(axis=1).mean())
    yearly = bought * 365.25 / replay.ahead.count
    return replay.told(
        "contract",
        "",
        saved,
        Effort.ERRAND,
        {
            "kind": "dynamic" if dynamic else "fixed",
            "margin": round(float(np.median(saved)) / max(yearly, 1.0), 4),
            "energy": round(yearly),
        },
    )


def as_dynamic(scene: Scene, replay: Replay) -> Floats:
    """Return the market's prices about the mean of the present ones, (N, T)."""
    market = replay.years.market
    apart = market - market.mean(axis=1, keepdims=True)
    prices: Floats = scene.buy.mean(axis=1, keepdims=True) + apart * (
        1.0 + replay.subject.tariff.buy.vat
    )
    return prices


def as_fixed(scene: Scene) -> Floats:
    """Return the mean of the present prices at all times, (N, T)."""
    prices: Floats = np.broadcast_to(scene.buy.mean(axis=1, keepdims=True), scene.buy.shape)
    return prices


def _known(replay: Replay) -> bool:
    whole = np.isfinite(replay.diary.prices).all(axis=1)
    return bool(whole.sum() >= _DAYS and np.isfinite(replay.years.market).all())
