"""The worked examples through the services, on the database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from lianti.contexts.ledger import queries, services
from lianti.contexts.ledger.domain.due import OPEN
from lianti.contexts.ledger.domain.levels import Level
from lianti.contexts.ledger.models import Account, Entry, EntryPerson
from lianti.contexts.ledger.tests import examples
from lianti.contexts.ledger.tests.recount import sums_are_kept
from lianti.contexts.ledger.tests.stage import Stage, fresh, seen, stands
from lianti.kernel import scope
from lianti.lib.errors import Refused

EXAMPLES = examples.read()
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Player:
    """Plays one example: entries and accounts by their letters."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.accounts: dict[str, Account] = {}
        self.entries: dict[str, Entry] = {}
        self.activities: dict[str, int] = {}

    def open(self, code: str, row: dict[str, str]) -> None:
        told = {
            "unit": row["unit"] or None,
            "amount": Decimal(row["amount"]) if row["amount"] else None,
            "period": row["per"] or "once",
            "from_date": examples.day_or_none(row["from"]),
            "to_date": examples.day_or_none(row["to"]),
        }
        self.accounts[code] = self.stage.account(f"{row['giver']}>{row['receiver']}", row["kinds"], **told)

    def play(self, row: dict[str, str]) -> None:
        also = examples.options(row)
        move = getattr(self, "do_" + row["move"].replace(" ", "_"))
        if "refused" in also:
            with pytest.raises(Refused):
                move(row, also)
        else:
            move(row, also)

    def common(self, row: dict[str, str]) -> dict[str, Any]:
        return {"actor": getattr(self.stage, row["who"]), "at": self.stage.at, "key": None}

    def on_entry(self, row: dict[str, str]) -> dict[str, Any]:
        return {**self.common(row), "entry_id": self.entries[row["of"]].pk}

    def do_declare(self, row: dict[str, str], also: dict[str, str]) -> None:
        more: dict[str, Any] = {}
        if "activity" in also:
            more["source_id"] = self.activities.setdefault(also["activity"], 9000 + len(self.activities))
        people = [
            (self.stage.person(name), "lead", Decimal(share) if share else None) for name, share in examples.people(row)
        ]
        self.entries[row["of"]] = self.stage.declare(
            also["sides"],
            row["kind"],
            row["value"],
            by=row["who"],
            day=date.fromisoformat(row["day"]),
            people=people,
            late="late" in also,
            account_ids=[self.accounts[also["names"]].pk] if "names" in also else [],
            **more,
        )

    def do_open(self, row: dict[str, str], also: dict[str, str]) -> None:
        giver, receiver = also["sides"].split(">")
        told = {name: also.get(name, "") for name in ("kinds", "unit", "amount", "per", "from", "to")}
        self.open(row["of"], {"giver": giver, "receiver": receiver, **told})

    def do_redate(self, row: dict[str, str], also: dict[str, str]) -> None:
        old = fresh(self.accounts[row["of"]])
        services.redate_account(
            **self.common(row),
            account_id=old.pk,
            from_date=examples.day_or_none(also["from"]) if "from" in also else old.from_date,
            to_date=examples.day_or_none(also["to"]) if "to" in also else old.to_date,
        )

    def do_verify(self, row: dict[str, str], _also: dict[str, str]) -> None:
        services.verify(**self.on_entry(row))

    def do_lower(self, row: dict[str, str], _also: dict[str, str]) -> None:
        services.lower(**self.on_entry(row), quantity=Decimal(row["value"]), note="登记簿上少于申报")

    def do_return(self, row: dict[str, str], _also: dict[str, str]) -> None:
        services.return_(**self.on_entry(row), note="请补充")

    def do_redeclare(self, row: dict[str, str], _also: dict[str, str]) -> None:
        services.redeclare(**self.on_entry(row), quantity=Decimal(row["value"]))

    def do_withdraw(self, row: dict[str, str], _also: dict[str, str]) -> None:
        services.withdraw(**self.on_entry(row))

    def do_object(self, row: dict[str, str], _also: dict[str, str]) -> None:
        services.object_(**self.on_entry(row), note="有签到表")

    def do_settle(self, row: dict[str, str], also: dict[str, str]) -> None:
        services.settle(**self.on_entry(row), quantity=Decimal(row["value"]), note="两院商定")
        if "as" in also:
            self.entries[_letter(row)] = seen(Entry).get(corrects=self.entries[row["of"]])

    def do_correct(self, row: dict[str, str], _also: dict[str, str]) -> None:
        self.entries[_letter(row)] = services.correct(
            **self.on_entry(row), difference=Decimal(row["value"]), note="重复登记"
        )

    def do_paper(self, row: dict[str, str], also: dict[str, str]) -> None:
        sheet = seen(EntryPerson).filter(entry=self.entries[row["of"]]).values_list("sheet_id", flat=True).get()
        printed = services.print_sheet(**self.common(row), sheet_id=sheet)
        keep = frozenset(line["id"] for line in printed.lines if line["entry"] != self.entries[row["of"]].pk)
        services.confirm_scan(
            **self.common(row),
            print_id=printed.pk,
            signatory_id=self.stage.person(next(iter(also))),
            name="盖章月表.pdf",
            content=SCAN,
            exceptions=services.Exceptions(left=keep),
        )

    def do_spot(self, row: dict[str, str], _also: dict[str, str]) -> None:
        check = services.spot_draw_entry(**self.on_entry(row))
        services.spot_judge(**self.common(row), check_id=check.pk)

    def do_fail(self, row: dict[str, str], _also: dict[str, str]) -> None:
        entry = fresh(self.entries[row["of"]])
        check = services.spot_draw_entry(**self.on_entry(row))
        earlier = seen(Entry).filter(corrects=entry, level__gt=0)
        found = entry.quantity + sum(one.quantity for one in earlier) + Decimal(row["value"])
        services.spot_judge(**self.common(row), check_id=check.pk, found=found, note="两个半天无门诊记录")
        self.entries[_letter(row)] = seen(Entry).filter(corrects=entry).order_by("-id")[0]

    def do_close_month(self, row: dict[str, str], _also: dict[str, str]) -> None:
        giver, receiver = (self.stage.id(house) for house in row["of"].split(">"))
        month = date.fromisoformat(row["day"])
        services.close_month(**self.common(row), giver_id=giver, receiver_id=receiver, month=month)


def _letter(row: dict[str, str]) -> str:
    words = row["also"].split()
    return words[words.index("as") + 1]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_example_stands_in_the_ledger(example: examples.Example, stage: Stage) -> None:
    player = Player(stage)
    stage.today = example.days()[0]
    for row in example.accounts:
        player.open(row["account"], row)
    for day in example.days():
        stage.today = day
        for row in example.moves_on(day):
            player.play(row)
            sums_are_kept()
        for row in example.sums_on(day):
            _sums_stand(player, row, day)
    for row in example.totals:
        _total_stands(player, row)
    for row in example.workloads:
        _workload_stands(player, row)


def _sums_stand(player: Player, row: dict[str, str], day: date) -> None:
    key = OPEN if row["period"] == "-" else date.fromisoformat(row["period"])
    account = player.accounts[row["account"]]
    found = stands(account, day)
    period = next(p for p in found.periods if p.period.key == key)
    sums = period.by_unit.get(row["unit"])
    by_level = [sums.at(level) if sums else Decimal(0) for level in Level]
    assert by_level == [Decimal(row[level.code]) for level in Level], row
    assert (sums.counted() if sums else 0) == Decimal(row["counted"]), row
    assert (period.due, period.standing.value) == (Fraction(row["due"]), row["standing"]), row


def _total_stands(player: Player, row: dict[str, str]) -> None:
    accounts = [player.accounts[code].pk for code in row["total over"].split()]
    with scope.system():
        total = queries.totals(accounts)[row["unit"]]
    told = (Decimal(row["counted"]), int(row["entries"]), int(row["activities"]))
    assert (total.sums.counted(), total.entries, total.activities) == told


def _workload_stands(player: Player, row: dict[str, str]) -> None:
    actor = player.stage.office
    load = queries.workload(actor, player.stage.person(row["workload of"]), date.fromisoformat(row["month"]))
    assert load.counted(row["unit"]) == Fraction(row["counted"])
