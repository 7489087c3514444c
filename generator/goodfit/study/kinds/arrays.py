"""Arrays that are no table as they are: images, or parts of their own. Refused, with the line of
Python that writes what can be read."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goodfit.errors import GoodfitError
from goodfit.reader.how import parts_in
from goodfit.study.commands import NAME_WRITTEN, python_command
from goodfit.study.files.listing import Files

if TYPE_CHECKING:
    import numpy as np

INPUTS = {"x", "data", "images", "image", "imgs", "features", "inputs"}
LABELS = {"y", "label", "labels", "target", "targets", "class", "classes"}
MOST_FILES = 20
READ_IDX = (
    "import gzip; r = lambda p: (gzip.open if p.suffix == '.gz' else open)(p, 'rb').read(); "
    "a = lambda b: n.frombuffer(b[4 + 4 * b[3]:], 'u1')"
    ".reshape(n.frombuffer(b[4:4 + 4 * b[3]], '>i4'))"
)
SMALLEST = 8  # pixels a side
WRITE_IMAGES = (
    "import numpy as n; from PIL import Image; from pathlib import Path; {opened}; "
    "[(Path('images', part, str(y)).mkdir(parents=True, exist_ok=True), "
    "Image.fromarray({pixels}).save(Path('images', part, str(y), f'{{i}}.png'))) "
    "for part, xs, ys in [{pairs}] for i, (x, y) in enumerate(zip(xs, ys))]"
)


@dataclass(frozen=True)
class Named:
    """The array of inputs of a part, and that of its labels; "" for a part that has no name, and
    for labels that are not there."""

    part: str
    x: str
    y: str


def pairs_of(names: Sequence[str]) -> list[Named]:
    """Which arrays belong together: x_train and y_train, train_images and train_labels, arr_0 and
    arr_1; those to train on first."""
    if [*names] == ["arr_0", "arr_1"]:  # savez without names
        return [Named("", *names)]
    parts = parts_in([name.replace("t10k", "test") for name in names])  # MNIST's name for it
    words = [{*re.findall("[a-z]+", name.lower())} for name in names]
    xs = {part: name for name, part, some in zip(names, parts, words, strict=True) if some & INPUTS}
    ys = {part: name for name, part, some in zip(names, parts, words, strict=True) if some & LABELS}
    order = sorted(xs, key=lambda part: part != "train")
    return [Named(part, xs[part], ys.get(part, "")) for part in order]


def are_images(x: np.ndarray, name: str) -> bool:
    """(images, height, width) or (images, height, width, channels), in colours from 0 to 255 or
    from 0 to 1; of three axes, in whole numbers, or called so."""
    if x.ndim not in (3, 4) or min(x.shape[1:3]) < SMALLEST:
        return False
    called = bool(re.search("image|img", name.lower()))
    return (x.ndim == 4 and x.shape[3] in (1, 3, 4)) or x.dtype.kind == "u" or called


def refuse_arrays(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Raise GoodfitError for arrays of images, and for those of a training and a test part."""
    pairs = [one for one in pairs_of([*arrays]) if arrays[one.x].ndim > 1]
    if pairs and (len(pairs) > 1 or are_images(arrays[pairs[0].x], pairs[0].x)):
        refuse_pairs(path, arrays, pairs, f"d = n.load({str(path)!r})")


def refuse_pairs(
    path: Path, arrays: Mapping[str, np.ndarray], pairs: Sequence[Named], opened: str
) -> None:
    """Raise GoodfitError for these arrays, which the line of Python `opened` loads as `d`: images,
    or inputs with labels, where their rows agree."""
    shapes = ", ".join(f"{name} {array.shape}" for name, array in [*arrays.items()][:6])
    whole = all(one.y and len(arrays[one.x]) == len(arrays[one.y]) for one in pairs)
    if are_images(arrays[pairs[0].x], pairs[0].x):
        fix = "save them as PNG files in folders of their class"
        if whole and all(label_expression(arrays[one.y]) for one in pairs):
            fix = NAME_WRITTEN + python_command(images_code(opened, arrays, pairs))
        raise GoodfitError(f"{path} holds {shapes}: images", "image files", fix)
    if whole and len({arrays[one.x].shape[1:] for one in pairs}) == 1:
        fix = NAME_WRITTEN + python_command(joining_code(opened, pairs))
        given = f"{path} holds {shapes}" + ": parts of their own" * (len(pairs) > 1)
        raise GoodfitError(given, "X and y in one file, which are then split in three", fix)


def label_expression(y: np.ndarray) -> str:
    """How the class of each row is got from its labels; "" where there is no one class a row."""
    if y.dtype.kind not in "biuUSO" and not bool((y == y.round()).all()):
        return ""
    if y.size == len(y):
        return ".ravel()" + ".astype(int)" * (y.dtype.kind == "f")
    one_hot = y.ndim == 2 and y.dtype.kind in "biuf" and bool((y.sum(axis=1) == 1).all())
    return ".argmax(1)" if one_hot else ""


def pixels_of(x: np.ndarray) -> str:
    """How one image is written as whole numbers from 0 to 255."""
    squeezed = "x[..., 0]" if x.ndim == 4 and x.shape[3] == 1 else "x"
    if x.dtype.kind == "f" and float(x.max()) <= 1:
        return f"(255 * {squeezed}).round().astype('uint8')"
    return squeezed if x.dtype == "uint8" else f"{squeezed}.astype('uint8')"


def images_code(opened: str, arrays: Mapping[str, np.ndarray], pairs: Sequence[Named]) -> str:
    """A line of Python that writes each image into the folder of its part and class."""
    each = [
        f"({one.part!r}, d[{one.x!r}], d[{one.y!r}]{label_expression(arrays[one.y])})"
        for one in pairs
    ]
    pixels = pixels_of(arrays[pairs[0].x])
    return WRITE_IMAGES.format(opened=opened, pixels=pixels, pairs=", ".join(each))


def joining_code(opened: str, pairs: Sequence[Named]) -> str:
    """A line of Python that writes the arrays of all parts as X and y."""

    def joined(names: list[str]) -> str:
        arrays = [f"d[{name!r}]" for name in names]
        return f"n.concatenate([{', '.join(arrays)}])" if len(arrays) > 1 else arrays[0]

    x, y = joined([one.x for one in pairs]), joined([one.y for one in pairs])
    begin = f"import numpy as n; from pathlib import Path; {opened}"
    return f"{begin}; n.savez('rows.npz', X={x}, y={y})"


def refuse_array_files(files: Files) -> None:
    """Raise GoodfitError for a folder of arrays that belong together: X.npy and y.npy, or files of
    MNIST's own format, packed or not."""
    import numpy as np

    root = f"Path({str(files.root)!r})"
    beside = [path for path in files.paths if path.parent == files.root]
    saved = {path.stem: path for path in beside if path.suffix.lower() == ".npy"}
    idx = {path.name: path for path in beside[:MOST_FILES] if is_idx(head_of(path))}
    arrays: dict[str, np.ndarray] = {}
    try:
        if saved:
            arrays = {name: np.load(path, mmap_mode="r") for name, path in saved.items()}
            opened = f"d = {{p.stem: n.load(p) for p in {root}.glob('*.npy')}}"
        elif idx:
            arrays = {name: idx_array(whole_of(path)) for name, path in idx.items()}
            opened = f"{READ_IDX}; d = {{p.name: a(r(p)) for p in {root}.glob('*ubyte*')}}"
    except (ValueError, OSError, EOFError):
        return
    pairs = pairs_of([*arrays])
    if pairs and all(one.y for one in pairs):
        refuse_pairs(files.root, arrays, pairs, opened)


def head_of(path: Path) -> bytes:
    """The first bytes of a file, unpacked."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file, suppress(OSError):
        return bytes(file.read(20))
    return b""


def whole_of(path: Path) -> bytes:
    """All of a file, unpacked."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def is_idx(head: bytes) -> bool:
    """The format of MNIST: two zeros, 8 for whole bytes, the number of axes, and their lengths."""
    return head[:3] == b"\0\0\x08" and head[3:4] in (b"\1", b"\2", b"\3", b"\4")


def idx_array(content: bytes) -> np.ndarray:
    """The array in such a file. Raises ValueError where it is cut off."""
    import numpy as np

    begin = 4 + 4 * content[3]
    return np.frombuffer(content[begin:], "u1").reshape(np.frombuffer(content[4:begin], ">i4"))
