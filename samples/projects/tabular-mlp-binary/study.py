"""Look at the data as the network will see it: a page with pictures, study/report.html.

python study.py
python study.py --set training.seed=1     of another split
Of the test part only counts are shown: who looks at it, fits choices to it.
"""

import doctor.loading  # noqa: F401  isort: skip

from pathlib import Path

from checkup import data_view
from config import load_config
from doctor.commands import PROJECT, parse
from doctor.report import write_data_page
from doctor.setting_values import without_weights
from train import compiled, prepare, training_batches


def main(arguments: list[str] | None = None) -> Path:
    options = parse("study", __doc__, arguments)
    config = load_config(options.config, without_weights(options.config, options.set))
    view = data_view(compiled(prepare(config), config), training_batches, config)
    title = f"The data of {PROJECT.resolve().name}"
    page = write_data_page(view, title, PROJECT / "study")
    print(f"wrote {page}: open it in a browser")
    return page


if __name__ == "__main__":
    main()
