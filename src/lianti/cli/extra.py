"""Add what most sites do without: heavy packages, locked and checked as all others are."""

import argparse

from lianti.cli import bootstrap

EXTRAS = {"pdf": "papers as PDF files (84 MB)"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Take the name of an extra."""
    listed = "; ".join(f"{name}: {says}" for name, says in EXTRAS.items())
    parser.add_argument("name", choices=sorted(EXTRAS), help=listed)


def run(options: argparse.Namespace) -> int:
    """Install the packages of an extra into the environment; pages offer it from the next start on."""
    place = bootstrap.find_place()
    bootstrap.pip_install(place, ["-r", str(place.root / f"requirements-{options.name}.lock")])
    print(f"{options.name} is there: {EXTRAS[options.name]}. Start the web server again.")
    return 0
