# ruff: noqa: E501
"""Every component on a few pages, under addresses that exist in tests only: `ROOT_URLCONF = "…tests.stylebook"`."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.urls import path

from lianti.lib.web import navigation, parts
from lianti.lib.web.tests import parts_for_tests as sample

LIST = """{% extends "web/list.html" %}{% load web %}{% block rows %}{% for r in rows %}<tr{% if r.late %} class="late"{% endif %}>
<td><a class="main" href="/x/">{{ r.title }}</a> <span class="sub">{{ r.number }}</span></td>
<td>{% state_badge "s" r.label r.tone %}</td>
<td class="wide">{% institution_name giver %} → {% institution_name receiver %}</td>
<td class="number">{{ r.quantity|quantity }}</td>
<td class="day" data-label="日期">{% day r.day %}</td></tr>{% endfor %}{% endblock %}"""

BOARD = """{% extends "web/record.html" %}{% load web %}{% block proof %}
<section class="part"><h2>约定与完成</h2><div class="table-box"><table class="table stack"><thead><tr><th>约定任务</th><th>完成</th><th class="c-number">线上核实</th></tr></thead><tbody>
<tr><td>派驻专家</td><td>7 / 12 人次</td><td class="number">5</td></tr>
<tr class="late"><td>教学查房</td><td>3 / 24 次</td><td class="number">3</td></tr>
<tr><td>手术带教</td><td>26 / 24 台</td><td class="number">20</td></tr>
<tr><td>义诊</td><td>4 次</td><td class="number">4</td></tr></tbody></table></div></section>
<section class="part"><h2>数字</h2><dl class="figures"><div class="figure"><dt>累计核实</dt><dd>128 <small>次</small></dd></div><div class="figure"><dt>逾期未核实</dt><dd>3 <small>条</small></dd></div></dl></section>{% endblock %}"""


def _shell(current: str) -> SimpleNamespace:
    labels = [
        ("todo", "待办"),
        ("network", "网络"),
        ("agreements", "协议与任务"),
        ("needs", "需求"),
        ("activities", "活动"),
        ("ledger", "帮扶台账"),
        ("members", "成员"),
    ]
    entries = [
        navigation.Entry(k, label, "home", None, 0, k, k[1], "work" if k in ("activities", "ledger") else "")
        for k, label in labels
    ]
    seat = SimpleNamespace(institution=sample.GIVER, role="医联体办公室", key="A", current=True)
    other = SimpleNamespace(institution=sample.RECEIVER, role="派驻专家", key="B", current=False)
    return SimpleNamespace(
        acting=seat,
        choices=[seat, other],
        person="王青",
        entries=entries,
        first=entries[:3],
        headings=navigation.headings(entries),
        unfolded=True,
        rest=navigation.headings(entries[3:]),
        current=current,
        unread=3,
        inbox_url="/x/",
        search_url="/x/",
        switch_url="/x/",
        sign_out_url="/x/",
        badge_url="",
    )


def _draw(request: HttpRequest, source: str, **context: Any) -> HttpResponse:
    given = {"request": request, "shell": _shell("needs"), **context}
    if source.endswith(".html"):
        return HttpResponse(render_to_string(source, given, request=request))
    return HttpResponse(Template(source).render(Context(given)))


def record(request: HttpRequest) -> HttpResponse:
    return _draw(
        request, BOARD, head=sample.head(), moves=sample.moves(), facts=sample.facts(), story=sample.story() * 3
    )


def listing(request: HttpRequest) -> HttpResponse:
    tones = [
        ("待核实", "waiting"),
        ("处理中", "moving"),
        ("已核实", "done"),
        ("逾期未核实", "late"),
        ("已撤回", "stopped"),
    ]
    rows = [
        SimpleNamespace(
            title=f"教学查房:心内科第{i}次",
            number=f"LE-2026-{i:04}",
            label=tones[i % 5][0],
            tone=tones[i % 5][1],
            quantity=i * 1.5,
            day=sample.story()[i % 2].at.date(),
            late=tones[i % 5][1] == "late",
        )
        for i in range(1, 41)
    ]
    return _draw(
        request,
        LIST,
        page=parts.Page(
            "帮扶台账", "按日期倒序。", 1234, [parts.Action("登记活动", "/x/", True), parts.Action("导出", "/x/")]
        ),
        chips=sample.chips(),
        columns=sample.columns(),
        rows=rows,
        more=None if request.GET.get("after") else "T",
        giver=sample.GIVER,
        receiver=sample.RECEIVER,
    )


def form(request: HttpRequest) -> HttpResponse:
    data = {"title": "血滤", "amount": "many"} if "bad" in request.GET else None
    return _draw(
        request,
        "web/form_page.html",
        page=parts.Page("提出需求", "院长签批后上报。"),
        form=sample.StateNeed(data),
        submit="提交",
        cancel="/x/",
        draft="need",
    )


def empty(request: HttpRequest) -> HttpResponse:
    return _draw(
        request,
        LIST,
        page=parts.Page("需求"),
        rows=[],
        empty=parts.Empty("还没有需求", "贵院的需求会显示在这里。", "/x/", "提出需求"),
    )


def error(request: HttpRequest) -> HttpResponse:
    return _draw(
        request,
        "web/error.html",
        status=409,
        title="他人已先操作",
        happened="这条记录刚刚发生了变化。",
        kept="没有任何改动。",
        next="请返回并刷新该记录。",
    )


def outside(request: HttpRequest) -> HttpResponse:
    source = '{% extends "web/door.html" %}{% block card %}<h1>登录</h1>{% include "web/form.html" with submit="登录" %}{% endblock %}'
    return _draw(request, source, shell=None, form=sample.Accept())


def paper(request: HttpRequest) -> HttpResponse:
    source = """{% extends "web/print.html" %}{% block sheet %}<table class="table"><thead><tr><th>日期</th><th>事项</th><th>数量</th></tr></thead><tbody>
{% for i in sheet %}<tr><td>11-{{ i }}</td><td>教学查房</td><td>1 次</td></tr>{% endfor %}</tbody></table><div class="seals"><div class="seal"><p>支援医院(盖章)</p></div><div class="seal"><p>受援医院(盖章)</p></div></div>{% endblock %}"""
    return _draw(
        request,
        source,
        title="帮扶工作月度确认表",
        subtitle="2026年11月 王青",
        number="MS-2026-0012",
        code="7K2M-9QXA",
        sheets=[range(10, 28), range(1, 9)],
    )


urlpatterns = [
    path("", record, name="home"),
    path("record/", record),
    path("list/", listing),
    path("form/", form),
    path("empty/", empty),
    path("error/", error),
    path("outside/", outside),
    path("paper/", paper),
]
