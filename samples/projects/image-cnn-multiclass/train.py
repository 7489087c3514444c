"""Train, from config.toml to a run folder: the whole story, top to bottom.

python train.py
python train.py --set training.batch_size=64 --set optimizer.learning_rate=0.001
"""

import loading  # noqa: F401  isort: skip
import time
from pathlib import Path

import check
import data
from config import Config, load_config, parse_arguments
from fitting import fit
from preparing import prepare
from run import keep, read_report


def train(config: Config, runs: Path) -> Path:
    """Train on the training part, watched on the validation part; return the run folder."""
    prepared = prepare(config)
    sizes = ", ".join(f"{len(table):,} {name}" for name, table in prepared.tables.items())
    print(f"{sizes} {data.SAMPLES} · {prepared.model.count_params():,} parameters")
    if config.checks.before_training:
        check.before_training(prepared, config)
    started = time.perf_counter()
    fitted = fit(
        prepared.model, prepared.parts, config, prepared.device, config.optimizer.learning_rate
    )
    return keep(prepared, fitted, config, time.perf_counter() - started, runs)


def main(arguments: list[str] | None = None) -> Path:
    options = parse_arguments(__doc__).parse_args(arguments)
    run = train(load_config(options.config, options.set), options.config.parent / "runs")
    report = read_report(run)
    scores = ", ".join(f"{name} {value:.4g}" for name, value in report["validation"].items())
    print(f"kept epoch {report['best_epoch']} of {report['epochs']} · validation: {scores}")
    print(f"saved {run} · next: python evaluate.py {run}")
    return run


if __name__ == "__main__":
    main()
