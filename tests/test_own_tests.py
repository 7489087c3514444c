"""The tests of an emitted project hold, whatever its config.toml says of the user's files."""

from __future__ import annotations

import re
import tomllib

import pytest
from projects import CELL_IDS, project

# What says how large, how many or which, and not how a file is written or what of it is left out.
OTHERS = {
    *("planned_rows", "targets", "max_categories", "image_size", "channels"),
    *("vocabulary", "length", "window", "horizon", "season"),
}
FORMS = {  # one cell for each file of templates/partials/small
    "tabular-regression-mlp",
    "image-binary-classification-cnn",
    "image-binary-classification-pretrained",
    "image-segmentation-u-net",
    "text-regression-cnn",
    "text-tagging-lstm",
    "series-regression-gru",
    "series-forecasting-mlp",
}


@pytest.mark.parametrize("cell", sorted(FORMS))
def test_what_is_said_of_files_is_taken_back_for_the_embedded_sample(cell: str) -> None:
    tree = project(CELL_IDS[cell])[1]
    config = tomllib.loads(tree["config.toml"].decode())["data"]
    block = re.search(r"\nSMALL = \((.*?)\n\)\n", tree["tests/conftest.py"].decode(), re.DOTALL)
    assert block
    named = {*re.findall(r"data\.(\w+)=", block[1])}
    assert {*config} - OTHERS <= named <= {*config}
