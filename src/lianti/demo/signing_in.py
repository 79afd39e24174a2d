"""One sign-in for every role, with what to try first."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from lianti.contexts.accounts import queries as accounts
from lianti.demo.people import PASSWORD, PHONES
from lianti.kernel import scope
from lianti.kernel.models import Principal
from lianti.lib.dates import shanghai_day
from lianti.lib.roles import Role

FIRST = {
    Role.OFFICE: (
        "答复待办里的需求；看“新一轮城乡医院对口支援”的完成情况",
        "Answer a need in To do; open the board of the paired assistance",
    ),
    Role.COORDINATOR: ("核实上月的月度单；为需求写一句结案", "Verify last month's sheets; close an answered need"),
    Role.CLINICIAN: ("记一次到卫生院的坐诊", "Record a clinic session at a health centre"),
    Role.EXPERT: (
        "“同上周”记本周工作；补充被退回的一条",
        "Record this week 'as last week'; complete the returned entry",
    ),
    Role.DEPARTMENT_HEAD: ("核实本科室专家的月度单", "Verify the sheet of your department's expert"),
    Role.LEADER: (
        "试着核实本院的月度单：本人受雇于支援医院，系统会说明为何不行",
        "Try to verify a sheet: employed by the giver, you are told why not",
    ),
    Role.HEALTH_AUTHORITY: (
        "看已公布的月度汇总；裁定一条异议；抽查核对",
        "See published months; settle an objection; judge a spot check",
    ),
    Role.ADMINISTRATOR: ("看成员，发一个邀请", "Look after members; invite one"),
    Role.AUDITOR: ("看机构名录与关系", "Look at the directory and its relations"),
}


@dataclass(frozen=True)
class SignIn:
    """What the runner prints for a role."""

    role: str
    phone: str
    password: str
    name: str
    institution: str
    first: str = ""


def sign_ins() -> list[SignIn]:
    """Return one sign-in for every role; none when the example was not filled in here."""
    with scope.system():
        return [one for role in PHONES if (one := _sign_in(role)) is not None]


def _sign_in(role: Role) -> SignIn | None:
    from django.utils import timezone

    principal = Principal.objects.filter(phone=PHONES[role]).first()
    if principal is None:
        return None
    held = accounts.memberships(principal.pk, shanghai_day(timezone.now()))
    where = next((one.institution for one in held if one.role is role), "")
    chinese = settings.LANGUAGE_CODE.startswith("zh")
    return SignIn(str(role), PHONES[role], PASSWORD, principal.name, where, FIRST[role][0 if chinese else 1])
