"""Pictures in which one small place, their frame or their brightness gives the class away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import Entry, check
from ..samples import Samples, at_random
from .small_trees import beyond_guessing

ROWS = 400  # samples of a part
FEWEST = 40
NUMBERS = 10_000_000  # in all of a part together
GRID = 8  # places along each side of a picture
TELLS, HARD, SOMETHING = 0.98, 0.9, 0.1  # of what there is to get: a place; all else, from, to
NEARLY = 0.9  # a square of a picture that belongs to such a place
CLASSES = 30

TELLING = Entry(
    "telling-place",
    "warning",
    "One small place of a picture or series, its brightness, or the kind of file, that tells the "
    "class, which all the rest hardly does; a mask that is drawn into its picture.",
    "A label, a ruler, a frame or another camera was left in them; new ones do not have it, and "
    "all scores are too good.",
    "look at that place in a few samples of each class: cut it off or paint it over in all of "
    "them, unless new ones have it too",
    "trees on that place get 0.98 of what there is to get in validation samples; on all else 0.9 "
    "at most, and ten times as many errors",
    "ours: honest pictures show their class in more than one place",
)


View = Callable[[np.ndarray], np.ndarray]


class Shown(NamedTuple):
    """Samples of two parts: x (samples, ...) float32, y (samples,) codes."""

    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray

    def score(self, view: View, trees: int = 50) -> float:
        """What small trees tell of validation samples by what `view` makes of samples."""
        from sklearn.ensemble import ExtraTreesClassifier

        model: Any = ExtraTreesClassifier(trees, min_samples_leaf=2, random_state=0)
        said = model.fit(view(self.x), self.y).predict(view(self.x_val))
        return beyond_guessing(self.y_val, said)

    def by_one_tree(self, x: np.ndarray, x_val: np.ndarray) -> float:
        """What one tree tells by numbers (samples, numbers) of both parts."""
        from sklearn.tree import DecisionTreeClassifier

        model: Any = DecisionTreeClassifier(min_samples_leaf=3, random_state=0)
        return beyond_guessing(self.y_val, model.fit(x, self.y).predict(x_val))


def shown(case: Case, dimensions: int) -> Shown | None:
    """Some pictures or series with classes; None where there are none, or too few."""
    x = case.known.x
    if case.validation is None or x.ndim != dimensions or case.project.anomalies:
        return None
    if not case.contract.classes or case.known.y.ndim > 2 or x.dtype.kind == "i":
        return None
    most = min(ROWS, NUMBERS // max(1, int(np.prod(x.shape[1:]))))
    arrays: list[np.ndarray] = []
    for part in (case.known, case.project.known_y_val or case.validation):
        some: Samples = part.take(at_random(part.size, most))
        y = codes_of(some.y, case.contract)
        if len(y) < FEWEST or y.shape[1] > 1 or (y < 0).any():
            return None
        arrays += [np.nan_to_num(some.x.astype("float32")), y.ravel().astype(int)]
    x, y, x_val, y_val = arrays
    if not 2 <= len(np.unique(y)) <= CLASSES or len(np.unique(y_val)) < 2:
        return None
    return Shown(x, y, x_val, y_val)


def small(x: np.ndarray, side: int) -> np.ndarray:
    """Pictures (samples, height, width, channels) with at most `side` pixels along each side, each
    the mean of several."""
    steps = [max(1, size // side) for size in x.shape[1:3]]
    height, width = (size // step * step for size, step in zip(x.shape[1:3], steps, strict=True))
    cut = x[:, :height, :width]
    shape = (len(x), height // steps[0], steps[0], width // steps[1], steps[1], x.shape[3])
    return cut.reshape(shape).mean(axis=(2, 4))


def flat(x: np.ndarray) -> np.ndarray:
    return x.reshape(len(x), -1)


def square(x: np.ndarray, row: int, column: int) -> np.ndarray:
    """(samples, numbers): a square of a grid over pictures, in 4 x 4 pixels, and its least and most
    of each channel."""
    down, right = Box(row, row + 1, column, column + 1).pixels(x)
    own = x[:, down, right]
    return np.hstack([flat(small(own, 4)), own.max(axis=(1, 2)), own.min(axis=(1, 2))])


def edges(size: int) -> np.ndarray:
    """(GRID + 1,): where the squares of the grid begin, and where the last one ends."""
    return np.linspace(0, size, GRID + 1).astype(int)


class Box(NamedTuple):
    """A place of pictures: squares of the grid from `top` to before `bottom`, and so on."""

    top: int
    bottom: int
    left: int
    right: int

    def pixels(self, x: np.ndarray, more: int = 0) -> tuple[slice, slice]:
        """Where it is in pictures, with so many squares around it."""
        places = []
        for low, high, size in ((*self[:2], x.shape[1]), (*self[2:], x.shape[2])):
            edge = edges(size)
            places.append(slice(edge[max(0, low - more)], edge[min(GRID, high + more)]))
        return places[0], places[1]

    @property
    def at_the_side(self) -> bool:
        """Whether it leaves the middle free, where what is shown stands, or is a narrow strip from
        one side to the other; a quarter of the picture at most."""
        sides = self.bottom - self.top, self.right - self.left
        low, high = GRID // 2 - 1, GRID // 2 + 1
        free = self.bottom <= low or self.top >= high or self.right <= low or self.left >= high
        strip = max(sides) >= GRID - 1 and min(sides) <= 2
        return bool((free or strip) and sides[0] * sides[1] <= GRID * GRID // 4)

    def words(self, x: np.ndarray) -> str:
        down, right = self.pixels(x)
        return (
            f"Pixels {down.start} to {down.stop - 1} from the top, {right.start} to "
            f"{right.stop - 1} from the left,"
        )


def telling_box(samples: Shown) -> Box | None:
    """The place around all squares that nearly tell the class; None where no square does, or they
    lie where what is shown stands."""
    scores = np.zeros((GRID, GRID))
    for row, column in np.ndindex(GRID, GRID):
        parts = square(samples.x, row, column), square(samples.x_val, row, column)
        scores[row, column] = samples.by_one_tree(*parts)
    rows, columns = np.nonzero(scores >= NEARLY)
    if not len(rows):
        return None
    box = Box(*(int(one) for one in (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1)))
    return box if box.at_the_side else None


def blanked(x: np.ndarray, place: tuple[slice, ...]) -> np.ndarray:
    """The same samples without what stands in that place."""
    x = x.copy()
    x[(slice(None), *place)] = 0
    return x


def frame(x: np.ndarray) -> np.ndarray:
    """(samples, numbers): the outermost pixels of pictures, and the mean of each side."""
    sides = [x[:, 0], x[:, -1], x[:, :, 0], x[:, :, -1]]
    means = [side.mean(axis=1) for side in sides]
    return np.hstack([*means, *(flat(side[:, :: max(1, side.shape[1] // 16)]) for side in sides)])


def inner(x: np.ndarray) -> np.ndarray:
    """Pictures without a twentieth, or two pixels, along each side."""
    cut = max(2, min(x.shape[1:3]) // 20)
    return x[:, cut:-cut, cut:-cut]


def much_less(score: float, rest: float, least: float) -> bool:
    """Whether all else tells something, and much less than `score`."""
    return least <= rest <= HARD and 1 - rest >= 10 * (1 - score)


def finding(what: str, score: float, rest: float, fix: str = "") -> Finding:
    fact = f"{what} tell the class in {score:.0%} of the validation samples that guessing gets "
    fact += f"wrong; all else does in {max(0, rest):.0%}."
    return Finding("telling-place", "warning", fact, fix=fix)


@check(
    TELLING, cost="trains", needs=("targets", "one input", "one output", "validation"), sound=True
)
def telling_places(case: Case) -> Iterator[Finding]:
    """Of a script, whose samples may be made up, the rest must tell something, too."""
    samples = shown(case, 4)
    if samples is None or min(samples.x.shape[1:3]) < GRID:
        return
    least = SOMETHING if case.project.declared is None else -1.0
    box = telling_box(samples)
    if box is not None:
        score = samples.score(lambda x: flat(small(x[(slice(None), *box.pixels(x))], 24)))
        if score >= TELLS:
            rest = samples.score(lambda x: flat(small(blanked(x, box.pixels(x, 1)), 16)))
            if much_less(score, rest, least):
                yield finding(box.words(samples.x), score, rest)
                return
    yield from frame_or_light(samples, least)


def frame_or_light(samples: Shown, least: float) -> Iterator[Finding]:
    """The outermost pixels, and how bright pictures are."""
    score = samples.score(frame)
    if score >= TELLS:
        rest = samples.score(lambda x: flat(small(inner(x), 16)))
        if much_less(score, rest, least):
            yield finding("The outermost pixels", score, rest)
            return
    score = samples.score(light)
    if score >= TELLS:
        rest = samples.score(lambda x: flat(small(evened(x), 16)))
        if much_less(score, rest, SOMETHING):
            fix = "bring the pictures of all classes to the same scale and light, unless the light "
            yield finding("Brightness and contrast", score, rest, f"{fix}is what is to be told")


def light(x: np.ndarray) -> np.ndarray:
    """(samples, 2): the mean and the deviation of all pixels."""
    return np.column_stack([flat(x).mean(axis=1), flat(x).std(axis=1)])


def evened(x: np.ndarray) -> np.ndarray:
    """Pictures of one brightness and contrast."""
    mean, deviation = light(x).T[:, :, None, None, None]
    return np.asarray((x - mean) / (deviation + 1e-6))
