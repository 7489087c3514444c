"""Pictures in which one small place, their frame or their brightness gives the class away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from ..case import Case
from ..finding import Finding
from ..registry import Entry, check
from .one_place import NEARLY, SOMETHING, TELLS, Shown, blanked, flat, much_less, shown

GRID = 8  # places along each side of a picture
BEST = 6  # squares, around which larger ones are tried

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


def small(x: np.ndarray, side: int) -> np.ndarray:
    """Pictures (samples, height, width, channels) with at most `side` pixels along each side, each
    the mean of several."""
    steps = [max(1, size // side) for size in x.shape[1:3]]
    height, width = (size // step * step for size, step in zip(x.shape[1:3], steps, strict=True))
    cut = x[:, :height, :width]
    shape = (len(x), height // steps[0], steps[0], width // steps[1], steps[1], x.shape[3])
    return cut.reshape(shape).mean(axis=(2, 4))


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
    """The place around all squares that nearly tell the class, or else the best of those that are
    two squares wide; None where none does, or it lies where what is shown stands."""
    scores = np.zeros((GRID, GRID))
    for row, column in np.ndindex(GRID, GRID):
        scores[row, column] = samples.by_one_tree(
            *beside(samples, Box(row, row + 1, column, column + 1))
        )
    rows, columns = np.nonzero(scores >= NEARLY)
    if not len(rows):
        return wider_box(samples, scores)
    box = Box(*(int(one) for one in (rows.min(), rows.max() + 1, columns.min(), columns.max() + 1)))
    return box if box.at_the_side else None


def wider_box(samples: Shown, scores: np.ndarray) -> Box | None:
    """The best place of two squares by two around one of the `BEST`, where it nearly tells."""
    boxes = set()
    for place in scores.ravel().argsort()[::-1][:BEST]:
        for top, left in np.ndindex(2, 2):
            row, column = place // GRID - top, place % GRID - left
            if 0 <= row < GRID - 1 and 0 <= column < GRID - 1:
                boxes.add(Box(int(row), int(row) + 2, int(column), int(column) + 2))
    told = {box: samples.by_one_tree(*beside(samples, box)) for box in boxes if box.at_the_side}
    best = max(told, key=lambda box: told[box], default=None)
    return best if best is not None and told[best] >= NEARLY else None


def beside(samples: Shown, box: Box) -> tuple[np.ndarray, np.ndarray]:
    """What stands in that place in both parts, (samples, numbers): 4 x 4 pixels for each square,
    and the least and most of each channel."""
    made = []
    for x in (samples.x, samples.x_val):
        own = x[(slice(None), *box.pixels(x))]
        pixels = flat(small(own, 4 * (box.bottom - box.top)))
        made.append(np.hstack([pixels, own.max(axis=(1, 2)), own.min(axis=(1, 2))]))
    return made[0], made[1]


def frame(x: np.ndarray) -> np.ndarray:
    """(samples, numbers): the outermost pixels of pictures, and the mean of each side."""
    sides = [x[:, 0], x[:, -1], x[:, :, 0], x[:, :, -1]]
    means = [side.mean(axis=1) for side in sides]
    return np.hstack([*means, *(flat(side[:, :: max(1, side.shape[1] // 16)]) for side in sides)])


def inner(x: np.ndarray) -> np.ndarray:
    """Pictures without a twentieth, or two pixels, along each side."""
    cut = max(2, min(x.shape[1:3]) // 20)
    return x[:, cut:-cut, cut:-cut]


def told_of(what: str, score: float, rest: float, fix: str = "") -> Finding:
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
                yield told_of(box.words(samples.x), score, rest)
                return
    yield from frame_or_light(samples, least)


def frame_or_light(samples: Shown, least: float) -> Iterator[Finding]:
    """The outermost pixels, and how bright pictures are."""
    score = samples.score(frame)
    if score >= TELLS:
        rest = samples.score(lambda x: flat(small(inner(x), 16)))
        if much_less(score, rest, least):
            yield told_of("The outermost pixels", score, rest)
            return
    score = samples.score(light)
    if score >= TELLS:
        rest = samples.score(lambda x: flat(small(evened(x), 16)))
        if much_less(score, rest, SOMETHING):
            fix = "bring the pictures of all classes to the same scale and light, unless the light "
            yield told_of("Brightness and contrast", score, rest, f"{fix}is what is to be told")


def light(x: np.ndarray) -> np.ndarray:
    """(samples, 2): the mean and the deviation of all pixels."""
    return np.column_stack([flat(x).mean(axis=1), flat(x).std(axis=1)])


def evened(x: np.ndarray) -> np.ndarray:
    """Pictures of one brightness and contrast."""
    mean, deviation = light(x).T[:, :, None, None, None]
    return np.asarray((x - mean) / (deviation + 1e-6))
