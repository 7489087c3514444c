"""What small trees learn from some samples and tell of others: where they fail, no network that
sees the same can do better."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import keras
import numpy as np
from keras import layers

from ..case import Case
from ..finding import Finding
from ..network import layers_of
from ..predictions import codes_of
from ..registry import Entry, check
from ..samples import Samples, at_random
from .columns import reads_codes

ROWS, WIDTH, CODES = 600, 400, 300  # samples, numbers of each, codes of words: at most
FEWEST = 40  # samples of a part, and ten of each class, at least
TREES = 40


class Rows:
    """Some samples of a part as trees read them: `x` (samples, numbers), `y` (samples,) codes."""

    def __init__(self, x: np.ndarray, y: np.ndarray) -> None:
        self.x, self.y = x, y

    @cached_property
    def trees(self) -> Any:
        from sklearn.ensemble import ExtraTreesClassifier

        return ExtraTreesClassifier(TREES, min_samples_leaf=2, random_state=0).fit(self.x, self.y)

    def halves(self) -> tuple[Rows, Rows]:
        return Rows(self.x[::2], self.y[::2]), Rows(self.x[1::2], self.y[1::2])

    def by_themselves(self) -> float:
        """How well one half tells the other."""
        first, second = self.halves()
        return beyond_guessing(second.y, first.trees.predict(second.x))


def beyond_guessing(true: np.ndarray, said: np.ndarray) -> float:
    """1 where all is right, 0 where nothing is but what naming the commonest class gets."""
    guess = np.unique(true, return_counts=True)[1].max() / len(true)
    return float(((true == said).mean() - guess) / max(1e-9, 1 - guess)) if guess < 0.95 else 0.0


def renamed(true: np.ndarray, said: np.ndarray) -> np.ndarray:
    """`said` with each class called like the one that it mostly stands for."""
    result = said.copy()
    for name in np.unique(said):
        found, counts = np.unique(true[said == name], return_counts=True)
        result[said == name] = found[counts.argmax()]
    return result


def numbers(x: Any, words: np.ndarray | None) -> np.ndarray:
    """float32 (samples, numbers): of `words`, codes, which of them a sample holds; of images and
    series every so many places."""
    blocks = []
    for array in keras.tree.flatten(x):
        flat = array.reshape(len(array), -1)
        if words is not None:
            blocks.append((flat[:, :, None] == words).any(axis=1))
        elif array.ndim == 4:
            step = max(1, int(np.ceil((flat.shape[1] / WIDTH) ** 0.5)))
            blocks.append(array[:, ::step, ::step].reshape(len(array), -1))
        else:
            blocks.append(flat[:, :: max(1, -(-flat.shape[1] // WIDTH))])
    return np.nan_to_num(np.hstack(blocks).astype("float32"), posinf=0, neginf=0)


def classes_of(case: Case, y: np.ndarray) -> np.ndarray | None:
    """(samples,) codes: classes, or whether a number is above the middle one of training."""
    if case.contract.classes:
        codes = codes_of(y, case.contract)
        return codes.ravel() if codes.shape[1] == 1 and y.dtype.kind in "biuf" else None
    if case.contract.answer != "numbers" or y.size != len(y):
        return None
    return (y.ravel() > np.median(case.train.y)).astype(int)


def rows_of(case: Case, part: Samples, words: np.ndarray | None) -> Rows | None:
    """Some samples of a part, at random; None where there are too few, or nothing to tell."""
    some = part.take(np.random.default_rng(0).permutation(at_random(part.size, ROWS)))
    y = classes_of(case, some.y) if isinstance(some.y, np.ndarray) else None
    if y is None or len(y) < FEWEST or not 2 <= len(np.unique(y)) <= 20:
        return None
    if min(np.unique(y, return_counts=True)[1]) < 5:
        return None
    return Rows(numbers(some.x, words), y)


@check("validation-differs", cost="trains", needs=("validation", "targets", "one output"))
def told_only_by_itself(case: Case) -> Iterator[Finding]:
    """Each part tells its own classes, and training does not tell those of validation."""
    if case.project.declared is not None or case.validation is None:
        return
    words = None
    if isinstance(case.train.x, np.ndarray) and case.train.x.ndim == 2 and reads_codes(case):
        found, counts = np.unique(case.train.x[at_random(case.train.size)], return_counts=True)
        words = found[counts.argsort()[::-1][:CODES]]
    train, held = (rows_of(case, part, words) for part in (case.train, case.validation))
    if train is None or held is None or train.x.shape[1:] != held.x.shape[1:]:
        return
    said = train.trees.predict(held.x)
    between = beyond_guessing(held.y, said)
    if between > 0.2 or min(train.by_themselves(), held.by_themselves()) < 0.5:
        return
    if beyond_guessing(held.y, renamed(held.y, said)) > 0.5:
        what = "classes of the validation part go by other codes than in training"
        fix = "settle the codes once, from the training part, and use the same for all parts"
    else:
        what = "validation inputs mean something else than training inputs"
        fix = (
            "prepare both parts with what was fitted on the training part (scaler, vocabulary, "
            "order of columns and inputs), and see that rows and targets stay together"
        )
    yield Finding(
        "validation-differs",
        "warning",
        f"Small trees tell either part by itself, and not validation from training: {what}.",
        "What validation says is then about other data than what the network learns from.",
        fix,
    )


def mirrored(x: np.ndarray, mode: str) -> np.ndarray:
    """Images (samples, height, width, channels), turned over."""
    return x[:, :, ::-1] if "horizontal" in mode else x[:, ::-1]


@check(
    Entry(
        "augmentation-changes-answer",
        "warning",
        "Images turned over in training, although that makes another class of them.",
        "Half of the time the network is then taught the wrong answer.",
        "leave RandomFlip out, or change the target with the image",
        "small trees tell the images by more than half of what guessing leaves open, and mirrored "
        "ones by less than nothing, unless the classes change places",
        "ours",
    ),
    cost="trains",
    needs=("targets", "one input", "one output"),
)
def augmentation_changes_answer(case: Case) -> Iterator[Finding]:
    x = case.train.x
    if x.ndim != 4 or case.project.declared is not None or not case.contract.classes:
        return
    flips = [one for one in layers_of(case.shown) if isinstance(one, layers.RandomFlip)]
    half = case.train.size // 2
    parts = [Samples(x[rows], case.train.y[rows]) for rows in (slice(half), slice(half, None))]
    learn, ask = (rows_of(case, part, None) if flips else None for part in parts)
    if learn is None or ask is None:
        return
    turned = rows_of(case, Samples(mirrored(parts[1].x, flips[0].mode), parts[1].y), None)
    assert turned is not None
    said = learn.trees.predict(turned.x)
    if beyond_guessing(ask.y, learn.trees.predict(ask.x)) < 0.5:
        return
    if beyond_guessing(ask.y, said) < 0 and beyond_guessing(ask.y, renamed(ask.y, said)) > 0.3:
        wrong = f"{(said != ask.y).mean():.0%}"
        yield Finding(
            "augmentation-changes-answer",
            "warning",
            f"Mirrored by '{flips[0].name}', {wrong} of the images look like those of another "
            "class.",
        )
