"""Train networks to tell homes that differ from usual ones, by the features that there are."""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch

from custom_components.shems.core.infer.block import Block
from custom_components.shems.core.infer.classifier import Classifier
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.reference import (
    features_of_reference,
    twisted_reference,
)
from custom_components.shems.core.units import Floats

from .fit import Told
from .kinds import LEARNED

type Tensor = Any


@dataclass(frozen=True)
class Lesson:
    """How to train.

    Attributes:
        widths: of the two layers.
        epochs: passes through the homes.
        seed: of the weights, the order of the homes and the noise.
    """

    widths: tuple[int, int]
    epochs: int
    seed: int


_NETS: Final = 2
_DROPPED: Final = 0.2
_NOISE: Final = 0.05
"""Standard deviation that is added to standardised features: one home teaches of its neighbours."""
_BATCH: Final = 512
_RATE: Final = 2e-3
_DECAY: Final = 0.1


def classified(
    names: tuple[str, ...],
    usual: Floats,
    others: list[Floats],
    lesson: Lesson,
    told: Told,
) -> Classifier:
    """Return a classifier of homes by their standardised features.

    Args:
        names: (A,) of the alarms.
        usual: (n, F) usual homes.
        others: (A) homes of each kind, (m, F); however many they are, each kind counts as much
            as the usual ones beside it.
        lesson: how to train.
        told: hears of progress.
    """
    shown = torch.as_tensor(np.concatenate([usual, *others]).astype(np.float32))
    sizes = [len(usual), *map(len, others)]
    label = np.repeat(np.arange(len(sizes)), sizes)[:, np.newaxis]
    kinds = np.arange(1, len(sizes))
    # A usual home is compared with every kind, another one with usual homes alone.
    heavy = np.where(label == 0, 0.5 / sizes[0], (label == kinds) * 0.5 / np.array(sizes[1:]))
    wanted = torch.as_tensor((label == kinds).astype(np.float32))
    weight = torch.as_tensor((heavy * len(shown)).astype(np.float32))
    layers = []
    for number in range(_NETS):
        net, loss = _trained((shown, wanted, weight), lesson, lesson.seed + number)
        layers.append([each.detach().numpy() for each in net.parameters()])
        told(f"classifier {number + 1} of {_NETS}: cross-entropy {loss:.4f}")
    stacked = [np.stack(each).astype(np.float16) for each in zip(*layers, strict=True)]
    return Classifier(
        names,
        tuple(each.swapaxes(1, 2).astype(float) for each in stacked[0::2]),
        tuple(each[:, np.newaxis].astype(float) for each in stacked[1::2]),
    )


def _trained(homes: tuple[Tensor, Tensor, Tensor], lesson: Lesson, seed: int) -> tuple[Any, float]:
    """Return a network, and its mean loss in the last pass."""
    shown, wanted, weight = homes
    torch.manual_seed(seed)
    layers: list[Any] = []
    before = shown.shape[1]
    for width in lesson.widths:
        layers += [torch.nn.Linear(before, width), torch.nn.SiLU(), torch.nn.Dropout(_DROPPED)]
        before = width
    net = torch.nn.Sequential(*layers, torch.nn.Linear(before, wanted.shape[1]))
    optimizer = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps = lesson.epochs * math.ceil(len(shown) / _BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps)
    total = 0.0
    for _ in range(lesson.epochs):
        total = 0.0
        for at in torch.randperm(len(shown)).split(_BATCH):
            noisy = shown[at] + _NOISE * torch.randn(len(at), shown.shape[1])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                net(noisy), wanted[at], weight=weight[at]
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(at)
    return net.eval(), total / len(shown)


def with_classifier(
    block: Block[Any], made: dict[str, Any], classifier: Classifier
) -> dict[str, Any]:
    """Return the arrays of a block with those of its classifier, and what numpy is to say."""
    twists = [LEARNED[block.name].kinds[name].twist for name in classifier.names]
    network = Network.of(made, block.prior)
    shown = network.standard(features_of_reference(block).astype(np.float32).astype(float))
    return {
        **{name: array for name, array in made.items() if not name.startswith("classifier_")},
        "classifier_alarms": np.array(classifier.names, dtype=str),
        "classifier_twists": np.array(twists, dtype=str),
        **{
            f"classifier_weights_{at}": each.astype(np.float16)
            for at, each in enumerate(classifier.weights)
        },
        **{
            f"classifier_biases_{at}": each[:, 0].astype(np.float16)
            for at, each in enumerate(classifier.biases)
        },
        "classifier_homes": twisted_reference(block, twists).astype(np.float32),
        "classifier_logits": _by_torch(classifier, shown),
    }


def _by_torch(classifier: Classifier, shown: Floats) -> Floats:
    """Return the logits of homes as PyTorch has them."""
    inner = torch.as_tensor(shown.astype(np.float32)).expand(_NETS, -1, -1)
    pairs = list(zip(classifier.weights, classifier.biases, strict=True))
    for number, (weights, biases) in enumerate(pairs):
        inner = torch.baddbmm(
            torch.as_tensor(biases.astype(np.float32)),
            inner,
            torch.as_tensor(weights.astype(np.float32)),
        )
        if number < len(pairs) - 1:
            inner = torch.nn.functional.silu(inner)
    said: Floats = inner.mean(0).double().numpy()
    return said
