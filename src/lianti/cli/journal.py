"""Verify the journal's chains and seals, seal what is not sealed yet, or print the seals to be kept elsewhere."""

import argparse

from lianti.cli import start


def add_options(parser: argparse.ArgumentParser) -> None:
    """Ask for verify, seal or export."""
    parser.add_argument("act", choices=["verify", "seal", "export"])


def run(options: argparse.Namespace) -> int:
    """Do it and print the result; return 1 when the journal does not hold."""
    try:
        start.django(serving=True, role="lianti_jobs")
        start.refuse_unmigrated()
    except start.Unready as problem:
        return start.complain(problem)
    from django.utils import timezone

    from lianti.config import described
    from lianti.kernel import journal, scope
    from lianti.lib import dates

    with scope.system():
        if options.act == "seal":
            made = journal.seal(dates.start_of(dates.shanghai_day(timezone.now())))
            print(f"Sealed {made.events} events." if made else "There is nothing to seal before today.")
            return 0
        if options.act == "export":
            print("\n".join(journal.exported()))
            return 0
        report = journal.verify({kind: flow.record for kind, flow in described.flows().items()})
    print(f"{report.events} events of {report.records} records, {report.seals} seals.")
    if report.unsealed:
        print(f"Not sealed yet: {report.unsealed} events since {report.sealed_until or 'the beginning'}.")
    for fault in report.faults:
        print(f"FAULT: {fault}")
    print("The journal holds." if report.ok else f"The journal does not hold: {len(report.faults)} faults.")
    return 0 if report.ok else 1
