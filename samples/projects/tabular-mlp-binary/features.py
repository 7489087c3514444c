"""What the network sees of a row: numbers, learned from the training rows alone."""

from __future__ import annotations

import keras
import numpy as np
import pandas as pd
from keras import layers

from config import DataConfig, ModelConfig, Section, refuse
from data import MISSING, PART, as_numbers, as_text

OTHER = "<other>"


def categories(column: pd.Series, free: bool) -> list[str]:
    """The categories of a column, commonest first. Where [data] does not name the column (`free`),
    numbers with a few words among them are refused: they are slips, not categories."""
    text = as_text(column)
    filled = text[text != MISSING]
    numbers = pd.to_numeric(filled, errors="coerce").notna()
    if free and 0.9 < numbers.mean() < 1:
        given = f"column {column.name!r} holds numbers, and {filled[~numbers].iloc[0]!r} among them"
        fix = "mend the cells, or see data.missing, data.decimal and data.categorical"
        refuse(given, "numbers alone", fix)
    levels: list[str] = text.value_counts().index.tolist()
    if free and len(levels) > len(column) / 2:
        print(f"note: column {column.name!r} looks like an identifier: see data.ignore")
    return levels


def too_coarse(numbers: np.ndarray) -> tuple[float, float] | None:
    """Mean and deviation, (rows,) float64, where float32 cannot tell the numbers apart or hold
    them, such as coordinates of 33,400,000 that differ by one; None where it can."""
    mean, deviation = float(np.nanmean(numbers)), float(np.nanstd(numbers))
    if not np.isfinite(deviation) or deviation == 0:
        return None
    fine = 1e-6 < deviation < 1e9 and abs(mean) < 1e4 * deviation
    return None if fine else (mean, deviation)


class Encoder(Section):
    """Numbers (gaps filled by the median, and flagged), then one-hot categories. Saved beside the
    model as encoder.json, so that prediction cannot disagree with training."""

    numeric: dict[str, float]  # column: median of the training rows
    ranges: dict[str, tuple[float, float]]  # column: least and largest of the training rows
    moved: dict[str, tuple[float, float]]  # column: centre and scale, where float32 is too coarse
    boolean: list[str]  # those of `numeric` that hold yes and no
    flagged: list[str]  # those with gaps in training: each gets a column that says "was missing"
    categorical: dict[str, list[str]]  # column: its categories; "<other>" stands for the rare ones
    elsewhere: dict[str, list[str]]  # those that validation or test rows alone hold: no news either

    @classmethod
    def fit(cls, table: pd.DataFrame, config: DataConfig) -> Encoder:
        """Learn medians and categories. `table` holds the training rows only."""
        numeric, boolean, flagged, categorical = {}, [], [], {}
        moved: dict[str, tuple[float, float]] = {}
        ranges: dict[str, tuple[float, float]] = {}
        elsewhere: dict[str, list[str]] = {}
        named = [*config.numeric, *config.boolean, *config.categorical]
        unused = [*config.targets, *config.ignore, config.group, config.part, PART]
        for name in [column for column in table.columns if column not in unused]:
            column, free = table[name], name not in named
            yes_no = name in config.boolean or (free and pd.api.types.is_bool_dtype(column))
            number = name in config.numeric or (free and pd.api.types.is_numeric_dtype(column))
            if yes_no or number:
                numbers = as_numbers(column, yes_no)
                gaps = np.isnan(numbers)
                known = numbers[~gaps] if not gaps.all() else np.zeros(1)
                numeric[name] = float(np.median(known))
                ranges[name] = float(known.min()), float(known.max())
                if coarse := too_coarse(numbers):
                    moved[name] = coarse
                boolean += [name] * yes_no
                flagged += [name] * bool(gaps.any())
            else:
                levels = categories(column, free)
                kept = sorted(levels[: config.max_categories])
                categorical[name] = kept + [OTHER] * (len(levels) > len(kept))
                whole = pd.Series(column.cat.categories if hasattr(column, "cat") else [])
                elsewhere[name] = sorted({*as_text(whole)} - {*levels})
        return cls(
            numeric=numeric,
            ranges=ranges,
            moved=moved,
            boolean=boolean,
            flagged=flagged,
            categorical=categorical,
            elsewhere=elsewhere,
        )

    def encode(self, table: pd.DataFrame, unseen: str) -> np.ndarray:
        """float32 (rows, columns): numbers, as they are where float32 can tell them apart, then
        flags, then one-hot categories.

        `unseen` says what a category that no row of the file held does: "refuse" it, or "ignore" it
        and leave its columns at zero, as for those that the training rows alone lack. Where it is
        to refuse, what else is unlike the training rows is told.
        """
        names = [*self.numeric, *self.categorical]
        if missing := [name for name in names if name not in table.columns]:
            given = f"the file has no column {', '.join(map(repr, missing[:12]))}"
            fix = "call the column that holds it so, or add it; its cells may be empty"
            refuse(given, "all that were learned from", fix)
        raw = {name: as_numbers(table[name], name in self.boolean) for name in self.numeric}
        if unseen == "refuse":
            self.tell_unlike(table, raw)
        blocks = [np.where(np.isnan(raw[name]), self.numeric[name], raw[name]) for name in raw]
        for place, name in enumerate(raw):
            centre, scale = self.moved.get(name, (0.0, 1.0))
            blocks[place] = (blocks[place] - centre) / scale
        blocks += [np.isnan(raw[name]) for name in self.flagged]
        for name, levels in self.categorical.items():
            text = as_text(table[name])
            known = text.isin(levels).to_numpy(dtype=bool)
            if OTHER in levels:
                text = text.where(known, OTHER)
            known = known | text.isin([MISSING, *self.elsewhere.get(name, [])]).to_numpy(dtype=bool)
            if OTHER not in levels and unseen == "refuse" and not known.all():
                row, new = int(known.argmin()), (~known).sum()
                given = f"column {name!r}: {new:,} of {len(text):,} cells are new since training, "
                given += f"first {text.iloc[row]!r} in row {row + 1:,}"
                fix = "mend the cells, or add --unseen ignore"
                refuse(given, f"one of {', '.join(levels[:30])}", fix)
            blocks += [(text == level).to_numpy() for level in levels]
        return np.column_stack(blocks).astype("float32")

    def tell_unlike(self, table: pd.DataFrame, raw: dict[str, np.ndarray]) -> None:
        """Say which columns lack values that no training row lacked, and which numbers lie farther
        outside of all that was learned from than that is wide: another unit, or a slip."""
        always = {*raw, *self.categorical} - {*self.flagged}
        always -= {name for name, levels in self.categorical.items() if MISSING in levels}
        for name in [name for name in table.columns if name in always]:
            gaps = (np.isnan(raw[name]) if name in raw else table[name].isna()).sum()
            if gaps:
                print(
                    f"note: column {name!r}: {gaps:,} of {len(table):,} cells are empty; in the "
                    "training rows none is"
                )
        for name, (low, high) in self.ranges.items():
            numbers = raw[name][~np.isnan(raw[name])]
            far = (numbers < 2 * low - high) | (numbers > 2 * high - low)
            if far.any():
                print(
                    f"note: column {name!r}: {far.sum():,} of {len(far):,} numbers lie far from "
                    f"{low:.6g} to {high:.6g}, the training rows', such as {numbers[far][0]:.6g}"
                )

    @property
    def kinds(self) -> dict[str, list[str]]:
        """What [data] is to say of every column, so that a later file is read as this one was."""
        numeric = [name for name in self.numeric if name not in self.boolean]
        return {"numeric": numeric, "boolean": self.boolean, "categorical": list(self.categorical)}

    def statistics(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Mean and variance, float32 (columns,), of the numbers; 0 and 1 for all other columns."""
        mean, variance = np.zeros(features.shape[1]), np.ones(features.shape[1])
        numbers = slice(len(self.numeric))
        mean[numbers] = features[:, numbers].mean(axis=0, dtype="float64")
        variance[numbers] = features[:, numbers].var(axis=0, dtype="float64")
        variance[variance < 1e-12] = 1.0  # a constant column stays at zero
        return mean.astype("float32"), variance.astype("float32")

    def flat(self, table: pd.DataFrame) -> np.ndarray:
        """float32 (rows, columns): what simple models get, here the same as the network."""
        return self.encode(table, "ignore")


def network_input(
    encoder: Encoder, x: np.ndarray, config: ModelConfig
) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """The input, (batch, columns) float32, and the same on one scale.

    Mean and variance are those of the training rows `x`; they are saved inside the model.
    """
    inputs = keras.Input(shape=x.shape[1:], dtype="float32", name="features")
    hidden = inputs
    if config.feature_scaling == "standardize":
        mean, variance = encoder.statistics(x)
        hidden = layers.Normalization(mean=mean, variance=variance, dtype="float32")(hidden)
    return inputs, layers.GaussianNoise(config.input_noise)(hidden)
