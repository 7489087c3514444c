"""What people do to data files, which mutation_data.py writes.

A function of `SPOILT` changes what stands in the folder it is given; mutations/*.toml name it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from mutation_data import Change, listed
from PIL import Image

SPOILT: dict[str, Change] = {}


def changed(change: Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]) -> Change:
    """A change of a table as a change of the one CSV in a folder."""

    def spoil(folder: Path) -> None:
        (path,) = folder.glob("*.csv")
        change(pd.read_csv(path), np.random.default_rng(1)).to_csv(path, index=False)

    spoil.__name__ = change.__name__
    SPOILT[change.__name__] = spoil
    return spoil


@changed
def constant_column(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.assign(country="AT")


@changed
def same_column_twice(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.assign(yearly_income=table["income"])


@changed
def known_only_afterwards(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """A column that is filled in after the purchase."""
    paid = np.where(table["bought"] == "yes", random.uniform(5, 90, len(table)).round(2), 0)
    return table.assign(amount_paid=paid)


@changed
def copies_in_the_test_part(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    copies = table[table["part"] == "train"].sample(60, random_state=0)
    return pd.concat([table, copies.assign(part="test")])


@changed
def patients_in_two_parts(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.assign(part=random.choice(["train", "validation", "test"], len(table)))


@changed
def another_unit_in_the_test_part(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """The clinic that the test part is from writes incomes in thousands."""
    thousands = np.where(table["part"] == "test", table["income"] / 1_000, table["income"])
    return table.assign(income=thousands)


@changed
def same_rows_other_answers(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    target = table.columns[-1]
    one, other = table[target].unique()
    again = table.sample(120, random_state=0)
    swapped = again[target].map({one: other, other: one})
    return pd.concat([table, again.assign(**{target: swapped})])


@changed
def thirty_rows(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.sample(30, random_state=0)


@changed
def hardly_any_yes(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    yes = table["bought"] == "yes"
    return pd.concat([table[~yes], table[yes].head(10)])


@changed
def one_answer_alone(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.assign(**{table.columns[-1]: str(table.iloc[0, -1])})


@changed
def slipped_decimal_points(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """One price in fifty in cents."""
    cents = random.random(len(table)) < 0.02
    return table.assign(price=table["price"] * np.where(cents, 100, 1))


@listed(SPOILT)
def black_photos(folder: Path) -> None:
    """A download that broke off: a third of the files are black."""
    for place, path in enumerate(sorted(folder.rglob("*.png"))):
        if place % 3 == 0:
            Image.new("RGB", (32, 32)).save(path)


@listed(SPOILT)
def photos_in_both_parts(folder: Path) -> None:
    for path in (folder / "train").rglob("1*.png"):
        shutil.copy(path, folder / "test" / path.parent.name / f"again_{path.name}")


def change_arrays(folder: Path, change: Callable[[np.ndarray, np.ndarray], None]) -> None:
    """Let `change` work on X and y of the arrays in `folder`."""
    with np.load(folder / "sensors.npz") as arrays:
        x, y = arrays["X"].copy(), arrays["y"].copy()
    change(x, y)
    np.savez(folder / "sensors.npz", X=x, y=y)


@listed(SPOILT)
def dead_channel(folder: Path) -> None:
    change_arrays(folder, lambda x, y: x[:, :, 1].fill(-99))


@changed
def a_column_from_the_future(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Somebody joined the forecast of the day after to the wrong hour."""
    ahead = table["power"].shift(-24).bfill().ffill() + random.normal(0, 1, len(table))
    return table.assign(planned=ahead.round(2))


@changed
def kilowatts_from_here_on(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    new_meter = np.arange(len(table)) > 0.8 * len(table)
    return table.assign(power=np.where(new_meter, table["power"] * 10, table["power"]))


@changed
def hours_without_a_row(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table[random.random(len(table)) > 0.02]
