"""Forms filled in rightly, so that only who sends them decides."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from lianti.contexts.dispatch.models import Posting
from lianti.contexts.evidence.tests.samples import PDF
from lianti.contexts.papers.tests.builders import a_docx
from lianti.kernel import scope
from tests.cast import PASSWORD, a_phone
from tests.permissions.world import World

Body = dict[str, Any]


def password(_world: World) -> Body:
    return {"old": PASSWORD, "new": "another-tall-bamboo", "again": "another-tall-bamboo"}


def phone(_world: World) -> Body:
    return {"phone": a_phone()}


def own_phone(_world: World) -> Body:
    return {"phone": a_phone(), "password": PASSWORD}


def invitation(_world: World) -> Body:
    return {"phone": a_phone(), "name": "钱初来", "role": "clinician", "from_date": "2026-01-01"}


def ending(_world: World) -> Body:
    return {"successor": "", "note": ""}


def reason(_world: World) -> Body:
    return {"note": "双方商定"}


def _pair(world: World) -> tuple[str, str]:
    return world.cast.supporting.institution.public_id, world.cast.county.institution.public_id


def institution(_world: World) -> Body:
    return {"name": "新河县人民医院", "kind": "hospital", "level": "2a", "region": "青山省/新河县"}


def institution_words(_world: World) -> Body:
    return {"short_name": "云溪县医院", "kind": "hospital", "level": "2a", "region": "青山省"}


def person(_world: World) -> Body:
    return {"name": "孙新来", "title_level": "junior"}


def people_table(_world: World) -> Body:
    return {"rows": "姓名\t职称\n孙新来\t主治医师\n", "take": ""}


def relation(world: World) -> Body:
    supporting, county = _pair(world)
    return {
        "behaviour": "specialty_alliance",
        "name": "卒中专科联盟",
        "lead": supporting,
        "members": [county],
        "authority": world.cast.authority.institution.public_id,
    }


def country_rules(_world: World) -> Body:
    return {"holds": "country", "name": "新口径", "source": "院办纪要", "value_months": "9", "value_leave": ["-"]}


def new_rules(_world: World) -> Body:
    return {"name": "新口径", "source": "院办纪要", "value_months": "9", "note": "更正"}


def check(world: World) -> Body:
    return {"posting": world.things["posting"], "list": "leaving"}


def house(_world: World) -> Body:
    return {"items": "recipient\tarrival\t钥匙\t1"}


def item(_world: World) -> Body:
    return {"name": "停车证", "side": "recipient", "due": "2026-03-20"}


def visit(world: World) -> Body:
    return {"people": [world.things["posting"]], "day": "2026-03-09", "visitors": "院领导"}


def handover(world: World) -> Body:
    return {"posting": world.things["posting"], "day": "2026-03-09", "tasks": "两例随访"}


def station(world: World) -> Body:
    county = world.cast.county.institution.public_id
    given = {"relation": world.cast.relation.public_id, "recipient": county, "applied": "2026-03-09"}
    return {**given, "name": "皮肤科站", "specialty": "皮肤科"}


def approval(_world: World) -> Body:
    return {"approved": "2026-03-09", "approval_number": "3号"}


def rate(_world: World) -> Body:
    return {"yuan": "120", "from_date": "2026-03-01"}


def rate_end(_world: World) -> Body:
    return {"to_date": "2026-03-31"}


def allowance_month(_world: World) -> Body:
    return {"month": "2026-02"}


def clinic(world: World) -> Body:
    return {
        "posting": world.things["posting"],
        "weekday": "2",
        "half": "evening",
        "name": "夜门诊",
        "from_date": "2026-03-02",
    }


def clinic_end(_world: World) -> Body:
    return {"to_date": "2026-03-09"}


def need(world: World) -> Body:
    supporting, county = _pair(world)
    return {
        "address": f"{world.things['relation']}-{county}-{supporting}",
        "category": "training",
        "text": "请派人带教",
        "signed_off_duty": "院长",
    }


def acceptance(_world: World) -> Body:
    return {"priority": "2"}


def new_code(_world: World) -> Body:
    return {"code": "new uploads /activities/new/"}


def sought(_world: World) -> Body:
    return {"q": "腹腔镜", "address": "/needs/"}


def view(_world: World) -> Body:
    return {"name": "我的", "address": "/needs/?show=all"}


def export(_world: World) -> Body:
    return {"form": "csv"}


def bulk(move: str, thing: str, version: int = 1) -> Callable[[World], Body]:
    return lambda world: {"move": move, "row": f"{world.things[thing]}.{version}", "note": "一并办理"}


def together(world: World) -> Body:
    """The sheet of the world with its entry, ticked on the page of several."""
    sheet, entry = world.things["sheet"], world.things["entry"]
    return {"sheet": sheet, f"seen-{sheet}": f"{entry}.1"}


def batch(world: World) -> Body:
    relation = world.cast.relation.public_id
    return {"relation": relation, "name": "第九批", "kind": "long", "from_date": "2026-03-01", "to_date": "2026-08-31"}


def last_day(_world: World) -> Body:
    return {"left": "2026-03-05"}


def earlier_service(world: World) -> Body:
    return {
        "person": "白能去",
        "place": world.cast.county.institution.name,
        "first": "2024-01-01",
        "last": "2024-06-30",
        "letter_number": "函1号",
        "kind": "long",
    }


def earlier_lines(world: World) -> Body:
    return {"lines": f"白能去\t\t{world.cast.county.institution.name}\t2022-01-01\t2022-06-30\t函2号"}


def certificate(world: World) -> Body:
    with scope.system():
        return {"person": Posting.objects.get(public_id=world.things["posting"]).person.name}


def chosen_certificate(world: World) -> Body:
    return {"chosen": [world.things["certificate"]]}


def notice(world: World) -> Body:
    public = {"public_from": "2026-03-01", "public_to": "2026-03-07"}
    return {"certificate_ids": [world.things["approved_certificate"]], **public}


def marks_of_department(_world: World) -> Body:
    items = ("ethics", "ability", "workload", "teaching", "cooperation")
    return {**dict.fromkeys(items, "5"), "department_text": "工作认真"}


def month_to_begin(world: World) -> Body:
    return {"pair": "-".join(_pair(world)), "month": "2026-03"}


def leave(world: World) -> Body:
    first = (date.today() + timedelta(days=40)).isoformat()
    with scope.system():
        Posting.objects.update(to_date=date.today() + timedelta(days=90))
    return {"posting": world.things["posting"], "kind": "personal", "first": first, "until": first}


def presence(world: World) -> Body:
    with scope.system():
        row = Posting.objects.select_related("person", "recipient").get(public_id=world.things["posting"])
    who = f"{row.person.public_id}-{row.recipient.public_id}"
    return {"who": who, "day": "2026-03-04", "way": "phone", "found": "present"}


def why(_world: World) -> Body:
    return {"note": "拨错电话"}


def marks(world: World) -> Body:
    with scope.system():
        number = Posting.objects.get(public_id=world.things["posting"]).number
    return {"lines": f"{number}\t3\tn"}


def night(_world: World) -> Body:
    return {"d4": "n"}


def applicants(_world: World) -> Body:
    return {"names": "白能去", "purpose": "promotion", "until": "2026-03-10"}


def nomination(world: World) -> Body:
    return {"person": world.things["own_doctor"], "batch": world.things["planned_batch"]}


def exemption(_world: World) -> Body:
    return {"reason": "specialty", "basis": "省卫健委〔2025〕7号"}


def receipt(_world: World) -> Body:
    return {"arrived": "2026-03-02"}


def own_template(_world: World) -> Body:
    file = SimpleUploadedFile("证明.docx", a_docx("{{ name }}"))
    return {"file": file, "from_date": "2026-03-01", "title": ""}


def draft(world: World) -> Body:
    return {"title": "补充协议", "form": "agreement", "parties": list(_pair(world))}


def signed(world: World) -> Body:
    return {**draft(world), "signed_date": "2025-01-15", "from_date": "2025-01-01"}


def promise(world: World) -> Body:
    way = "-".join(_pair(world))
    return {"kind": "training", "text": "每年讲座", "way": way, "amount": "12", "unit": "session", "period": "year"}


def goal(_world: World) -> Body:
    return {"kind": "accreditation", "text": "通过评审"}


def activity(world: World) -> Body:
    supporting, county = _pair(world)
    return {
        "kind": "lecture",
        "day": "2026-03-09",
        "quantity": "1",
        "giver": supporting,
        "receivers": [county],
        "extra_topic": "心梗救治",
        "extra_attendees": "30",
    }


def scan(world: World) -> Body:
    return {"signatory": str(world.things["head"]), "scan": SimpleUploadedFile("盖章单.pdf", PDF, "application/pdf")}


def link(world: World) -> Body:
    return {"person": str(world.things["head"])}


def month(_world: World) -> Body:
    return {"month": "2026-03"}


def document(_world: World) -> Body:
    return {"text": "两院座谈，商定派驻计划。"}


def ticked(world: World) -> Body:
    return {"proposal": [str(world.things["proposal"])]}


def correction(_world: World) -> Body:
    return {"text": "心内科介入人才短缺", "category": "workforce", "specialty": ""}
