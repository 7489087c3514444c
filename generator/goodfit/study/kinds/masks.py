"""Folders of images and their masks: which is which, whether they pair, and what masks hold."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from goodfit.errors import GoodfitError
from goodfit.reader.how import Fault
from goodfit.reader.pairs import ENDING, pairs
from goodfit.study.commands import python_command
from goodfit.study.evidence import Evidence, Study, counted, study_of
from goodfit.study.files.listing import IMAGES, Files
from goodfit.study.kinds.images import all_grey, sizes_of

MASKS = re.compile(
    r"((.*[_-])?(masks?|labels?|labelcol|gt|seg|segmentations?)|annotations?|annots?|trimaps?|targets?"
    r"|ground_?truths?|segmentation_?(class|object))",
    re.IGNORECASE,
)
INSTANCES = re.compile(r"(object|instance)s?$", re.IGNORECASE)
READ = 300  # masks of which all pixels are read, picked at random
SIDE = 128  # pixels of an image side where nothing else is said
MOST_VALUES = 64  # more are no classes
COMMON, NOISE = 0.01, 0.05  # of all pixels: a class, at least; a value that is none, at most
VOID = 255  # what masks of many data sets have where a pixel is of no class
APART, FEW = 24, 3  # between classes where there is noise; values of noise, at least


def study_masks(files: Files, given: Mapping[str, Any]) -> Study | None:
    """Images beside their masks; None where no folder has such a name. Raises GoodfitError."""
    paths = files.ending(IMAGES)
    inner = {files.folders(path)[-1] if files.folders(path) else "" for path in paths}
    names = folder_names(inner)
    if names is None:
        return None
    images, masks = names
    try:
        found, merged = pairs(files.root, paths, images, masks)
    except Fault as fault:
        fix = fault.fix
        if "has no image" not in fault.given and "share a name" not in fault.given:
            fix += hiding_unmasked(files.root, images, masks)
        raise GoodfitError(fault.given, fault.expected, fix) from None
    of_image = {image: some for image, *some in found.values()}
    count = sum(map(len, of_image.values()))
    how = (
        f"{counted(count, 'mask')} of {counted(len(of_image), 'image')}, to be merged"
        if merged
        else "a mask for each"
    )
    why = f"{images}/ holds images and {masks}/ masks: {how}"
    evidence = [
        Evidence("input", "image", "certain", f"{len(paths):,} image files{files.left_out}"),
        Evidence("task", "segmentation", "certain", why),
        Evidence(
            "samples", len(of_image), "certain", f"{len(of_image):,} pairs of image and masks"
        ),
    ]
    for name, kind, usual in (
        ("image_folder", images, "images"),
        ("mask_folder", masks, "masks"),
    ):
        if kind != usual:
            words = "the folders" if "*" in kind else "the folder"
            evidence.append(Evidence(name, kind, "certain", f"{words} {kind}/"))
    all_masks = [one for some in of_image.values() for one in some]
    evidence += mask_evidence(all_masks, merged, given, painted_fix(files.root, masks))
    picked = random.Random(0).sample([*of_image], min(READ, len(of_image)))
    sizes, broken = sizes_of(picked)
    if not sizes:
        raise GoodfitError(f"{broken[0]} is no image", "image files", "name the right folder")
    channels = 1 if all_grey(picked[:60]) else 3
    sides = {side for size in sizes.values() for side in size}
    shown = ", ".join(f"{width} x {height}" for width, height in sorted({*sizes.values()})[:3])
    words = f"{'grey' if channels == 1 else 'in colour'}, {shown} pixels"
    evidence.append(
        Evidence("channels", channels, "likely", f"images picked at random are {words}")
    )
    if max(sides) < SIDE and "image_size" not in given:
        side = max(16, -(-max(sides) // 16) * 16)
        evidence.append(Evidence("image_size", side, "likely", f"images are {shown} pixels"))
    return study_of(files.root, "a folder of images and their masks", evidence)


def folder_names(names: set[str]) -> tuple[str, str] | None:
    """What the folders of images and of masks are called; with * for the part where each part has
    its own, train/ and train_labels/. None where no folder of images has one of masks."""
    masks = {name for name in names if MASKS.fullmatch(name)}
    if len(masks) > 1:  # of each thing alone: as in Pascal VOC, beside those of classes
        masks = {name for name in masks if not INSTANCES.search(name)}
    images = names - masks - {name for name in names if INSTANCES.search(name)}
    if len(masks) == 1 == len(images) and "" not in images:
        return min(images), min(masks)
    ways = Counter(
        mask.replace(image, "*", 1) for mask in masks for image in images if image and image in mask
    )
    both = [(image, way.replace("*", image)) for way in ways for image in images]
    both = [pair for pair in both if pair[1] in masks]
    if len(ways) != 1 or len(both) != len(masks):
        return None
    return both[0] if len(both) == 1 else ("*", min(ways))


def names_masks(paths: Iterable[Path]) -> bool:
    """A folder of images is called SegmentationClass: what is drawn there says more than boxes."""
    return any(
        "segmentation" in path.parent.name.lower() and path.suffix.lower() in IMAGES
        for path in paths
    )


def hiding_unmasked(root: Path, images: str, masks: str) -> str:
    """What hides the images without a mask, as the end of a fix; "" where each part has folders of
    its own."""
    if "*" in images + masks:
        return ""
    code = f"import pathlib as l, re; r = l.Path({str(root)!r}); "
    code += f"e = re.compile({ENDING.pattern!r}, re.I); "
    code += f"k = {{e.sub('', m.stem) for m in r.rglob({masks!r} + '/*')}}; "
    code += f"[i.rename(i.with_name('.' + i.name)) for i in r.rglob({images!r} + '/*') "
    code += "if i.stem not in k and i.name[0] != '.']"
    return f"; this hides the images without one: {python_command(code)}"


def painted_fix(root: Path, masks: str) -> str:
    """What writes a number for each colour of masks, and hides these, as the end of a fix; "" where
    each part has a folder of its own."""
    if "*" in masks:
        return ""
    code = "import numpy as n, pathlib as l; from PIL import Image as I; "
    code += f"s = [*l.Path({str(root)!r}).rglob({masks!r})]; "
    code += "h = [d.rename(d.with_name('.' + d.name)) for d in s]; [d.mkdir() for d in s]; "
    code += "c = lambda f: n.asarray(I.open(f).convert('RGB')).astype(int) @ [65536, 256, 1]; "
    code += "w = [(f, d / (f.stem + '.png')) for d, k in zip(s, h) for f in k.iterdir()]; "
    code += "v = n.unique(n.concatenate([n.unique(c(f)) for f, _ in w])); "
    code += "[I.fromarray(n.searchsorted(v, c(f)).astype('uint8')).save(t) for f, t in w]"
    return f"; this does so, a number for each colour: {python_command(code)}"


def mask_evidence(
    paths: list[Path], merged: bool, given: Mapping[str, Any], painted: str
) -> list[Evidence]:
    """How many classes the masks hold; `painted` is what may be done where they hold few colours.
    Raises GoodfitError for masks that hold no classes."""
    from PIL import Image

    if merged:
        why = "masks of one image are merged: what stands in any of them, and the rest"
        return [Evidence("classes", 2, "certain", why)]
    if said := given.get("mask_values"):
        why = f"each pixel is of the nearest of {', '.join(map(str, said))}"
        return [Evidence("classes", len(said), "certain", why)]
    picked = random.Random(0).sample(paths, min(READ, len(paths)))
    pixels: Counter[int] = Counter()
    for path in picked:
        try:
            with Image.open(path) as opened:
                found = grey_values(opened)
        except Exception as error:
            said_words = f"the mask {path} cannot be read: {error}"
            raise GoodfitError(said_words, "PNG masks", "replace it, or move it away") from None
        if found is None:
            fix = "write its classes as grey values" + painted * few_colours(picked)
            said_words = f"the mask {path} has colours"
            raise GoodfitError(said_words, "one number a pixel: 0 for the background", fix)
        pixels.update(found)
    looked = "all" if len(picked) == len(paths) else f"{len(picked)} of {len(paths):,}"
    void = [value for value in given.get("void_values", ()) if value in pixels]
    for value in void:
        del pixels[value]
    if meant := without_noise(pixels):
        share = sum(pixels[one] for one in meant) / pixels.total()
        why = f"{looked} masks hold {len(pixels)} values, and {share:.0%} of the pixels are "
        why += f"{', '.join(map(str, meant))}: are the others noise, as JPEG and smooth scaling "
        why += "make it? Each is then taken for the nearest of these"
        classes = Evidence("classes", len(meant), "likely", "those that most pixels are of")
        return [classes, Evidence("mask_values", meant, "unsure", why)]
    if len(pixels) > MOST_VALUES:
        said_words = f"masks hold {len(pixels)} different values"
        fix = "keep masks as PNG, scaled by nearest neighbours; JPEG makes values of its own"
        raise GoodfitError(said_words, "a value for each class", fix)
    if len(pixels) < 2:
        alone = f"all masks hold the value {[*pixels]} alone"
        raise GoodfitError(alone, "classes", "check the masks")
    shown = ", ".join(map(str, sorted(pixels)[:12])) + ", ..." * (len(pixels) > 12)
    why = f"{looked} masks hold the values {shown}"
    why += f", beside {', '.join(map(str, void))} for what is of no class" * bool(void)
    if "void_values" in given or not stands_for_nothing(pixels):
        return [Evidence("classes", len(pixels), "likely", why)]
    share = pixels[VOID] / pixels.total()
    asked = f"{share:.1%} of the pixels are {VOID}, the others {min(pixels)} to "
    asked += f"{max({*pixels} - {VOID})}: is {VOID} no class, but pixels that are neither to be "
    asked += "learned nor scored (void)?"
    classes = Evidence("classes", len(pixels) - 1, "likely", f"{why}; {VOID} is taken for none")
    return [classes, Evidence("void_values", [VOID], "unsure", asked, ([],))]


def few_colours(paths: Iterable[Path]) -> bool:
    """The masks hold so few colours that each may be a class."""
    from PIL import Image

    colours: set[Any] = set()
    for path in paths:
        with Image.open(path) as opened:
            found = opened.convert("RGB").getcolors(MOST_VALUES)
        colours |= {colour for _, colour in found or ()}
        if found is None or len(colours) > MOST_VALUES:
            return False
    return True


def stands_for_nothing(pixels: Mapping[int, int]) -> bool:
    """The value of void stands far from all others, which count classes from 0 or 1 on."""
    others = sorted({*pixels} - {VOID})
    return VOID in pixels and len(others) > 1 and others[0] <= 1 and others[-1] < VOID / 2


def without_noise(pixels: Mapping[int, int]) -> list[int]:
    """The values that are meant where others stand around and between them; [] where each may be:
    nearly all pixels are of a few that lie far apart, and there are several others, all rare."""
    total = sum(pixels.values())
    main = sorted(
        one
        for one, count in pixels.items()
        if count >= COMMON * total
        and count == max(pixels.get(near, 0) for near in range(one - APART, one + APART + 1))
    )
    others = [count for one, count in pixels.items() if one not in main]
    apart = all(high - low > APART for low, high in pairwise(main))
    rare = len(others) > FEW and max(others) < NOISE * total and sum(others) < total / 3
    return main if len(main) > 1 and apart and rare else []


def grey_values(image: Any) -> dict[int, int] | None:
    """The values of a mask, or the places of its colours in its palette, with how many pixels have
    each; None for colours."""
    if image.mode in ("RGB", "RGBA", "LA"):
        bands = image.split()
        if image.mode != "LA" and any(band.tobytes() != bands[0].tobytes() for band in bands[1:3]):
            return None
        image = bands[0]
    return {value: count for count, value in image.getcolors(image.width * image.height) or ()}
