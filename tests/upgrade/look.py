"""Run as a script on an upgraded database; prints JSON: what is measured there, or what people's pages answer."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import django

django.setup()

from django.test import Client
from django.urls import Resolver404, resolve

from lianti.config import described
from lianti.demo.people import PASSWORD
from lianti.kernel import journal, scope
from tests.upgrade.measure import measured

HREF = re.compile(r'href="(/[^"#?]*)"')


def measure() -> dict[str, Any]:
    """Return rows, sums and journal, and what is wrong with its chains and seals."""
    with scope.system():
        report = journal.verify({kind: flow.record for kind, flow in described.flows().items()})
        return {**measured(), "faults": report.faults}


def walk(phone: str) -> list[tuple[str, str, int]]:
    """Sign in and open what the pages lead to, one page of each kind: its name, its address, the status."""
    browser = Client(raise_request_exception=False, headers={"host": "localhost", "accept-language": "en"})
    came = browser.post("/sign-in/", {"name": phone, "password": PASSWORD})
    found = [("signed in", "/sign-in/", came.status_code)]
    waiting, seen, opened = ["/"], {"/"}, set[str]()
    while waiting:
        path = waiting.pop(0)
        name = resolve(path).view_name
        if name in opened:
            continue
        opened.add(name)
        answer = browser.get(path)
        found.append((name, path, answer.status_code))
        if answer.get("content-type", "").startswith("text/html"):
            new = dict.fromkeys(path for path in HREF.findall(answer.content.decode()) if path not in seen)
            waiting += [path for path in new if is_page(path)]
            seen.update(new)
    return found


def is_page(path: str) -> bool:
    """Say whether an address is one of ours and no file: the set keeps rows, not what lies in the folder of files."""
    try:
        return not resolve(path).view_name.endswith(("file", "sign_out"))
    except Resolver404:
        return False


if __name__ == "__main__":
    phones = sys.argv[1:]
    print(json.dumps({phone: walk(phone) for phone in phones} if phones else measure()))
