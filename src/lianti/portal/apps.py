from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "lianti.portal"
    label = "portal"

    def ready(self) -> None:
        from lianti.kernel import notices, panels
        from lianti.lib.web import hooks, navigation

        hooks.provide_panels(panels.render)
        notices.register_text("jobs.done", _("%(title)s is done: fetch it within a day."))
        notices.register_text("jobs.failed", _("%(title)s could not be done."))
        notices.register_link("jobs", lambda _record: "/jobs/")
        navigation.group("work", _("Work done"), 40, icon="activities")
        navigation.group("administration", _("Administration"), 85)
        navigation.register("todo", _("To do"), "portal:home", order=0, letter="t")
        navigation.register("network", _("Network"), "portal:network", order=10, letter="w")
