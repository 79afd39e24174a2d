"""The kernel: mechanisms with tables, no hospital nouns."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel's tables under the label `kernel`."""

    name = "lianti.kernel"
    label = "kernel"
