"""What others may be told: ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NeedStated:
    need_id: int


@dataclass(frozen=True)
class NeedAccepted:
    need_id: int


@dataclass(frozen=True)
class NeedClosed:
    need_id: int
