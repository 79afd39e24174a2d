"""What a load did, or would do, told in the reader's language."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lianti.journeys.loader.problems import Problem

CREATED, UPDATED, UNCHANGED, CONFLICT = "created", "updated", "unchanged", "conflict"
SHOWN = 20

KINDS: dict[str, Promise] = {
    "source": gettext_lazy("Sources"),
    "institution": gettext_lazy("Institutions"),
    "relation": gettext_lazy("Relations"),
    "agreement": gettext_lazy("Agreements"),
    "event": gettext_lazy("Events"),
    "need": gettext_lazy("Needs"),
    "commitment": gettext_lazy("Commitments"),
    "goal": gettext_lazy("Goals"),
    "figure": gettext_lazy("Figures"),
    "batch": gettext_lazy("Batches"),
    "posting": gettext_lazy("Postings"),
    "workstation": gettext_lazy("Workstations"),
    "attendance": gettext_lazy("Months of attendance"),
    "service": gettext_lazy("Earlier service"),
    "certificate": gettext_lazy("Certificates"),
    "title": gettext_lazy("Titles"),
    "plan": gettext_lazy("Road maps"),
    "review_areas": gettext_lazy("Review areas"),
}


@dataclass(frozen=True)
class Change:
    """One record that an update changed, and in which fields."""

    kind: str
    label: str
    fields: tuple[str, ...]


@dataclass
class FileReport:
    """What one file did."""

    name: str
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[Problem] = field(default_factory=list)
    gone: int = 0

    @property
    def ok(self) -> bool:
        """Say whether the file was, or would be, written."""
        return not self.problems and not self.conflicts

    def count(self, outcome: str, kind: str | None = None) -> int:
        """Return how many records had this outcome, of one kind or of all."""
        return sum(n for (k, o), n in self.counts.items() if o == outcome and kind in {None, k})

    def lines(self, *, dry_run: bool) -> Iterator[str]:
        """Yield the report of this file, line by line."""
        if self.problems:
            yield _("%(file)s: nothing written, %(count)s to mend:") % {"file": self.name, "count": len(self.problems)}
            yield from self._some(self.problems)
            return
        if self.conflicts:
            text = _("%(file)s: nothing written, changed here since it was loaded:")
            yield text % {"file": self.name}
            yield from self._some(self.conflicts)
            return
        text = _("%(file)s: would be written") if dry_run else _("%(file)s: written")
        yield text % {"file": self.name}
        for kind, label in KINDS.items():
            parts = [_words(outcome, self.counts[kind, outcome]) for outcome in (CREATED, UPDATED, UNCHANGED)]
            if any(parts):
                text = _("  %(kind)s: %(counts)s")
                yield text % {"kind": label, "counts": ", ".join(filter(None, parts))}
        for change in self.changes[:SHOWN]:
            text = _("  changed: %(kind)s “%(label)s” (%(fields)s)")
            yield text % {"kind": KINDS[change.kind], "label": change.label[:60], "fields": ", ".join(change.fields)}
        if self.gone:
            yield _("  %(count)s records that the file no longer names stay as they are.") % {"count": self.gone}

    def _some(self, problems: list[Problem]) -> Iterator[str]:
        yield from (f"  {problem.line(self.name)}" for problem in problems[:SHOWN])
        if len(problems) > SHOWN:
            yield _("  … and %(count)s more.") % {"count": len(problems) - SHOWN}


def _words(outcome: str, count: int) -> str:
    if not count:
        return ""
    texts = {
        CREATED: pgettext("load", "%(count)s created"),
        UPDATED: pgettext("load", "%(count)s updated"),
        UNCHANGED: pgettext("load", "%(count)s unchanged"),
    }
    return texts[outcome] % {"count": count}


@dataclass
class Report:
    """What a load of several files did."""

    dry_run: bool
    files: list[FileReport] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Say whether every file was, or would be, written."""
        return all(file.ok for file in self.files)

    def count(self, outcome: str, kind: str | None = None) -> int:
        """Return how many records of all files had this outcome; those of refused files do not count."""
        return sum(file.count(outcome, kind) for file in self.files if file.ok)

    def lines(self) -> list[str]:
        """Return the whole report in the reader's language."""
        lines = [line for file in self.files for line in file.lines(dry_run=self.dry_run)]
        counts = {"created": self.count(CREATED), "updated": self.count(UPDATED), "unchanged": self.count(UNCHANGED)}
        lines.append(_("Together: %(created)s created, %(updated)s updated, %(unchanged)s unchanged.") % counts)
        if self.dry_run:
            lines.append(_("This was a dry run: nothing was written."))
        refused = sum(not file.ok for file in self.files)
        if refused:
            lines.append(_("Files refused: %(count)s. Each file is written whole or not at all.") % {"count": refused})
        return lines
