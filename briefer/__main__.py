"""``python -m briefer`` is the command ``briefer``."""

from briefer.cli import main

if __name__ == "__main__":
    main()
