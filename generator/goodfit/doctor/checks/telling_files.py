"""Pictures whose kind of file tells their class, and pictures into which their mask is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

import numpy as np

from ..case import Case
from ..finding import Finding
from ..predictions import codes_of
from ..registry import check
from ..samples import Samples, at_random

FEWEST = 40
PICTURES = 60  # of a part, whose pixels are compared with their masks
COLOURS = 64  # different ones at least: fewer are drawings, whose colours are what they show
DRAWN = 0.98  # of a mask has the colour, and of what has the colour is in the mask


@check("telling-place", needs=("classes", "one output"), sound=True)
def telling_files(case: Case) -> Iterator[Finding]:
    """All pictures of a class in one kind of file, and those of another in another."""
    name, y = case.project.named_sample, case.known.y
    if name is None or y.ndim > 2 or case.project.anomalies:
        return
    rows = at_random(case.known.size, 2_000)
    codes = codes_of(y[rows], case.contract)
    kinds = np.array([PurePath(name(int(row))).suffix.lower() for row in rows])
    kinds[kinds == ".jpeg"] = ".jpg"
    found, which = np.unique(kinds, return_inverse=True)
    if codes.shape[1] > 1 or not 2 <= len(found) <= 5 or len(rows) < FEWEST:
        return
    table = np.zeros((len(found), int(codes.max()) + 1))
    np.add.at(table, (which, codes.ravel().astype(int)), 1)
    classes = (table.sum(axis=0) >= 10).sum()
    mostly = table.max(axis=0).sum() / table.sum()  # of each class, its commonest kind of file
    if mostly > 0.99 and classes >= 2 and len({*table.argmax(axis=0)}) > 1:
        names = case.project.classes
        said = [
            f"{names[one] if one < len(names) else f'class {one}'!r} are {found[best]} files"
            for one, best in enumerate(table.argmax(axis=0)[:4])
        ]
        yield Finding(
            "telling-place",
            "warning",
            f"Nearly all training pictures of {', those of '.join(said)}.",
            "How a file was packed shows in its pixels, and new ones come in either.",
            "save the pictures of all classes in the same way, from the same source",
        )


def colours(x: np.ndarray) -> np.ndarray:
    """int64 (pictures, height, width): a code for each colour, pixels of whole numbers from 0 to
    255, or from 0 to 1."""
    whole = x if x.dtype.kind in "iu" else np.round(x * (255 if x.max() <= 1.5 else 1))
    whole = np.clip(whole, 0, 255).astype("int64")
    return np.asarray(sum(whole[..., one] << (8 * one) for one in range(whole.shape[-1])))


def drawn(code: np.ndarray, mask: np.ndarray) -> int | None:
    """The code that nearly all of `mask`, bool, has, and hardly anything else; None without."""
    inside = code[mask]
    if len(inside) < FEWEST:
        return None
    found, counts = np.unique(inside, return_counts=True)
    best = int(found[counts.argmax()])
    both = counts.max()
    return best if min(both / len(inside), both / (code == best).sum()) >= DRAWN else None


def views(x: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """What a mask may be drawn as: one channel, or one colour; in words, with its codes."""
    if x.shape[-1] > 1:
        yield "one colour", colours(x)
    for channel in range(x.shape[-1]):
        yield f"the number {{}} of channel {channel + 1}", colours(x[..., [channel]])


@check("telling-place", needs=("targets", "one input", "one output", "validation"), sound=True)
def drawn_masks(case: Case) -> Iterator[Finding]:
    """Pixels of one value that stand where the mask is, and nowhere else, in validation pictures
    too."""
    x, y = case.known.x, case.known.y
    if case.validation is None or x.ndim != 4 or y.ndim not in (3, 4) or not case.contract.classes:
        return
    if y.shape[:3] != x.shape[:3] or x.shape[-1] > 4:
        return
    parts = case.known, case.project.known_y_val or case.validation
    train, held = (part.take(at_random(part.size, PICTURES)) for part in parts)
    if len(np.unique(colours(train.x))) < COLOURS:
        return
    masks, masks_val = (mask_of(case, part) for part in (train, held))
    for (words, code), (_, code_val) in zip(views(train.x), views(held.x), strict=True):
        best = drawn(code, masks)
        if best is not None and drawn(code_val, masks_val) == best:
            said = words.format(best)
            yield Finding(
                "telling-place",
                "warning",
                f"In nearly all pixels of the masks, and in hardly any other, stands {said}.",
                "The mask was drawn into the pictures; new ones do not have it, and all scores "
                "are too good.",
                "use the pictures as they were before masks were drawn into them",
            )
            return


def mask_of(case: Case, part: Samples) -> np.ndarray:
    """bool (pictures, height, width): where something else than the commonest class stands."""
    y = part.y.argmax(axis=-1) if case.contract.one_hot else part.y.reshape(part.x.shape[:3])
    values, counts = np.unique(y, return_counts=True)
    return np.asarray((y != values[counts.argmax()]) & (y >= 0))
