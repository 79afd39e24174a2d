"""Gather the marked texts into each app's Chinese catalogue and compile the catalogues, by Babel alone."""

import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Offer --compile and --check."""
    parser.add_argument("--compile", action="store_true", help="only compile what changed")
    parser.add_argument("--check", action="store_true", help="only tell what is missing or wrong; 1 when anything is")


def run(options: argparse.Namespace) -> int:
    """Gather, compile and count; with --check change nothing."""
    from lianti.lib.web import messages

    if options.check:
        faults = messages.missing()
        print("\n".join(faults) or "Every text has its Chinese.")
        return 1 if faults else 0
    if not options.compile:
        for app, count in messages.update().items():
            print(f"{app.relative_to(messages.ROOT)}: {count} added")
    print(f"{len(messages.compile_all())} catalogues compiled.")
    return 0
