"""Pictures that show what another one shows, cut, moved or turned by a few degrees."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .neighbours import NEIGHBOURS, Near

SIDE, REACH = 12, 0.7  # numbers along a side of the grid, and the share of the side that it covers
SIZES = (0.8, 0.89, 1.0, 1.12, 1.25)
STEPS = (-0.13, 0.0, 0.13)  # in halves of a side
TURNS = (-0.36, -0.24, -0.12, 0.12, 0.24, 0.36)  # radians
STEP = 0.04  # of a size, a turn or a move, that their slopes are measured with
AT_ONCE = 64  # pictures
LEAST = 0.02  # a pattern within the grid, as a share of what stands in all pictures
Moves = list[tuple[float, float, float, float]]
MOVES: Moves = [
    *((size, 0.0, down, right) for size in SIZES for down in STEPS for right in STEPS),
    *((1.0, turn, 0.0, 0.0) for turn in TURNS),
]
SLOPES: Moves = [(STEP, 0, 0, 0), (0, STEP, 0, 0), (0, 0, STEP, 0), (0, 0, 0, STEP)]


def nearest_moved(x: np.ndarray, some: np.ndarray, rows: np.ndarray, own: bool) -> Near:
    """The nearest of the pictures `x` for `some` in these rows, both (pictures, height, width,
    channels), once cut, moved, turned a little or mirrored so that they match best. `own`: they are
    the same pictures, and none is held against itself.

    It is the tangent distance of Simard, LeCun and Denker (1993), from one side and from several
    places: what is left of a picture beside the moved one and its slopes by size, turn and place,
    which cover what lies between the moves. Light and contrast do not count.
    """
    known = even(read(softened(x), grid()[None])[:, 0])
    coarse = even(coarser(known))
    most = min(NEIGHBOURS, len(x) - 1)
    far, which = np.zeros((2, len(rows), most + 1))
    for at in range(0, len(rows), AT_ONCE):
        few = rows[at : at + AT_ONCE]
        pictures = softened(some[few])
        spans = [spanned(one) for one in (pictures, pictures[:, :, ::-1])]
        for place, row in enumerate(few):
            both = np.concatenate([span[place] for span in spans])  # (moves, points, 5)
            alike = np.abs(even(coarser(both[..., 0])) @ coarse.T).max(axis=0)
            alike[row if own else []] = -1
            near = np.argpartition(-alike, most)[: most + 1]
            parts = both.transpose(0, 2, 1).reshape(-1, SIDE**2) @ known[near].T
            told = (parts**2).reshape(len(both), -1, most + 1).sum(axis=1).max(axis=0)
            left = np.where(
                near == (row if own else -1), np.inf, np.sqrt(np.maximum(1 - told, 1e-6))
            )
            order = left.argsort()
            far[at + place], which[at + place] = left[order], near[order]
    return Near(far, which.astype(int))


def patterned(x: np.ndarray) -> np.ndarray:
    """bool (pictures,): whether there is something to see within the grid."""
    grey = softened(x)
    inner = read(grey, grid()[None])[:, 0].std(axis=1)
    least: np.ndarray = inner > LEAST * max(float(grey.std()), 1e-6)
    return least


def softened(x: np.ndarray) -> np.ndarray:
    """float32 (pictures, height, width): grey, each pixel with some of its neighbours."""
    grey = np.pad(x.astype("float32").mean(axis=-1), ((0, 0), (1, 1), (1, 1)), "edge")
    down = (grey[:, :-2] + 2 * grey[:, 1:-1] + grey[:, 2:]) / 4
    soft: np.ndarray = (down[:, :, :-2] + 2 * down[:, :, 1:-1] + down[:, :, 2:]) / 4
    return soft


def grid() -> np.ndarray:
    """(points, 2): places down and right; the picture reaches from -1 to 1."""
    line = np.linspace(-REACH, REACH, SIDE)
    return np.stack(np.meshgrid(line, line, indexing="ij"), axis=-1).reshape(-1, 2)


def places() -> Iterator[np.ndarray]:
    """The grid as each move and its slopes have it, (points, 2), one after the other."""
    for move in MOVES:
        for slope in [(0, 0, 0, 0), *SLOPES]:
            size, turn, down, right = np.add(move, slope)
            sine, cosine = np.sin(turn), np.cos(turn)
            turned = grid() @ np.array([[cosine, -sine], [sine, cosine]])
            yield size * turned + [down, right]


def read(pictures: np.ndarray, where: np.ndarray) -> np.ndarray:
    """float32 (pictures, grids, points): the pixels at places, (grids, points, 2), between them in
    shares."""
    sides = np.array(pictures.shape[1:]) - 1
    at = np.clip((where + 1) / 2 * sides, 0, sides - 1e-4)
    pixel = at.astype(int)
    down, right = np.moveaxis((at - pixel).astype("float32"), -1, 0)
    flat = pictures.reshape(len(pictures), -1)
    first = pixel[..., 0] * pictures.shape[2] + pixel[..., 1]
    above = flat[:, first] * (1 - right) + flat[:, first + 1] * right
    below = first + pictures.shape[2]
    beneath = flat[:, below] * (1 - right) + flat[:, below + 1] * right
    found: np.ndarray = above * (1 - down) + beneath * down
    return found


def spanned(pictures: np.ndarray) -> np.ndarray:
    """float32 (pictures, moves, points, 5): an orthonormal basis of each moved picture, which comes
    first, and its slopes."""
    found = read(pictures, np.stack(list(places())))
    found = found.reshape(len(pictures), len(MOVES), len(SLOPES) + 1, SIDE**2)
    found[:, :, 1:] -= found[:, :, :1]
    found -= found.mean(axis=-1, keepdims=True)
    noise = np.random.default_rng(0).normal(0, 1e-6, found.shape[2:])  # where there is no slope
    basis: np.ndarray = np.linalg.qr(np.swapaxes(found + noise.astype("float32"), 2, 3))[0]
    return basis


def coarser(points: np.ndarray) -> np.ndarray:
    """(..., points / 4): means of two by two points of the grid."""
    some = points.reshape(*points.shape[:-1], SIDE // 2, 2, SIDE // 2, 2).mean(axis=(-3, -1))
    return some.reshape(*points.shape[:-1], -1)


def even(points: np.ndarray) -> np.ndarray:
    """(..., points) without mean, all of one length."""
    middle = points - points.mean(axis=-1, keepdims=True)
    return middle / np.maximum(np.linalg.norm(middle, axis=-1, keepdims=True), 1e-6)
