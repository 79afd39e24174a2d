"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from lianti.config.frames import roomy

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianti.config.settings")

application = roomy(get_wsgi_application())

# All that was loaded stays for good: the collector need not walk it again and again between requests.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 50)
