"""Names of China's provinces, cities and counties, from the list that the package cpca carries.

The list is read as data; the package's code is not loaded.
"""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

PEOPLES = (
    "壮|回|维吾尔|苗|满|彝|土家|藏|蒙古|侗|布依|瑶|白|朝鲜|哈尼|黎|哈萨克|傣|畲|傈僳|东乡|"
    "仡佬|拉祜|佤|水|纳西|羌|土|仫佬|锡伯|柯尔克孜|景颇|"
    "达斡尔|撒拉|布朗|毛南|塔吉克|普米|阿昌|怒|鄂温克|京|基诺|德昂|保安|裕固|鄂伦春|独龙|赫哲|门巴|珞巴|各"
)
_AUTONOMOUS = re.compile(rf"(?:(?:{PEOPLES})族?)*自治[区州县旗]$")
_END = re.compile(r"(?:特别行政区|林区|矿区|新区|地区|[省市县区旗盟州])$")
_NOT_NAMES = frozenset(("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "县"))
_COMMON_WORDS = (
    "通道 和平 安定 城关 平安 新城 朝阳 建设 中原 江南 开发 向阳 前进 东风 胜利 解放 团结 友好 "
    "光明 桥东 桥西 城中 东方 南方 北方 高新 郊区 城区 矿区 河口 长安 新华 红旗 中心 永安 太平 "
    "太和 大同 黄山 泰山 长江 黄河 工农 文峰 兴安 西湖 南湖 东湖 鼓楼 玉泉 大通 平原 双清 海南 "
    "西安 海港 港口 资源 开放 普通 基本 全南 同心 五河 定点 和顺 大方 关岭 正安 明光 永福 安康 "
    "长春 三明 信丰 大名 自流 沿河 宜良 金山 石门 南山 东山 "
)
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Region:
    """A province, city or county.

    `level` 'province' 'city' 'county'; `short`: the name without its kind (通道 for 通道侗族自治县).
    """

    code: str
    name: str
    short: str
    level: str


def shorten(name: str) -> str:
    """A region's name without its kind; the name itself when less than two characters would be left."""
    if name.startswith("内蒙古"):
        return "内蒙古"
    short = _AUTONOMOUS.sub("", name)
    if short == name:
        short = _END.sub("", name)
    return short if len(short) >= 2 else name


def _level(code: str) -> str:
    if code.endswith("0" * 10):
        return "province"
    return "city" if code.endswith("0" * 8) else "county"


@cache
def regions() -> tuple[Region, ...]:
    """Every region of the list; empty when the list is not installed."""
    spec = find_spec("cpca")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "resources" / "adcodes.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as lines:
                rows = [(row["adcode"], row["name"]) for row in csv.DictReader(lines)]
            return tuple(
                Region(code, name, shorten(name), _level(code)) for code, name in rows if name not in _NOT_NAMES
            )
    return ()


@cache
def by_name() -> dict[str, tuple[Region, ...]]:
    """Regions by their full name; several counties may share one."""
    out: dict[str, tuple[Region, ...]] = {}
    for one in regions():
        out[one.name] = (*out.get(one.name, ()), one)
    return out


@cache
def by_short() -> dict[str, Region]:
    """Regions by a short name that only one has and that is no everyday word; provinces and cities win."""
    out: dict[str, Region] = {}
    counted = Counter(one.short for one in regions() if one.level == "county")
    for one in regions():
        if one.level == "county" and (counted[one.short] > 1 or one.short in _COMMON):
            continue
        if one.level == "county" and one.short in out:
            continue
        out[one.short] = one
    for level in ("city", "province"):
        out.update({one.short: one for one in regions() if one.level == level and one.short not in _COMMON})
    return out


@cache
def by_code() -> dict[str, Region]:
    """Regions by their code."""
    return {one.code: one for one in regions()}


def parent(region: Region, level: str) -> Region | None:
    """The city or province that a region lies in; None when the list has none."""
    kept = 2 if level == "province" else 4
    found = by_code().get(region.code[:kept].ljust(12, "0"))
    return found if found and found.level == level else None


def only(name: str) -> Region | None:
    """The region of a full or short name when there is just one of it."""
    found = by_name().get(name, ())
    if len(found) == 1:
        return found[0]
    return by_short().get(name) if not found else None


@cache
def containing(characters: str) -> re.Pattern[str]:
    """Names of regions that hold one of these characters: where such a character ends no name."""
    marks = set(characters)
    full = {one.name for one in regions() if len(one.name) > 2 and set(one.name) & marks}
    short = {one.short for one in regions() if set(one.short[1:]) & marks and one.short[0] not in marks}
    return re.compile("|".join(sorted(full | short, key=len, reverse=True)) or r"(?!)")


def leading(text: str) -> str:
    """The longest known full or short name of a region that a text begins with; ''."""
    for length in range(min(len(text), 14), 1, -1):
        if text[:length] in by_name() or text[:length] in by_short():
            return text[:length]
    return ""
