"""Who sits before a screen in the stories: somebody signed in, or the holder of a link; every page is looked at."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.cast import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from lianti.lib.actor import Actor

SHOTS = os.environ.get("SCREENSHOTS", "")
GRAVE = frozenset({"serious", "critical"})
PRIMARY = "main form.form button.primary[type=submit]"


@dataclass
class Reader:
    """One person with one browser window. With scripts on, every page they come to is held to axe."""

    page: "Page"
    address: str
    scripts: bool = True
    seen: set[str] = field(default_factory=set)

    def go(self, path: str) -> "Reader":
        """Open an address."""
        answer = self.page.goto(path if path.startswith("http") else f"{self.address}{path}")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.looked()

    def go_closed(self, path: str) -> "Reader":
        """Open an address that leads nowhere any more."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status >= 400, f"{path} still opens"
        return self.looked()

    def looked(self) -> "Reader":
        """Look at the page: nothing may stand in anybody's way on it, nothing may hang over its edge."""
        self.page.wait_for_load_state("load")
        if SHOTS:
            name = f"{len(list(Path(SHOTS).iterdir())):03d}-{self.page.viewport_size['width']}.png"  # type: ignore[index]
            self.page.screenshot(path=str(Path(SHOTS) / name), full_page=True)
        if not self.scripts:
            return self
        width = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1] + 1, f"{self.page.url} is wider than the screen: {width}"
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        grave = [(v["id"], v["help"], [n["html"][:160] for n in v["nodes"]]) for v in found if v["impact"] in GRAVE]
        assert not grave, f"{self.page.url}: {grave}"
        return self

    def fill(self, **fields: str) -> "Reader":
        """Fill fields by name: text, choices, ticks."""
        for name, value in fields.items():
            _put(self.page.locator("main"), name, value)
        return self

    def attach(self, name: str, file: str, content: bytes) -> "Reader":
        """Choose a file."""
        kind = "application/pdf"
        self.page.locator(f"main [name={name}]").first.set_input_files(
            {"name": file, "mimeType": kind, "buffer": content}
        )
        return self

    def send(self, form: str = PRIMARY) -> "Reader":
        """Send the form and look at what comes."""
        self.page.locator(form).first.click()
        if self.scripts:  # what goes through the queue of the browser is under way for a moment
            self.page.locator("form[data-queue][data-sent]").wait_for(state="detached")
        return self.looked()

    def move(self, name: str, **fields: str) -> "Reader":
        """Do a move of the record's page: open its form when it has one, fill it, send it."""
        folded = self.page.locator(f"#move-{name}")
        if folded.count():
            if folded.get_attribute("open") is None:
                folded.locator("summary").click()
            inside = folded.locator("form")
            for field_name, value in fields.items():
                _put(inside, field_name, value)
            inside.locator("button[type=submit]").click()
        else:
            self.page.locator(f"form[action*='moves/{name}/'] button, form[action$='/{name}/'] button").first.click()
        return self.looked()

    def follow(self, what: str) -> "Reader":
        """Click a link."""
        self.page.locator(what).first.click()
        return self.looked()

    def sees(self, *texts: str) -> "Reader":
        """Hold that these words stand on the page."""
        shown = self.shown
        for text in texts:
            assert text in shown, f"“{text}” is not on {self.page.url}:\n{shown[:1500]}"
        return self

    def sees_no(self, *texts: str) -> "Reader":
        """Hold that these words do not stand on the page."""
        for text in texts:
            assert text not in self.shown, f"“{text}” is on {self.page.url}"
        return self

    @property
    def shown(self) -> str:
        """Return what stands on the page, or on the paper."""
        return str(self.page.locator("main, body.paper").first.inner_text())

    @property
    def here(self) -> str:
        """Return the path of the page."""
        return self.page.url.removeprefix(self.address).split("?")[0].split("#")[0]


def _put(where: Any, name: str, value: str) -> None:
    """Fill one field, whatever kind it is; a tick or a choice may be drawn by its label alone."""
    found = where.locator(f"[name={name}]")
    if found.first.get_attribute("type") in {"radio", "checkbox"}:
        where.locator(f"[name={name}][value='{value}']").check(force=True)
    elif where.locator(f"select[name={name}]").count():
        found.first.select_option(value)
    else:
        found.first.fill(value)


Opens = Callable[..., Reader]


def opener(new_page: "Callable[..., Page]", address: str, **window: Any) -> "Callable[[Actor | None], Reader]":
    """Return what opens a window for somebody and signs them in."""

    def opens(actor: "Actor | None" = None) -> Reader:
        reader = Reader(new_page(**window), address, window.get("java_script_enabled", True))
        reader.page.set_default_timeout(8000)
        if actor is not None:
            sign_in(reader.page, address, actor)
            reader.page.wait_for_url(f"{address}/")
            reader.looked()
        return reader

    return opens
