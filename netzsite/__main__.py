"""``python -m netzsite`` is the command ``netzsite``."""

from netzsite.cli import main

if __name__ == "__main__":
    main()
