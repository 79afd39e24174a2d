from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "lianti.lib.web"
    label = "web"

    def ready(self) -> None:
        from lianti.lib.web import converters

        converters.register()
