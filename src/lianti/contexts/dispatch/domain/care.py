"""What has to be done when somebody comes and when they leave: what ships, and how a list is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lianti.contexts.dispatch.states import Side

MOST_ITEMS = 40  # of one institution


@dataclass(frozen=True)
class HouseItem:
    """One thing that an institution does as one side; `days` after the first day, or after the last (before: less)."""

    side: str
    leaving: bool
    name: str
    days: int = 0

    def kept(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {"side": self.side, "leaving": self.leaving, "name": self.name, "days": self.days}


@dataclass(frozen=True)
class Due:
    """One item of a list that is made: by which side, what, by when."""

    side: str
    name: str
    day: date


# What is usual (dispatch.md §1, §5); an institution replaces it by its own list.
SHIPPED = (
    HouseItem(Side.SENDER, False, "证件复印件（资格证、执业证、职称证）", -7),
    HouseItem(Side.SENDER, False, "人身意外保险", -3),
    HouseItem(Side.SENDER, False, "行程与送达", 0),
    HouseItem(Side.RECIPIENT, False, "住房", -3),
    HouseItem(Side.RECIPIENT, False, "接站与交通", 0),
    HouseItem(Side.RECIPIENT, False, "工牌、工作服、饭卡", 1),
    HouseItem(Side.RECIPIENT, False, "信息系统账号", 3),
    HouseItem(Side.RECIPIENT, False, "处方权与手术权限授权", 5),
    HouseItem(Side.RECIPIENT, False, "介绍科室与带教对象", 5),
    HouseItem(Side.RECIPIENT, True, "信息系统账号停用", 1),
    HouseItem(Side.RECIPIENT, True, "处方权与手术权限终止", 1),
    HouseItem(Side.RECIPIENT, True, "工牌、钥匙、设备收回", 1),
    HouseItem(Side.RECIPIENT, True, "住房退还", 3),
    HouseItem(Side.RECIPIENT, True, "考核鉴定意见", 10),
    HouseItem(Side.SENDER, True, "返院报到", 3),
    HouseItem(Side.SENDER, True, "保险停止", 3),
)


def read(stored: Iterable[Mapping[str, Any]]) -> list[HouseItem]:
    """Return the items as they were stored."""
    return [HouseItem(str(one["side"]), bool(one["leaving"]), str(one["name"]), int(one["days"])) for one in stored]


def made(
    sender: Sequence[HouseItem] | None, recipient: Sequence[HouseItem] | None, leaving: bool, day: date
) -> list[Due]:
    """Return the list of one posting: of each side what its own list says, or what ships where it has none."""
    own = {
        Side.SENDER: SHIPPED if sender is None else sender,
        Side.RECIPIENT: SHIPPED if recipient is None else recipient,
    }
    found = [
        Due(side, item.name, day + timedelta(days=item.days))
        for side, items in own.items()
        for item in items
        if item.side == side and item.leaving == leaving
    ]
    return sorted(found, key=lambda one: one.day)
