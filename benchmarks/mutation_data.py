"""Healthy data files for the mutation suite.

A function of `HEALTHY` writes into the folder it is given; mutations/*.toml name it. What people do
to such files stands in mutation_spoils.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

Change = Callable[[Path], None]
HEALTHY: dict[str, Change] = {}
ROWS = 600
OPINIONS = {"good": 1, "lovely": 2, "clean": 1, "bad": -1, "awful": -2, "dirty": -1}
THINGS = ("room", "bed", "food", "staff", "view", "bath", "garden", "street", "music", "bill")


def listed(kind: dict[str, Change]) -> Callable[[Change], Change]:
    """Enter a function into `kind` under its own name."""

    def enter(function: Change) -> Change:
        kind[function.__name__] = function
        return function

    return enter


def customers_table() -> pd.DataFrame:
    """Who buys: a matter of age, income and visits, with some noise; no two customers alike."""
    random = np.random.default_rng(0)
    age, visits = random.integers(18, 80, ROWS), random.poisson(6, ROWS)
    income = random.lognormal(10.5, 0.4, ROWS).round(2)
    city = random.choice(["Bern", "Graz", "Ulm", "Wien"], ROWS)
    member = random.random(ROWS) < 0.4
    wish = (age - 49) / 18 + (visits - 6) / 2.4 + np.log(income) - 10.5 + member
    bought = np.where(wish + random.logistic(0, 0.3, ROWS) > 0.4, "yes", "no")
    columns = {"age": age, "income": income, "visits": visits, "city": city, "member": member}
    return pd.DataFrame(columns | {"bought": bought})


@listed(HEALTHY)
def customers(folder: Path) -> None:
    customers_table().to_csv(folder / "customers.csv", index=False)


@listed(HEALTHY)
def ledger(folder: Path) -> None:
    """The customers as a database hands them out: in the order of the answer, some of them twice.

    That is no fault: the project shuffles, and keeps equal rows in one part.
    """
    table = customers_table()
    twice = pd.concat([table, table.sample(60, random_state=0)])
    twice.sort_values("bought", kind="stable").to_csv(folder / "ledger.csv", index=False)


@listed(HEALTHY)
def patients(folder: Path) -> None:
    """Four visits of each patient; whole patients are in one part."""
    table, random = customers_table(), np.random.default_rng(2)
    who = np.arange(ROWS) // 4
    names = random.choice(["train", "validation", "test"], ROWS // 4, p=[0.6, 0.2, 0.2])
    table.assign(patient=who, part=names[who]).to_csv(folder / "patients.csv", index=False)


@listed(HEALTHY)
def houses(folder: Path) -> None:
    random = np.random.default_rng(3)
    area, rooms = random.uniform(30, 200, ROWS), random.integers(1, 8, ROWS)
    built, away = random.integers(1900, 2024, ROWS), random.exponential(8, ROWS)
    price = 1_500 * area + 8_000 * rooms + 700 * (built - 1960) - 4_000 * away + 90_000
    columns = {"area": area, "rooms": rooms, "built": built, "away": away}
    noisy = price + random.normal(0, 15_000, ROWS)
    pd.DataFrame(columns | {"price": noisy}).round(1).to_csv(folder / "houses.csv", index=False)


@listed(HEALTHY)
def notes(folder: Path) -> None:
    """Short reviews; what is said of more things decides."""
    random = np.random.default_rng(4)
    texts, labels = [], []
    for _ in range(ROWS):
        said = random.choice(list(OPINIONS), random.integers(2, 6))
        clauses = [f"the {random.choice(THINGS)} was {word}" for word in said]
        texts.append(", ".join(clauses) + f", number {random.integers(1_000)}.")
        labels.append("glad" if sum(OPINIONS[word] for word in said) > 0 else "cross")
    pd.DataFrame({"text": texts, "mood": labels}).to_csv(folder / "notes.csv", index=False)


def draw(kind: int, random: np.random.Generator) -> np.ndarray:
    """uint8 (32, 32, 3): a disc, a box or a cross somewhere."""
    down, right = np.meshgrid(*[np.linspace(-1, 1, 32)] * 2, indexing="ij")
    down, right = down - random.uniform(-0.3, 0.3), right - random.uniform(-0.3, 0.3)
    near, far = np.minimum(abs(down), abs(right)), np.maximum(abs(down), abs(right))
    inside = [np.hypot(down, right) < 0.5, far < 0.45, (near < 0.15) & (far < 0.6)][kind]
    grey = np.where(inside, 0.8, 0.3)[..., None] + random.normal(0, 0.05, (32, 32, 3))
    return (grey.clip(0, 1) * 255).astype("uint8")


@listed(HEALTHY)
def photos(folder: Path) -> None:
    random = np.random.default_rng(5)
    for part, count in (("train", 120), ("test", 40)):
        for kind, name in enumerate(("disc", "box", "cross")):
            (folder / part / name).mkdir(parents=True)
            for place in range(count):
                Image.fromarray(draw(kind, random)).save(folder / part / name / f"{place}.png")


@listed(HEALTHY)
def sensors(folder: Path) -> None:
    """Waves of three channels; those that swing faster are of the second class."""
    random = np.random.default_rng(6)
    fast = random.integers(0, 2, 400)
    turns = (4 + 2 * fast)[:, None, None] * np.linspace(0, 2 * np.pi, 48)[:, None]
    series = np.sin(turns + random.uniform(0, 2 * np.pi, (400, 1, 3)))
    series = 20 + 5 * series + random.normal(0, 2, series.shape)
    np.savez(folder / "sensors.npz", X=series.astype("float32"), y=fast)


@listed(HEALTHY)
def load(folder: Path) -> None:
    """Hourly power and temperature of a small town."""
    random = np.random.default_rng(7)
    hours = np.arange(1_000)
    warm = 12 + 8 * np.sin(2 * np.pi * hours / 24) + np.cumsum(random.normal(0, 0.1, 1_000))
    power = 300 - 6 * warm + 40 * np.sin(4 * np.pi * hours / 24) + random.normal(0, 8, 1_000)
    times = pd.date_range("2025-01-01", periods=1_000, freq="h")
    columns = {"power": power.round(2), "temperature": warm.round(2)}
    pd.DataFrame({"time": times} | columns).to_csv(folder / "load.csv", index=False)


@listed(HEALTHY)
def wards(folder: Path) -> None:
    """Patients of two wards: those who are ill have a higher pulse and temperature."""
    random = np.random.default_rng(8)
    ill = random.random(ROWS) < 0.4
    columns = {
        "ward": random.choice(["north", "south"], ROWS),
        "bmi": random.normal(26, 4, ROWS).round(1),
        "pressure": random.normal(125, 14, ROWS).round(),
        "pulse": (random.normal(70, 7, ROWS) + 18 * ill).round(),
        "temperature": (random.normal(36.7, 0.3, ROWS) + 1.3 * ill).round(1),
        "height": random.normal(170, 9, ROWS).round(),
        "ill": np.where(ill, "yes", "no"),
    }
    pd.DataFrame(columns).to_csv(folder / "wards.csv", index=False)


@listed(HEALTHY)
def letters(folder: Path) -> None:
    """Complaints and thanks; each of many words is a little more usual in one of them."""
    random = np.random.default_rng(9)
    syllables = [one + other for one in "bdfklmnprst" for other in "aeiou"]
    words = ["".join(random.choice(syllables, 3)) for _ in range(900)]
    tendency = np.linspace(0.4, 1.6, len(words))
    chances = [tendency / tendency.sum(), tendency[::-1] / tendency.sum()]
    kinds = random.integers(0, 2, ROWS)
    texts = [" ".join(random.choice(words, 14, p=chances[kind])) for kind in kinds]
    table = pd.DataFrame({"text": texts, "kind": np.where(kinds, "thanks", "complaint")})
    table.to_csv(folder / "letters.csv", index=False)


@listed(HEALTHY)
def mails(folder: Path) -> None:
    """Mails of words that are common and rare as in a language; some words decide."""
    random = np.random.default_rng(8)
    words = ["".join(random.choice(list("abdegilmnorstu"), 6)) for _ in range(2_000)]
    texts = [
        " ".join(words[int(rank) % 2_000] for rank in random.pareto(0.7, 25) * 4)
        for _ in range(ROWS)
    ]
    kinds = ["order" if text.count(words[0]) > 2 else "complaint" for text in texts]
    pd.DataFrame({"text": texts, "kind": kinds}).to_csv(folder / "mails.csv", index=False)
