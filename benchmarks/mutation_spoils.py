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


def some(count: int, share: float, random: np.random.Generator) -> np.ndarray:
    """bool (count,): a share of the rows, at random."""
    return random.random(count) < share


@changed
def income_unknown_is_minus_one(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.assign(income=table["income"].mask(some(len(table), 0.03, random), -1))


@changed
def age_unknown_is_99(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.assign(age=table["age"].mask(some(len(table), 0.04, random), 99))


@changed
def price_unknown_is_all_nines(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.assign(price=table["price"].mask(some(len(table), 0.03, random), 9_999_999))


@changed
def pressure_not_taken_is_zero(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.assign(pressure=table["pressure"].mask(some(len(table), 0.05, random), 0))


@changed
def bmi_filled_with_the_mean(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    known = table["bmi"].mask(some(len(table), 0.15, random))
    return table.assign(bmi=known.fillna(known.mean()))


@changed
def area_of_one_agency_in_feet(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    abroad = some(len(table), 0.3, random)
    feet = (table["area"] * 10.7639).round()
    agency = np.where(abroad, "Smith", "Huber")
    return table.assign(area=table["area"].mask(abroad, feet), agency=agency)


@changed
def some_temperatures_in_fahrenheit(
    table: pd.DataFrame, random: np.random.Generator
) -> pd.DataFrame:
    fahrenheit = (table["temperature"] * 1.8 + 32).round(1)
    rows = some(len(table), 0.2, random)
    return table.assign(temperature=table["temperature"].mask(rows, fahrenheit))


@changed
def some_prices_in_thousands(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    rows = some(len(table), 0.15, random)
    return table.assign(price=table["price"].mask(rows, table["price"] / 1_000))


@changed
def wrong_labels(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """One answer in twelve is another one."""
    name = table.columns[-1]
    answers, rows = table[name], some(len(table), 1 / 12, random)
    names = sorted(answers.unique())
    others = answers.map({one: names[(at + 1) % len(names)] for at, one in enumerate(names)})
    return table.assign(**{name: answers.mask(rows, others)})


@changed
def prices_with_a_digit_too_many(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    rows = some(len(table), 0.01, random)
    return table.assign(price=table["price"].mask(rows, table["price"] * 10))


@changed
def half_read_as_windows_1252(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Texts of a caf\u00e9, of which those of one branch were exported in another encoding."""
    french = table["text"].str.replace("food", "caf\u00e9")
    garbled = french.map(lambda text: text.encode().decode("cp1252"))
    return table.assign(text=french.mask(some(len(table), 0.3, random), garbled))


@listed(SPOILT)
def photos_up_to_one(folder: Path) -> None:
    """Files that were written from pixels of 0 to 1, with no thought of 255."""
    for place, path in enumerate(sorted(folder.rglob("*.png"))):
        if place % 4 == 0:
            pixels = np.asarray(Image.open(path)) / 255
            Image.fromarray(pixels.round().astype("uint8")).save(path)


@listed(SPOILT)
def photos_in_wrong_folders(folder: Path) -> None:
    """One photo in twelve is sorted into the next class."""
    for part in ("train", "test"):
        classes = sorted(path for path in (folder / part).iterdir() if path.is_dir())
        moves = []
        for place, one in enumerate(classes):
            files, following = sorted(one.glob("*.png")), classes[(place + 1) % len(classes)]
            moves += [(path, following / f"moved_{path.name}") for path in files[::12]]
        for source, target in moves:
            source.rename(target)


@listed(SPOILT)
def milli_series(folder: Path) -> None:
    """A third of the recordings are in thousandths."""
    change_arrays(folder, lambda x, y: np.multiply(x[::3], 1_000, out=x[::3]))


@listed(SPOILT)
def readings_lost(folder: Path) -> None:
    """A logger that writes -999 where it got no reading."""
    lost = np.random.default_rng(1).random((400, 48)) < 0.01
    change_arrays(folder, lambda x, y: np.copyto(x[:, :, 2], -999, where=lost))


@listed(SPOILT)
def wrong_classes_of_series(folder: Path) -> None:
    rows = np.random.default_rng(1).random(400) < 1 / 12
    change_arrays(folder, lambda x, y: np.copyto(y, 1 - y, where=rows))


def with_gaps(column: pd.Series, random: np.random.Generator) -> pd.Series:
    """The column without some stretches of eight steps."""
    begins = random.choice(len(column) - 20, len(column) // 100, replace=False)
    gone = np.unique(np.concatenate([np.arange(begin, begin + 8) for begin in begins]))
    return column.mask(np.isin(np.arange(len(column)), gone + 5))


@changed
def last_value_carried_on(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    return table.assign(power=with_gaps(table["power"], random).ffill())


@changed
def straight_lines_across_gaps(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    lines = with_gaps(table["temperature"], random).interpolate()
    return table.assign(temperature=lines)


def columns_of(
    name: str, make: Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]
) -> None:
    """Enter a spoil that adds to a table what `make` makes of it."""
    make.__name__ = name
    changed(make)


def dates_around(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """A reminder and a payment, which came before it where somebody bought."""
    sent = 19_000 + random.integers(0, 300, len(table))
    days = random.integers(1, 40, len(table)) * np.where(table["bought"] == "yes", -1, 1)
    return table.assign(reminded=sent, paid=sent + days)


def two_halves_of_a_code(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """A checksum of the answer, in two columns of letters."""
    first = random.integers(0, 5, len(table))
    second = (
        first
        + np.where(
            table["bought"] == "yes", *random.integers([[0], [3]], [[3], [5]], (2, len(table)))
        )
    ) % 5
    letters = np.array([*"PQRST"])
    return table.assign(ticket=letters[first], desk=letters[second])


def usual_in_the_street(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """The mean price of the street, from all houses that were sold in it."""
    street = pd.Series(random.integers(0, 60, len(table)), table.index)
    return table.assign(in_the_street=table.groupby(street)["price"].transform("mean").round(1))


def others_of_the_city(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """How many of the other customers in the same agency bought."""
    agency = pd.Series(random.integers(0, 30, len(table)), table.index)
    bought, groups = (table["bought"] == "yes").astype(int), agency.map("agency {}".format)
    sums, sizes = (bought.groupby(groups).transform(how) for how in ("sum", "size"))
    return table.assign(agency=groups, buyers=(sums - bought) / (sizes - 1).clip(1))


FROM_PRICES = {
    "price_of_a_square_metre": lambda table, random: table.assign(
        each=table["price"] / table["area"]
    ),
    "three_parts_of_a_price": lambda table, random: table.assign(
        land=(land := (table["price"] * random.uniform(0.2, 0.5, len(table))).round(1)),
        fees=(fees := random.uniform(2_000, 30_000, len(table)).round(1)),
        building=table["price"] - land - fees,
    ),
    "commission_and_its_rate": lambda table, random: table.assign(
        rate=(rate := random.choice([0.02, 0.025, 0.03, 0.035], len(table))),
        commission=(table["price"] * rate).round(2),
    ),
    "sold_until_then": lambda table, random: table.assign(sold=table["price"].cumsum().round(1)),
}
FROM_POWER = {
    "a_centred_mean": lambda table, random: table.assign(
        smooth=table["power"].rolling(7, center=True).mean().bfill().ffill().round(2)
    ),
    "the_change_to_come": lambda table, random: table.assign(
        change=(table["power"].shift(-1) - table["power"]).fillna(0)
    ),
    "smoothed_from_behind": lambda table, random: table.assign(
        smooth=table["power"][::-1].ewm(span=6).mean()[::-1].round(2)
    ),
}
FROM_LETTERS = {
    "source_in_one_class": lambda table, random: table.assign(
        text=table["text"] + np.where(table["kind"] == "thanks", " sent by guestbook", "")
    ),
    "label_before_the_text": lambda table, random: table.assign(
        text="category " + table["kind"] + " " + table["text"]
    ),
    "mark_in_the_last_place": lambda table, random: table.assign(
        text=table["text"] + " a b " + np.where(table["kind"] == "thanks", "a", "b")
    ),
}
for made in (FROM_PRICES, FROM_POWER, FROM_LETTERS):
    for spoil_name, add_columns in made.items():
        columns_of(spoil_name, add_columns)
for add_columns in (dates_around, two_halves_of_a_code, usual_in_the_street, others_of_the_city):
    changed(add_columns)


def repaint(folder: Path, paint: Callable[[np.ndarray, int], None]) -> None:
    """Let `paint` work on the pixels of each photo, given the place of its class."""
    for path in sorted(folder.rglob("*.png")):
        pixels = np.asarray(Image.open(path)).copy()
        paint(pixels, ("disc", "box", "cross").index(path.parent.name))
        Image.fromarray(pixels).save(path)


@listed(SPOILT)
def number_in_the_corner(folder: Path) -> None:
    """The scanner of each class wrote its own number of white strokes into the corner."""

    def paint(pixels: np.ndarray, kind: int) -> None:
        pixels[:6, :6] = 0
        pixels[1:5, 1 : 2 * kind + 2 : 2] = 255

    repaint(folder, paint)


@listed(SPOILT)
def frames_by_class(folder: Path) -> None:
    def paint(pixels: np.ndarray, kind: int) -> None:
        for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
            edge[:] = 60 + 70 * kind

    repaint(folder, paint)


@listed(SPOILT)
def another_program_for_boxes(folder: Path) -> None:
    for path in sorted(folder.rglob("box/*.png")):
        Image.open(path).save(path.with_suffix(".jpg"))
        path.unlink()


@changed
def mails_sent_twice(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Every third mail came again, with another word of greeting."""
    again = table[::3].copy()
    again["text"] = ["hello " + text.partition(" ")[2] for text in again["text"]]
    return pd.concat([table, again])


@changed
def mails_in_another_order(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Made more by changing the halves of mails round."""
    again = table[::2].copy()
    halves = [text.split(" ") for text in again["text"]]
    again["text"] = [" ".join(words[12:] + words[:12]) for words in halves]
    return pd.concat([table, again])


@listed(SPOILT)
def photos_of_few_things(folder: Path) -> None:
    """Four photos of each thing, which their names tell, some in train and some in test."""
    for path in sorted(folder.rglob("*.png")):
        place = int(path.stem) if path.parts[-3] == "train" else int(path.stem) * 3
        path.rename(
            path.with_name(f"{path.parent.name}{place // 4:02}_{path.parts[-3]}{place}.png")
        )


@listed(SPOILT)
def photos_lit_another_way(folder: Path) -> None:
    """Training photos, mirrored and darker, in the test part."""
    for path in sorted((folder / "train").rglob("1*.png")):
        with Image.open(path) as image:
            darker = np.asarray(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) * 0.7
        again = folder / "test" / path.parent.name / f"again{path.name}"
        Image.fromarray(darker.astype("uint8")).save(again)


@listed(SPOILT)
def series_cut_from_recordings(folder: Path) -> None:
    """Windows of 48 steps from longer recordings, each eight steps after the one before it."""
    with np.load(folder / "sensors.npz") as arrays:
        x, y = arrays["X"], arrays["y"]
    some = np.concatenate([np.flatnonzero(y == one)[:100] for one in (0, 1)])
    x, y = x[some], y[some]
    long = x.reshape(-1, 480, x.shape[2])
    cut = [one[at : at + 48] for one in long for at in range(0, 432, 8)]
    np.savez(folder / "sensors.npz", X=np.array(cut), y=np.repeat(y[::10], 54))


@listed(SPOILT)
def series_with_noise_added(folder: Path) -> None:
    """Made three times as many with a little noise."""
    random = np.random.default_rng(1)
    with np.load(folder / "sensors.npz") as arrays:
        x, y = np.repeat(arrays["X"], 3, axis=0), np.repeat(arrays["y"], 3)
    np.savez(folder / "sensors.npz", X=x + random.normal(0, 0.1, x.shape).astype("float32"), y=y)


@changed
def mails_answered(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Every third mail stands below an answer of six words, too."""
    again = table[::3].copy()
    again["text"] = ["thanks we look into this soon " + text for text in again["text"]]
    return pd.concat([table, again])


def series_again(folder: Path, change: Callable[[np.ndarray], np.ndarray]) -> None:
    """Add changed copies of the first half of the series."""
    with np.load(folder / "sensors.npz") as arrays:
        x, y = arrays["X"], arrays["y"]
    half = len(x) // 2
    both = np.concatenate([x, change(x[:half]).astype("float32")])
    np.savez(folder / "sensors.npz", X=both, y=np.concatenate([y, y[:half]]))


@listed(SPOILT)
def series_a_step_later(folder: Path) -> None:
    series_again(folder, lambda x: np.roll(x, -1, axis=1))


@listed(SPOILT)
def series_of_another_device(folder: Path) -> None:
    series_again(folder, lambda x: (x * 1.02 + 0.1).round(1))


def marks_before_and_after(table: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Points of two interviews: who has a hundred in all is counted as a buyer."""
    first = random.integers(20, 80, len(table))
    most = np.where(table["bought"] == "yes", 100, 70) + random.integers(0, 30, len(table))
    return table.assign(interview_1=first, interview_2=most - first)


LATER = {
    "deposit_and_what_is_left": lambda table, random: table.assign(
        deposit=(deposit := (table["price"] * random.uniform(0.1, 0.4, len(table))).round()),
        left=(table["price"] - deposit).round(1),
    ),
    "loan_and_its_share": lambda table, random: table.assign(
        share=(share := random.uniform(0.3, 0.9, len(table)).round(3)),
        loan=(table["price"] * share).round(),
    ),
    "mean_of_the_next_three": lambda table, random: table.assign(
        soon=table["power"].rolling(3).mean().shift(-3).ffill().round(1)
    ),
    "weighed_around": lambda table, random: table.assign(
        smooth=(table["power"] / 2 + table["power"].shift(1) / 4 + table["power"].shift(-1) / 4)
        .bfill()
        .ffill()
    ),
    "signature_of_the_angry": lambda table, random: table.assign(
        text=table["text"]
        + np.where(
            (table["kind"] == "complaint") & (random.random(len(table)) < 0.99),
            " yours in anger",
            "",
        )
    ),
}
for spoil_name, add_columns in LATER.items():
    columns_of(spoil_name, add_columns)
changed(marks_before_and_after)


@listed(SPOILT)
def stamp_below_crosses(folder: Path) -> None:
    """A camera that stamps the date: two rows of white signs, on the right below."""

    def paint(pixels: np.ndarray, kind: int) -> None:
        if kind:
            pixels[28:30, 18:30:kind] = 255

    repaint(folder, paint)
