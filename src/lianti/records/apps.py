"""The room `records`, between the contexts and the kernel."""

from importlib import import_module

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers its jobs and what stands below file fields; lists and kinds are registered by the contexts."""

    name = "lianti.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know the jobs, and file fields show what is kept of them."""
        from lianti.kernel import outbox
        from lianti.lib.web import hooks
        from lianti.records import held, views

        import_module("lianti.records.tasks")
        hooks.provide_file_part(views.file_part)
        outbox.every(held.SWEEP, 3600)
