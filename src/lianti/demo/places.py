"""The invented province: its hospitals, health centres and authority. None of these places exists."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCIAL, AUTHORITY = "YC-SRMYY", "YC-WJW"
LANXI, SHIZHOU, SONGQUAN, YANMING, YANGSHUI = "YC-LX", "YC-SZ", "YC-SQ", "YC-YM", "YC-YS"
WANGCHUAN, YUCEN, WUPU, LANPING, LINHUAI = "YC-WC", "YC-YC", "YC-WP", "YC-LP", "YC-LH"
LIUDU, SHIBANQIAO, WEITANG = "YC-LX-LD", "YC-LX-SBQ", "YC-LX-WT"

COUNTIES = (LANXI, SHIZHOU, SONGQUAN, YANMING, YANGSHUI, WANGCHUAN, YUCEN, WUPU, LANPING, LINHUAI)
TOWNSHIPS = (LIUDU, SHIBANQIAO, WEITANG)
PAIRED = (LANXI, SONGQUAN, YANMING, YANGSHUI, WANGCHUAN, YUCEN, WUPU, LANPING)


@dataclass(frozen=True)
class Place:
    """An institution of the example; `former`: (name, year and month in which it was given up)."""

    code: str
    name: str
    short_name: str
    kind: str
    level: str
    region: str
    former: tuple[str, int] | None = None


PLACES = (
    Place(PROVINCIAL, "云川省人民医院", "省人民医院", "hospital", "3a", "云川省/青岚市", ("云川省立医院", -300)),
    Place(
        AUTHORITY,
        "云川省卫生健康委员会",
        "省卫生健康委",
        "health_authority",
        "",
        "云川省",
        ("云川省卫生和计划生育委员会", -92),
    ),
    Place(LANXI, "岚溪县人民医院", "岚溪县医院", "hospital", "3b", "云川省/青岚市/岚溪县"),
    Place(SHIZHOU, "石舟县人民医院", "石舟县医院", "hospital", "2a", "云川省/霁山市/石舟县"),
    Place(SONGQUAN, "松泉县人民医院", "松泉县医院", "hospital", "2a", "云川省/霁山市/松泉县"),
    Place(YANMING, "雁鸣县总医院", "雁鸣县总医院", "hospital", "2a", "云川省/青岚市/雁鸣县", ("雁鸣县人民医院", -9)),
    Place(YANGSHUI, "漾水县人民医院", "漾水县医院", "hospital", "2a", "云川省/霁山市/漾水县"),
    Place(WANGCHUAN, "望川县人民医院", "望川县医院", "hospital", "2a", "云川省/青岚市/望川县"),
    Place(YUCEN, "玉岑县中医医院", "玉岑县中医院", "hospital", "2a", "云川省/霁山市/玉岑县"),
    Place(WUPU, "梧浦县人民医院", "梧浦县医院", "hospital", "2b", "云川省/青岚市/梧浦县"),
    Place(LANPING, "澜坪县人民医院", "澜坪县医院", "hospital", "2a", "云川省/霁山市/澜坪县"),
    Place(LINHUAI, "临槐县妇幼保健院", "临槐县妇幼", "maternal_child_hospital", "2a", "云川省/青岚市/临槐县"),
    Place(LIUDU, "岚溪县柳渡镇中心卫生院", "柳渡镇卫生院", "township_health_centre", "", "云川省/青岚市/岚溪县/柳渡镇"),
    Place(
        SHIBANQIAO,
        "岚溪县石板桥镇卫生院",
        "石板桥镇卫生院",
        "township_health_centre",
        "",
        "云川省/青岚市/岚溪县/石板桥镇",
    ),
    Place(WEITANG, "岚溪县苇塘镇卫生院", "苇塘镇卫生院", "township_health_centre", "", "云川省/青岚市/岚溪县/苇塘镇"),
)
SHORT = {place.code: place.short_name for place in PLACES}
COUNTY = {place.code: place.region.split("/")[2] for place in PLACES if place.region.count("/") >= 2}
