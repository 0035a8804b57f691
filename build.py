"""Build the site of this folder: the same as ``netzsite build`` here."""

import sys
from pathlib import Path

from netzsite.cli import main

if __name__ == "__main__":
    main(["build", *sys.argv[1:]], root=Path(__file__).parent)
