"""What the room counts by rules: the values that it knows, and the rule sets that ship.

Figures and their sources: each set says whether somebody has read it in its source. What is unverified is a default
that every office may change.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lianti.contexts.dispatch import words
from lianti.contexts.dispatch.states import Exemption, PostingKind
from lianti.contexts.network import queries as network
from lianti.contexts.network.queries import (
    InstitutionFacts,
    RelationFacts,
    RuleCase,
    RuleScope,
    RuleUse,
    RuleValue,
    ShippedSet,
    ValueKind,
)

PAIRED, TEAM, COMMUNITY, TOWNSHIP = "paired", "team", "community", "township"
PROMOTION, STATISTICS = "promotion", "statistics"

PURPOSES = {
    PAIRED: _("Paired assistance of county hospitals"),
    TEAM: _("Team assistance of county hospitals"),
    COMMUNITY: _("City hospital to community health centre"),
    TOWNSHIP: _("County hospital to township health centre"),
    PROMOTION: _("Service before promotion"),
    STATISTICS: _("Yearly monitoring of county medical communities"),
}
TITLES = {code: word for code, word in network.code_words("title").items() if code}
# Training, business for the place and calls home have values of their own.
_LEAVE = {kind: word for kind, word in words.LEAVES.items() if kind not in {"training", "business", "called_home"}}
_PEOPLE = pgettext_lazy("unit of a rule", "people")
_DAYS_A_WEEK = pgettext_lazy("unit of a rule", "days a week")

VALUES = (
    RuleValue("people", ValueKind.COUNT, _("Least people of a team"), unit=_PEOPLE, least=1, most=200),
    RuleValue("people_tcm", ValueKind.COUNT, _("Least people, where a hospital of Chinese medicine sends them"),
              unit=_PEOPLE, least=1, most=200),
    RuleValue("most_people", ValueKind.COUNT, _("Most people of a team"), unit=_PEOPLE, least=1, most=200),
    RuleValue("senior", ValueKind.COUNT, _("Least of them with deputy senior title or above"), unit=_PEOPLE, most=200),
    RuleValue("months", ValueKind.MONTHS, _("Least months of one person"), help=_("Without a break."), most=120),
    RuleValue("all_year", ValueKind.YES_NO, _("Somebody is there all the year round")),
    RuleValue("week_days", ValueKind.COUNT, _("Days a week at the place"), unit=_DAYS_A_WEEK, least=1, most=7),
    RuleValue("shortest", ValueKind.DAYS, _("Shortest stretch that counts"), most=3660),
    RuleValue("gap", ValueKind.DAYS, _("Gap that does not break a stretch"), most=366),
    RuleValue("month_days", ValueKind.DAYS, _("Counted days that make a month"), least=1, most=31),
    RuleValue("half_days", ValueKind.DAYS, _("Counted days that make half a month"), least=1, most=31),
    RuleValue("year_days", ValueKind.DAYS, _("Least counted days within the statistical year"), least=1, most=366),
    RuleValue("titles", ValueKind.CHOICE, _("Titles that count"), choices=TITLES),
    RuleValue("kinds", ValueKind.CHOICE, _("Kinds of posting that count"), choices=words.KINDS),
    RuleValue("rest", ValueKind.YES_NO, _("Days of rest count")),
    RuleValue("training", ValueKind.YES_NO, _("Days of training count")),
    RuleValue("called_home", ValueKind.YES_NO, _("Days called home count"),
              help=_("Called back to the sending hospital for a while.")),
    RuleValue("leave", ValueKind.CHOICE, _("Kinds of leave that count"), choices=_LEAVE),
    RuleValue("months_owed", ValueKind.MONTHS, _("Months owed before promotion"), help=_("Taken together."), most=120),
    RuleValue("exempt", ValueKind.CHOICE, _("Who owes no service before promotion"), choices=words.EXEMPTIONS),
    RuleValue("leave_department", ValueKind.DAYS, _("Leave that the receiving department approves"),
              help=_("Up to so many days."), most=366),
    RuleValue("leave_office", ValueKind.DAYS, _("Leave that the receiving hospital's office approves"),
              help=_("Up to so many days."), most=366),
    RuleValue("leave_both", ValueKind.DAYS, _("Leave that both hospitals approve"),
              help=_("Up to so many days; empty: of any length beyond."), most=366),
)  # fmt: skip

# [seen]: read in a copy or digest of what the source says, never in the original on an official site.
_NEWS = "国家卫生健康委有关负责人介绍对口帮扶和组团式帮扶的新闻报道（转载；情况截至2022年底），文号未核"
_HEBEI = "河北省关于继续做好对口帮扶工作的通知（转载页面，未注日期，目标年度为2020年），文号未核"
_SINKING = "国家卫生健康委2024年6月新闻发布会（城市医疗资源下沉）文字转载"
_MONITORING = "《紧密型县域医共体监测指标体系（2024版）》医师派驻人数；183天及派驻类型口径见公开系统的指标说明"

SHIPPED = (
    ShippedSet("ways-of-counting", _("Ways of counting days"),
               {"rest": True, "called_home": False, "leave": [], "month_days": 30, "half_days": 15},
               "通行做法，未见文件，请按本地规定核对", verified=False),
    ShippedSet("leave-approval", _("Who approves leave"), {"leave_department": 1, "leave_office": 3},
               "通行做法，未见文件，请按本地规定核对", verified=False),
    ShippedSet("paired", _("Paired assistance: national requirement"),
               {"people": 5, "people_tcm": 3, "senior": 1, "months": 6, "all_year": True},
               f"{_NEWS}；人数、职称及中医医院人数见{_HEBEI}", verified=True, purpose=PAIRED),
    ShippedSet("paired-hebei", _("Paired assistance: Hebei"), {"months": 12}, _HEBEI, verified=True, purpose=PAIRED,
               scope=RuleScope.REGION, region="河北省"),
    ShippedSet("team", pgettext_lazy("rule set", "Team assistance"),
               {"people": 5, "most_people": 7, "months": 12}, _NEWS, verified=True, purpose=TEAM),
    ShippedSet("community", _("City hospital to community"), {"people": 3, "week_days": 3}, _SINKING, verified=True,
               purpose=COMMUNITY),
    ShippedSet("township", _("Fixed doctor at a township health centre"), {"people": 1, "months": 6}, _SINKING,
               verified=True, purpose=TOWNSHIP),
    ShippedSet("promotion", _("Service before promotion: one year"),
               {"months_owed": 12, "kinds": ["long", "rounds", "team"],
                "exempt": [Exemption.COUNTY.value, Exemption.SPECIALTY.value, Exemption.AID.value]},
               "《基本医疗卫生与健康促进法》2019年、人社部发〔2021〕51号，原文未核", verified=False, purpose=PROMOTION),
    ShippedSet("cmc2024-04", _("Posted doctors (county medical communities 2024, item 4)"),
               {"titles": ["senior", "deputy_senior", "intermediate"], "kinds": ["long"], "year_days": 183,
                "rest": True, "leave": []},
               _MONITORING, verified=True, purpose=STATISTICS),
)  # fmt: skip

USE = "dispatch"
DISPATCH = RuleUse(USE, _("Sending people"), VALUES, SHIPPED, PURPOSES)


def own_purpose(kind: str) -> str:
    """Return the purpose for which a kind of posting is judged by itself."""
    return TEAM if kind == PostingKind.TEAM else PAIRED


def owed_code(purpose: str) -> str:
    """Return the value that says how many months are asked for: before promotion in all, else of one person's stay."""
    return "months_owed" if purpose == PROMOTION else "months"


def case_of(relation: RelationFacts, purpose: str, *places: InstitutionFacts) -> RuleCase:
    """Return what is judged of a relation between two of its places, for a purpose; their regions are known."""
    return network.rule_case(
        purpose=purpose,
        relation_id=relation.id,
        regions=[place.region for place in places],
        programme_ids=(relation.programme.id,) if relation.programme else (),
    )
