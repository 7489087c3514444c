"""python -m doctor SCRIPT [ARGS ...]"""

import sys

from .script import main

if __name__ == "__main__":
    sys.exit(main())
