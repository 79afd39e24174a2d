"""The command line: finds the command in the table, reads its options and runs it."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from lianti.cli import start, table
from lianti.config import env

HELP = frozenset({"-h", "--help", "help"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; print the list when none is named."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in HELP:
        print(table.listing())
        return 0
    command = table.find(words[0])
    if command is None:
        print(f"There is no command “{words[0]}”.\n\n{table.listing()}", file=sys.stderr)
        return 2
    try:
        return run(command, words[1:])
    except env.BadSettings as bad:
        print(f"Settings that cannot be used (docs/settings.md lists all):\n{bad}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        said = start.sentence(problem)
        if said is None or env.DEBUG.value():
            raise
        print(said, file=sys.stderr)
        return 1


def run(command: table.Command, words: Sequence[str]) -> int:
    """Read the options of the command with its own parser, and run it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianti.config.settings")
    module = importlib.import_module(command.module)
    parser = argparse.ArgumentParser(prog=f"./lianti {command.name}", description=module.__doc__)
    module.add_options(parser)
    if getattr(module, "PASSES_ON", False):
        options, rest = parser.parse_known_args(words)
        options.rest = rest
    else:
        options = parser.parse_args(words)
    return int(module.run(options) or 0)


if __name__ == "__main__":
    sys.exit(main())
