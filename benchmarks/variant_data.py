"""Data files that look suspicious and are sound, for the variants of mutations/healthy.toml."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from mutation_data import HEALTHY, ROWS, listed
from PIL import Image


@listed(HEALTHY)
def survey(folder: Path) -> None:
    """Three questions with three answers each: equal rows answer the fourth one differently."""
    random = np.random.default_rng(0)
    asked = {name: random.choice(["no", "so so", "yes"], ROWS) for name in ("a", "b", "c")}
    table = pd.DataFrame(asked)
    agreed = (table == "yes").sum(axis=1) - (table == "no").sum(axis=1)
    table["stays"] = np.where(agreed + random.logistic(0, 0.8, ROWS) > 0, "yes", "no")
    table.to_csv(folder / "survey.csv", index=False)


@listed(HEALTHY)
def shares(folder: Path) -> None:
    """A share between 0 and 1, of what five columns tell."""
    random = np.random.default_rng(0)
    x = random.normal(size=(ROWS, 5))
    wish = x @ [1, -1, 0.5, 0.3, 0] + 0.3 * random.normal(size=ROWS)
    table = pd.DataFrame(x, columns=[*"abcde"]).assign(share=1 / (1 + np.exp(-wish)))
    table.round(5).to_csv(folder / "shares.csv", index=False)


@listed(HEALTHY)
def clinics(folder: Path) -> None:
    """Patients of 12 clinics of very different size; a clinic stays in one part."""
    random = np.random.default_rng(0)
    sizes = np.maximum(20, 220 * 0.75 ** np.arange(12)).astype(int)
    clinic = np.repeat([f"clinic {place}" for place in range(12)], sizes)
    x = random.normal(size=(len(clinic), 4))
    ill = x.sum(axis=1) + random.logistic(0, 0.5, len(clinic)) > 0.2
    table = pd.DataFrame(x, columns=[*"abcd"]).assign(clinic=clinic, ill=np.where(ill, "yes", "no"))
    table.sample(frac=1, random_state=0).to_csv(folder / "clinics.csv", index=False)


@listed(HEALTHY)
def large_photos(folder: Path) -> None:
    """Photographs of 640 x 480 pixels: stripes that stand or lie."""
    random = np.random.default_rng(0)
    for kind in ("lying", "standing"):
        (folder / kind).mkdir()
        for number in range(60):
            pixels = random.integers(90, 120, (480, 640, 3))
            lines = (np.arange(480 if kind == "lying" else 640) // random.integers(8, 20)) % 2
            pixels += (90 * lines)[:, None, None] if kind == "lying" else (90 * lines)[:, None]
            Image.fromarray(pixels.astype("uint8")).save(folder / kind / f"{kind}_{number}.png")


@listed(HEALTHY)
def tides(folder: Path) -> None:
    """Half-hourly water in a harbour: high every 25 steps, and waves."""
    random = np.random.default_rng(3)
    steps = np.arange(1_000)
    level = 2 + 1.5 * np.sin(2 * np.pi * steps / 25) + 0.2 * random.normal(size=1_000)
    times = pd.date_range("2025-01-01", periods=1_000, freq="30min")
    table = pd.DataFrame({"time": times, "level": level.round(3)})
    table.to_csv(folder / "tides.csv", index=False)


@listed(HEALTHY)
def calls(folder: Path) -> None:
    """What customers call about: seven in ten about a bill, one in ten about damage."""
    random = np.random.default_rng(5)
    about = random.choice(["bill", "move", "damage"], ROWS, p=[0.7, 0.2, 0.1])
    place = np.array([{"bill": 0, "move": 1, "damage": 2}[one] for one in about])
    x = random.normal(size=(ROWS, 4)) + np.eye(4)[place] * 1.5
    pd.DataFrame(x.round(3), columns=[*"abcd"]).assign(about=about).to_csv(
        folder / "calls.csv", index=False
    )
