"""Look for what goes wrong without an error, before training: data, settings, network, pipeline.

python check.py            all checks; copies of the network take a few steps
python check.py --quick    what train.py does before its first step: nothing is trained
"""

import doctor.loading  # noqa: F401  isort: skip

from checkup import examine
from config import load_config, parse_arguments
from doctor import Report
from train import compiled, prepare, training_batches


def main(arguments: list[str] | None = None) -> Report:
    parser = parse_arguments(__doc__)
    parser.add_argument("--quick", action="store_true", help="train nothing")
    options = parser.parse_args(arguments)
    config = load_config(options.config, options.set)
    prepared = compiled(prepare(config), config)
    report = examine(prepared, training_batches, config, options.quick)
    report.stop_at_errors()
    return report


if __name__ == "__main__":
    main()
