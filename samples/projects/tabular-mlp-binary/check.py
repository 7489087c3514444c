"""Look for what goes wrong without an error, before training: data, settings, network, pipeline.

python check.py            all checks; copies of the network take a few steps
python check.py --quick    what train.py does before its first step: nothing is trained
"""

import doctor.loading  # noqa: F401  isort: skip

from checkup import examine
from config import load_config
from doctor import Report
from doctor.commands import parse
from train import compiled, prepare, training_batches


def main(arguments: list[str] | None = None) -> Report:
    options = parse("check", __doc__, arguments)
    config = load_config(options.config, options.set)
    prepared = compiled(prepare(config), config)
    report = examine(prepared, training_batches, config, options.quick)
    report.stop_at_errors()
    return report


if __name__ == "__main__":
    main()
