"""Coming in and changing institution in a browser, with and without JavaScript."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lianti.lib.roles import Role
from tests.cast import PASSWORD, Cast, a_member, a_principal, sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHOTS = os.environ.get("SCREENSHOTS", "")


def _shot(page: "Page", name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [1440, 390])
def test_sign_in_and_switch_institution(
    live_server: object, cast: Cast, new_page: "Callable[..., Page]", scripts: bool, width: int
) -> None:
    address = live_server.url  # type: ignore[attr-defined]
    principal = a_principal("欧阳往返")
    a_member(Role.COORDINATOR, cast.county.institution, principal=principal)
    a_member(Role.OFFICE, cast.supporting.institution, principal=principal)
    page = new_page(width=width, java_script_enabled=scripts)
    page.goto(f"{address}/people/")
    _shot(page, f"sign-in-{width}")
    page.fill("[name=name]", str(principal.phone))
    page.fill("[name=password]", "wrong")
    page.click("main button[type=submit]")
    _shot(page, f"refused-{width}")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    assert page.url == f"{address}/people/"
    assert cast.county.institution.name in page.content()
    page.click("details.acting summary")
    page.click(f"details.acting button:has-text('{cast.supporting.institution.short_name}')")
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/people/")
    assert cast.supporting.institution.name in page.inner_text("main")
    _shot(page, f"members-{width}")


def test_office_invites_and_ends(live_server: object, cast: Cast, page: "Page") -> None:
    address = live_server.url  # type: ignore[attr-defined]
    sign_in(page, address, cast.county.office)
    page.goto(f"{address}/people/invite/")
    page.fill("[name=phone]", "138 0000 1111")
    page.fill("[name=name]", "钱初来")
    page.check("[name=role][value=clinician]", force=True)
    _shot(page, "invite")
    page.click("main button[type=submit]")
    _shot(page, "code")
    page.click("main a.button.primary")
    page.click("text=钱初来")
    _shot(page, "member")
    page.click("#move-end_membership summary")
    page.click("#move-end_membership button[type=submit]")
    page.wait_for_url("**/people/?**")
    page.click("a:text-is('已终止')")
    page.wait_for_url("**state=ended**")
    assert "钱初来" in page.inner_text("main")
