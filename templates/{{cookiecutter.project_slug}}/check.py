"""Look for what goes wrong without an error, before training: data, settings, network, pipeline.

python check.py            all checks; copies of the network take a few steps
python check.py --quick    what train.py does before its first step: nothing is trained
"""

import loading  # noqa: F401  isort: skip
import time

from checkup import examine, say
from config import load_config, parse_arguments
from findings import Finding
from stepping import hasty_graphs
from train import prepare


def main(arguments: list[str] | None = None) -> list[Finding]:
    started = time.perf_counter()
    parser = parse_arguments(__doc__)
    parser.add_argument("--quick", action="store_true", help="train nothing")
    options = parser.parse_args(arguments)
    config = load_config(options.config, options.set)
    with hasty_graphs():
        found = examine(prepare(config), config, options.quick)
    say(found, time.perf_counter() - started)
    return found


if __name__ == "__main__":
    main()
