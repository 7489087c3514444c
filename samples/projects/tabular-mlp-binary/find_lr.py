"""Find a learning rate: three ramps, the usual readings of them, and short runs at each.

python find_lr.py                says what it found, and draws it in runs/find_lr.png
python find_lr.py --write        and puts the rate into config.toml, with the reason
python find_lr.py --share 0.5    takes half of the time of a training: it sees further

The model that training starts from is never changed. A reading is only a proposal: the validation
loss after a short run decides, and 3e-4 stays where nothing is clearly better.
"""

import doctor.loading  # noqa: F401  isort: skip

from checkup import case_of
from config import load_config, refuse
from doctor.commands import RUNS, parse
from doctor.rate_finder.candidates import SAFE, Found, find
from doctor.rate_finder.config_line import NoSuchLine, with_rate, write
from doctor.rate_finder.outcome import draw, keep, report
from train import compiled, prepare, training_batches


def main(arguments: list[str] | None = None) -> Found:
    options = parse("find_lr", __doc__, arguments)
    config = load_config(options.config, options.set)
    try:
        if options.write:  # what would be refused is refused before the search
            with_rate(options.config.read_text(encoding="utf-8"), SAFE, "a try")
        found = find(
            case_of(compiled(prepare(config), config), training_batches, config), options.share
        )
        print(report(found))
        picture = RUNS / "find_lr.png"
        draw(found, picture)
        keep(found, picture.with_suffix(".json"))
        print(f"drew {picture}")
        if options.write:
            write(options.config, found)
            print(f"wrote optimizer.learning_rate = {found.rate:g} into {options.config}")
    except NoSuchLine as problem:
        refuse(*problem.args)
    except KeyboardInterrupt:
        raise SystemExit("Stopped by hand; nothing was written.") from None
    return found


if __name__ == "__main__":
    main()
