"""Which column is proposed first where several may be the target, and which is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from folders import write
from goodfit.study import study
from studied import evidence

RANDOM = np.random.default_rng(3)
ROWS = 120
KINDS = {
    "n": lambda: RANDOM.normal(size=ROWS).round(3),  # an amount
    "w": lambda: RANDOM.integers(1, 6, ROWS),  # whole numbers
    "p": lambda: RANDOM.integers(0, 2, ROWS),  # yes and no
    "k": lambda: np.array(["low", "mid", "top"])[RANDOM.integers(0, 3, ROWS)],  # words
}


def table(path: Path, columns: str) -> Path:
    """A table of columns such as "size:n|kind:k": a name, and what it holds."""
    names = [one.split(":") for one in columns.split("|")]
    made = {name: KINDS[kind]() for name, kind in names}
    lines = [",".join(map(str, row)) for row in zip(*made.values(), strict=True)]
    return write(path, "\n".join([",".join(made), *lines]))


ASKED = {
    "rows.csv|elements_used:w|heat:n|mass:n|temp:n": "temp",
    "rides.csv|fare_amount:n|pickup_longitude:n|pickup_latitude:n|passenger_count:w": "fare_amount",
    "sales.csv|Lot:w|Valeur fonciere:n|Surface terrain:n": "Valeur fonciere",
    "map.csv|kind:k|UKATEGORIE:w|XGCSWGS84:n|YGCSWGS84:n": "UKATEGORIE",
    "turbine.csv|Active Power (kW):n|Wind Speed:n|Wind Direction:n": "Active Power (kW)",
    "women.csv|participation:p|income:n|age:n|foreign:p": "participation",
    "shop.csv|heat:n|fare_amount:n|Type:p|mass:n|region:k": "fare_amount",
    "hospital.csv|days:n|admit:p|age75:p|hospital:w": "hospital",
    "polls.csv|month:w|approve:n|iraq:p|avg.price:n": "avg.price",
    "fruits.csv|Fruit Kind:k|Fruit Mass:n|Fruit Width:n|Fruit Colour Score:n": "Fruit Kind",
    "states.csv|Value (1950):n|Share:n|Value (2024):n": "Value (2024)",
    "brains.csv|sex:p|mass:n|height:n|scan_count:n": "scan_count",
    "notes.csv|age:n|dance:w|death:w|music:w": "music",
}
TOLD = {
    "fetal_health.csv|baseline value:n|accelerations:n|tendency:k|fetal_health:w": "fetal_health",
    "visits.csv|Age:w|Scholarship:p|Alcohol:p|No-show:p": "No-show",
    "sensors.csv|Humidity:n|Pressure:n|Fire Alarm:p": "Fire Alarm",
    "weather.csv|Rain:n|Wind:n|RainToday:p|RainTomorrow:p": "RainTomorrow",
    "trains.csv|price:n|vehicle:k|fare:k": "price",
    "slump_data.csv|Cement:n|Slag:n|Water:n|SLUMP(cm):n": "SLUMP(cm)",
    "Loan Prediction.csv|Loan Term:w|Own:p|Income:n|Loan_Status:p": "Loan_Status",
    "town.csv|male:p|age:n|smoker:p|stroke before:p|TenYearCHD:p": "TenYearCHD",
    "coins.csv|open:n|closing_price:n|tweets:n|next_day_closing_price:n": "next_day_closing_price",
    "bikes.csv|Selling_Price:n|Seller_Type:p|Km:n|Showroom_Price:n": "Selling_Price",
    "cars.csv|maint:k|doors:w|safety:k|decision:k": "decision",
    "homes.csv|rooms:w|median_house_value:n|heat:n|sea_side:k": "median_house_value",
    "phones.csv|power:n|blue:p|pixels:n|price_range:w": "price_range",
    "loans.csv|policy:p|rate:n|fico:n|not.fully.paid:p": "not.fully.paid",
    "students.csv|admit:p|gre:n|gpa:n|rank:w": "admit",
    "ads.csv|AcceptedCmp1:p|AcceptedCmp2:p|income:n|Response:p": "Response",
    "houses.csv|rooms:w|price:n|bhk:w|price_per_sqft:n": "price",
    "skill.csv|response:w|V1:n|V2:n|V3:n|V4:n|V5:n|V6:n": "response",
    "tweets.csv|count:w|hate:w|neither:n|class:w": "class",
    "credit_card_data.csv|card:p|reports:w|age:n|owner:p|active:n": "card",
    "zoo.csv|hair:n|legs:n|tail:p|domestic:p|type:k": "type",
    "flowers.csv|a:n|b:n|c:n|d:n|Name:k": "Name",
    "prints.csv|bit1:p|bit2:p|bit3:p|bit4:p|bit5:p|bit6:p|bit7:p|bit8:p|bit9:p|bit10:p|pIC50:n": (
        "pIC50"
    ),
}
NEVER = [
    "rows.csv|size:n|mass:n|width:n|kind:k",
    "rows.csv|size:n|mass:n|width:n|married:p",
    "rows.csv|heat:n|mass:n|passenger_count:w",
    "rows.csv|heat:n|mass:n|Card_Category:k",
]


@pytest.mark.parametrize("columns", ASKED)
def test_the_likeliest_is_proposed_first(columns: str, tmp_path: Path) -> None:
    name, _, rest = columns.partition("|")
    found = study(table(tmp_path / name, rest))
    asked = evidence(found, "targets")
    assert (asked.value, asked.confidence) == ([ASKED[columns]], "unsure")


@pytest.mark.parametrize("columns", TOLD)
def test_what_a_name_says_plainly_is_told(columns: str, tmp_path: Path) -> None:
    name, _, rest = columns.partition("|")
    found = study(table(tmp_path / name, rest))
    assert evidence(found, "targets").confidence == "likely"
    assert found.settings["targets"] == [TOLD[columns]]


@pytest.mark.parametrize("columns", NEVER)
def test_a_place_alone_is_never_told(columns: str, tmp_path: Path) -> None:
    name, _, rest = columns.partition("|")
    assert "targets" in study(table(tmp_path / name, rest)).open_questions


MORE = {
    "heart.csv|male:p|age:n|prevalentStroke:p|glucose:n|TenYearCHD:p": "TenYearCHD",
    "admission.csv|GRE Score:n|University Rating:w|Research:p|Chance of Admit:n": "Chance of Admit",
    "shipping.csv|Block:n|Customer_rating:w|Gender:p|Discount:n|Reached.on.Time_Y.N:p": (
        "Reached.on.Time_Y.N"
    ),
}


@pytest.mark.parametrize("columns", MORE)
def test_what_is_known_before_is_not_proposed(columns: str, tmp_path: Path) -> None:
    name, _, rest = columns.partition("|")
    assert evidence(study(table(tmp_path / name, rest)), "targets").value == [MORE[columns]]


def test_what_kind_of_thing_a_row_is_may_be_a_feature(tmp_path: Path) -> None:
    path = table(tmp_path / "fish.csv", "Species:k|Weight:n|Length:n|Height:n|Width:n")
    assert "targets" in study(path).open_questions
    path = table(tmp_path / "flowers.csv", "Weight:n|Length:n|Height:n|Width:n|Species:k")
    assert study(path).settings["targets"] == ["Species"]
