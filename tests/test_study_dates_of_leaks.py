"""A date that tells when a leak came to be known is left out with it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
from folders import write
from goodfit.study import study
from studied import evidence

ROWS = 200
RANDOM = np.random.default_rng(6)


def test_the_date_of_a_leak_is_one(tmp_path: Path) -> None:
    rows = []
    for row in range(ROWS):
        gone = int(RANDOM.integers(0, 2))
        status = "gone" if gone else "here"
        day = date(2020, 1, 1) + timedelta(int(RANDOM.integers(0, 400)))
        rows.append(f"{RANDOM.normal():.3f},{day},{gone},{status},{day + timedelta(row % 30)}")
    names = "lead,booking_date,is_canceled,reservation_status,reservation_status_date"
    path = write(tmp_path / "rows.csv", "\n".join([names, *rows]))
    found = study(path, ("is_canceled",))
    assert evidence(found, "ignore").value == ["reservation_status", "reservation_status_date"]
    assert all(one.startswith("booking_date=") for one in found.settings["dates"])
