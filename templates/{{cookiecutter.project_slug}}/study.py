"""Look at the data as the network will see it: a page with pictures, study/report.html.

python study.py
python study.py --set training.seed=1     of another split
Of the test part only counts are shown: who looks at it, fits choices to it.
"""

import doctor.loading  # noqa: F401  isort: skip
from collections.abc import Iterator
from pathlib import Path

import keras
import numpy as np
import pandas as pd

import data
from checks.inputs import inputs
from checks.parts import parts
from checks.samples import samples
from checks.targets import targets
from config import Config, load_config, parse_arguments
from report import pictures
from report.page import BLUE, Block, new_figure, write_page
from run import Prepared
from train import prepare

OF_DATA = (samples, inputs, parts, targets)
PARTS = ("train", "validation", "test")
SAMPLED = 1_000  # training samples that distributions are drawn of, at random


def as_the_network_sees(model: keras.Model, x: np.ndarray) -> np.ndarray:
    """`x`, encoded samples, as the model's own normalisation hands them on; itself without one."""
    found = [layer for layer in model.layers if isinstance(layer, keras.layers.Normalization)]
    if not found:
        return x
    scaled: np.ndarray = keras.Model(model.input, found[-1].output).predict(x, verbose=0)
    return scaled


def of_findings(prepared: Prepared, config: Config) -> Block:
    """What the checks of the data have to say; check.py looks at the network as well."""
    found = [one for group in OF_DATA for one in group(prepared, config)]
    rows = [(one.level, one.fact, one.why, one.fix) for one in found]
    table = pd.DataFrame(rows, columns=["level", "what", "why it matters", "what to do"])
    words = "Nothing stands out. " * (not rows) + "python check.py looks at the network as well."
    return Block("What stands out", words, table if rows else None)


def of_parts(prepared: Prepared, config: Config) -> Block:
    """How many samples each part has, and how many of them have a copy somewhere."""
    keys = {name: data.keys(prepared.tables[name], config) for name in PARTS}
    rows = [
        (name, len(key), len(key) - len(np.unique(key)), int(np.isin(key, keys["train"]).sum()))
        for name, key in keys.items()
    ]
    columns = ["part", data.SAMPLES, "copies within the part", "copies of training samples"]
    table = pd.DataFrame(rows, columns=columns)
    table.loc[0, columns[3]] = 0
    words = "Training learns from the first part and is watched on the second; the test part is "
    words += "scored once, by evaluate.py."
    return Block(f"Parts of the {data.SAMPLES}", words, table)


def of_classes(prepared: Prepared, names: list[str]) -> Block:
    """How often each class or label is the answer, in each part."""
    counts = {}
    for part in PARTS:
        y = prepared.target.encode(prepared.tables[part])
        if y.dtype.kind == "f":  # a column for each label
            counts[part] = (y == 1).sum(axis=0)
        else:
            counts[part] = np.bincount(y[y >= 0].ravel(), minlength=len(names))
    table = pd.DataFrame(counts, index=pd.Index(names, name="answer"))
    shares = table["train"] / max(1, table["train"].sum())
    table.insert(1, "share of train", shares.map("{:.1%}".format))
    few, many = table["train"].min(), table["train"].max()
    words = f"The commonest stands {many / max(1, few):,.3g} times as often as the rarest."
    return Block("Answers in each part", words, table)


def of_numbers(prepared: Prepared, names: list[str]) -> Iterator[Block]:
    """How the training targets are spread, and which lie far out (Tukey: 1.5 times the distance
    between the quarters)."""
    values = prepared.tables["train"][names].apply(pd.to_numeric).astype("float64")
    quarters = values.quantile([0, 0.25, 0.5, 0.75, 1]).T
    quarters.columns = pd.Index(["least", "a quarter below", "middle", "a quarter above", "most"])
    low, high = quarters["a quarter below"], quarters["a quarter above"]
    outside = (values < low - 1.5 * (high - low)) | (values > high + 1.5 * (high - low))
    table = quarters.assign(**{"far out": outside.sum()}).rename_axis("target")
    share = outside.any(axis=1).mean()
    words = f"{share:.1%} of the training {data.SAMPLES} have a target further beyond the quarters"
    words += " than 1.5 times their distance."
    yield Block("Targets", words, table)
    figure = new_figure(9, 2.6)
    panels = figure.subplots(1, min(4, len(names)), squeeze=False)[0]
    for axes, name in zip(panels, names, strict=False):
        axes.hist(values[name], bins=40, color=BLUE)
        axes.set_title(name)
    yield Block("How the targets are spread", "Of the training part, in their own unit.", figure)


def of_targets(prepared: Prepared, config: Config) -> Iterator[Block]:
    """What is to be answered, be it classes, labels, tags or numbers."""
    target = prepared.target
    if columns := getattr(target, "columns", None):
        yield from of_numbers(prepared, columns)
        return
    kinds = ("classes", "tags", "labels")
    names = next((getattr(target, kind) for kind in kinds if hasattr(target, kind)), None)
    yield of_classes(prepared, [str(one) for one in names or ("normal", "anomaly")])


def of_capacity(prepared: Prepared, config: Config) -> Block:
    """How much the network could learn by heart."""
    weights = sum(int(np.prod(weight.shape)) for weight in prepared.model.trainable_weights)
    x, y = prepared.parts.x, prepared.parts.y
    rows = [
        ("trainable parameters of the network", weights),
        ("parameters for each training sample", weights / len(x)),
        ("parameters for each number to be answered", weights / max(1, y.size)),
    ]
    words = "Far more parameters than samples are usual, and early stopping and dropout live with "
    words += "it; the more there are, the more depends on them."
    return Block("Capacity", words, pd.DataFrame(rows, columns=["", "count"]))


def blocks(prepared: Prepared, config: Config) -> Iterator[Block]:
    """The whole page."""
    yield of_findings(prepared, config)
    yield of_parts(prepared, config)
    yield from of_targets(prepared, config)
    random = np.random.default_rng(config.training.seed)
    places = np.sort(random.permutation(len(prepared.parts.x))[:SAMPLED])
    x = prepared.parts.x[places]
    seen = as_the_network_sees(prepared.model, x)
    yield from pictures.blocks(prepared, config, places, seen)
    yield of_capacity(prepared, config)


def main(arguments: list[str] | None = None) -> Path:
    options = parse_arguments(__doc__).parse_args(arguments)
    config = load_config(options.config, options.set)
    title = f"The data of {options.config.resolve().parent.name}"
    page = write_page(title, blocks(prepare(config), config), options.config.parent / "study")
    print(f"wrote {page}: open it in a browser")
    return page


if __name__ == "__main__":
    main()
