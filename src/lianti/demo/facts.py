"""Titles and extra facts of a deed, as somebody of the department would write them down."""

from __future__ import annotations

from random import Random
from typing import Any

from lianti.contexts.ledger.domain import kinds
from lianti.demo import words
from lianti.demo.words import Craft

FINDINGS = (
    "重点环节基本落实，手卫生依从性需提高",
    "交接班记录不完整，已现场指出",
    "标识规范，急救车管理到位",
    "病历时限个别超时，已反馈",
)
VILLAGES = ("河湾村", "上坪村", "青石村", "水车村")
BUILT = ("质控小组与例会制度", "危急值闭环管理", "单病种临床路径", "专科建设三年方案")


def described(rng: Random, kind: str, craft: Craft, receiver: str) -> tuple[str, dict[str, Any]]:
    """Return the title and the extra facts of a deed of this kind by somebody of this department."""
    topic, skill = rng.choice(craft.topics), rng.choice(craft.skills)
    deed = rng.choice(craft.deeds or (f"{craft.department}操作",))
    title = rng.choice(words.TITLES.get(kind, ("{d}",))).format(d=craft.department, topic=topic, skill=skill, deed=deed)
    return title, _extra(rng, kind, topic, skill, receiver)


def _extra(rng: Random, kind: str, topic: str, skill: str, receiver: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for field in kinds.kind(kind).fields:
        if field.code in _GIVEN:
            made[field.code] = _GIVEN[field.code](rng, topic, skill, receiver)
    return {code: value for code, value in made.items() if value not in (None, "", False)}


_GIVEN: dict[str, Any] = {
    "topic": lambda _rng, topic, _skill, _where: topic,
    "skill": lambda _rng, _topic, skill, _where: skill,
    "attendees": lambda rng, *_: rng.randint(14, 60),
    "learners": lambda rng, *_: rng.randint(4, 12),
    "viewers": lambda rng, *_: rng.randint(6, 18),
    "beds": lambda rng, *_: rng.randint(18, 42),
    "visits": lambda rng, *_: rng.randint(12, 35),
    "operation_level": lambda rng, *_: rng.choice("223334"),
    "part": lambda rng, *_: rng.choice(("lead", "lead", "guide", "assist")),
    "first_here": lambda rng, *_: rng.random() < 0.06,
    "joint": lambda rng, *_: rng.random() < 0.3,
    "direction": lambda *_: "up",
    "served": lambda rng, *_: rng.randint(60, 220),
    "venue": lambda rng, _topic, _skill, where: f"{where}门前广场" if rng.random() < 0.5 else rng.choice(VILLAGES),
    "villages": lambda rng, *_: rng.randint(1, 4),
    "findings": lambda rng, *_: rng.choice(FINDINGS),
    "built": lambda rng, *_: rng.choice(BUILT),
    "passed": lambda rng, *_: rng.choice(("合格", "良好", "优秀")),
    "hours": lambda rng, *_: rng.choice((2, 3, 4)),
    "what": lambda *_: "教学模型",
    "worth": lambda rng, *_: rng.randint(3, 40) * 1000,
}
