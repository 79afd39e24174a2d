"""What others may be told: ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActivityRecorded:
    activity_id: int


@dataclass(frozen=True)
class ActivityWithdrawn:
    activity_id: int
