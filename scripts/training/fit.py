"""Mixture density networks in PyTorch: an ensemble trained side by side."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import torch

from custom_components.shems.core.infer.network import SHARPEST

type Tensor = Any
type Told = Callable[[str], None]

NETS: Final = 3
COMPONENTS: Final = 8
_BATCH: Final = 512
_RATE: Final = 2e-3
_DECAY: Final = 1e-2
_WARM: Final = 0.15
"""Share of the steps in which the rate rises, as one-cycle schedules have it (L. N. Smith)."""
_NOISE: Final = 0.002
"""Standard deviations of noise on the features, so that no home is known by its rounding. More
of it, 0.01, made the intervals of what is known best, such as a capacity, a tenth too wide."""
_CALM: Final = 0.3
"""Of the last layer's weights at first: every home begins with much the same mixture."""
_LONGEST: Final = 5.0
"""Norm to which slopes are cut: a home far outside must not throw the weights about."""


@dataclass(frozen=True)
class Task:
    """What is to be trained.

    Attributes:
        width: of the three layers.
        epochs: passes through the homes.
        seed: of the weights, the order of the homes and the noise.
        threads: of PyTorch's.
    """

    width: int
    epochs: int
    seed: int
    threads: int


@dataclass(frozen=True)
class Samples:
    """Standardised features and unbounded parameters, (n, F) and (n, D)."""

    features: np.ndarray[Any, Any]
    values: np.ndarray[Any, Any]


def log_density(parameters: list[Tensor], features: Tensor, values: Tensor) -> Tensor:
    """Return each network's log density of unbounded values: (E, B, F), (E, B, D) -> (E, B)."""
    inner = features
    for at in range(0, 6, 2):
        inner = torch.nn.functional.silu(
            torch.baddbmm(parameters[at + 1].unsqueeze(1), inner, parameters[at])
        )
    out = torch.baddbmm(parameters[7].unsqueeze(1), inner, parameters[6])
    nets, batch, size = values.shape
    count = COMPONENTS
    lower = size * (size - 1) // 2
    logits, means, scales, rest = out.split([count, count * size, count * size, count * lower], 2)
    diagonal = scales.reshape(nets, batch, count, size).clamp(-SHARPEST, SHARPEST)
    apart = values.unsqueeze(2) - means.reshape(nets, batch, count, size)
    factors = torch.diag_embed(diagonal.exp())
    rows, columns = np.tril_indices(size, -1)
    factors[..., rows, columns] = rest.reshape(nets, batch, count, lower)
    scaled = (factors.transpose(-1, -2) @ apart.unsqueeze(-1)).squeeze(-1)
    each = diagonal.sum(-1) - 0.5 * (scaled.square().sum(-1) + size * math.log(2 * math.pi))
    return torch.logsumexp(torch.log_softmax(logits, -1) + each, -1)


def fit(samples: Samples, held_out: Samples, task: Task, told: Told) -> list[np.ndarray[Any, Any]]:
    """Return weights and biases in turn, (3, ...) each, as they were best on what was held out."""
    torch.set_num_threads(task.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    maker = torch.Generator().manual_seed(task.seed)
    parameters = _new(samples, task.width, maker, device)
    features, values = (torch.as_tensor(each).to(device) for each in _arrays(samples))
    tests = tuple(torch.as_tensor(each).to(device) for each in _arrays(held_out))
    steps = task.epochs * max(1, len(features) // _BATCH)
    optimizer = torch.optim.AdamW(parameters, lr=_RATE, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, _RATE, total_steps=steps, pct_start=_WARM
    )
    best = torch.full((NETS,), -math.inf, device=device)
    kept = [each.detach().clone() for each in parameters]
    begun = time.monotonic()
    for epoch in range(task.epochs):
        total, number = 0.0, 0
        for at in _batches(len(features), maker):
            shown = features[at]
            noise = torch.randn(shown.shape, generator=maker)
            loss = -log_density(parameters, shown + _NOISE * noise.to(device), values[at]).mean(1)
            optimizer.zero_grad()
            loss.sum().backward()
            torch.nn.utils.clip_grad_norm_(parameters, _LONGEST)
            optimizer.step()
            schedule.step()
            total, number = total - float(loss.detach().mean()), number + 1
        score = _score(parameters, *tests)
        better = score > best
        best = torch.where(better, score, best)
        for old, new in zip(kept, parameters, strict=True):
            old[better] = new.detach()[better]
        told(
            f"epoch {epoch + 1} of {task.epochs}: log density {total / number:.3f}, "
            f"held out {' '.join(f'{float(each):.3f}' for each in score)}, "
            f"{time.monotonic() - begun:.0f} s"
        )
    return [each.cpu().numpy() for each in kept]


def _new(samples: Samples, width: int, maker: Any, device: str) -> list[Tensor]:
    """Return weights as those of linear layers begin, with the Gaussians apart from each other."""
    size = samples.values.shape[1]
    outputs = COMPONENTS * (1 + 2 * size + size * (size - 1) // 2)
    widths = (samples.features.shape[1], width, width, width, outputs)
    parameters = []
    for before, after in pairwise(widths):
        slopes = torch.rand(NETS, before, after, generator=maker) * 2 - 1
        parameters += [slopes * before**-0.5, torch.zeros(NETS, after)]
    parameters[-2] *= _CALM
    means = slice(COMPONENTS, COMPONENTS * (1 + size))
    parameters[-1][:, means] = torch.randn(NETS, COMPONENTS * size, generator=maker)
    return [each.to(device).requires_grad_() for each in parameters]


def _arrays(samples: Samples) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    return samples.features.astype(np.float32), samples.values.astype(np.float32)


def _batches(count: int, maker: Any) -> Iterator[Tensor]:
    """Yield the rows of one pass, (3, batch): every network has an order of its own."""
    order = torch.stack([torch.randperm(count, generator=maker) for _ in range(NETS)])
    for begin in range(0, max(1, count // _BATCH) * _BATCH, _BATCH):
        yield order[:, begin : begin + _BATCH]


def _score(parameters: list[Tensor], features: Tensor, values: Tensor) -> Tensor:
    """Return each network's mean log density of homes that it has not seen, (3,)."""
    with torch.no_grad():
        parts = [
            log_density(
                parameters,
                features[begin : begin + 2048].expand(NETS, -1, -1),
                values[begin : begin + 2048].expand(NETS, -1, -1),
            )
            for begin in range(0, len(features), 2048)
        ]
        return torch.cat(parts, 1).mean(1)


def ensemble_log_density(
    weights: list[np.ndarray[Any, Any]],
    features: np.ndarray[Any, Any],
    values: np.ndarray[Any, Any],
) -> np.ndarray[Any, Any]:
    """Return what PyTorch says of unbounded values with these weights, the nets' mixture, (n,)."""
    parameters = [torch.as_tensor(each.astype(np.float32)) for each in weights]
    shown, wanted = (
        torch.as_tensor(each.astype(np.float32)).expand(NETS, -1, -1) for each in (features, values)
    )
    with torch.no_grad():
        each = log_density(parameters, shown, wanted)
        found: np.ndarray[Any, Any] = (torch.logsumexp(each, 0) - math.log(NETS)).numpy()
        return found
