"""Django settings. Every value that a site may change comes from the environment (docs/settings.md)."""

from pathlib import Path
from typing import Any

from lianti.config import env

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.DATA.value()

SECRET_KEY = env.SECRET_KEY.value()
JOURNAL_KEY = env.JOURNAL_KEY.value()
DEBUG = env.DEBUG.value()
ALLOWED_HOSTS = list(env.HOSTS.value())
CSRF_TRUSTED_ORIGINS = list(env.ORIGINS.value())
# True: by HTTPS only. None: as each person comes; lib/web/plainly.py lets cookies go over plain HTTP, with a warning.
HTTPS = env.HTTPS.value()
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS is not False
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS is not False else 0
if HTTPS is not False:  # what a proxy says of the way people came; who says it wrongly locks out nobody else
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "lianti.lib.web",
    "lianti.kernel",
    "lianti.records",
    "lianti.contexts.network",
    "lianti.contexts.accounts",
    "lianti.contexts.evidence",
    "lianti.contexts.papers",
    "lianti.contexts.ledger",
    "lianti.contexts.activities",
    "lianti.contexts.agreements",
    "lianti.contexts.needs",
    "lianti.contexts.intake",
    "lianti.contexts.dispatch",
    "lianti.journeys",
    "lianti.portal",
]

MIDDLEWARE = [
    "lianti.lib.web.plainly.PlainCookies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lianti.portal.middleware.ActorMiddleware",
    "lianti.portal.offline.Queued",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lianti.config.urls"
WSGI_APPLICATION = "lianti.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lianti.portal.context.shell",
            ]
        },
    }
]


def database(where: env.Database) -> dict[str, Any]:
    """Return Django's settings for one database."""
    if not where.is_postgresql:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": where.name,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
                "PRAGMA cache_size=-64000;PRAGMA mmap_size=268435456;",
            },
        }
    threads = env.WEB_THREADS.value()
    options: dict[str, Any] = dict(where.options)
    options["pool"] = {"min_size": 1, "max_size": threads + 1, "timeout": 20}
    options["prepare_threshold"] = 1  # of what kernel/ready.py runs; the ORM's own statements are never prepared
    if (role := env.DATABASE_ROLE.value()) != "owner":
        # Not Django's `assume_role`: with a pool it asks for a connection while it makes one, and waits for itself.
        options["options"] = f"-c role={role}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": where.name,
        "USER": where.user,
        "PASSWORD": where.password,
        "HOST": where.host,
        "PORT": where.port,
        "OPTIONS": options,
    }


DATABASES = {"default": database(env.DATABASE_URL.value())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "kernel.Principal"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "lianti.contexts.accounts.services.PhoneAndPassword"]
LOGIN_URL = "/sign-in/"
CSRF_FAILURE_VIEW = "lianti.portal.errors.forged"
SESSION_ENGINE = "lianti.portal.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "lianti.contexts.accounts.queries.counted_by"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "name"]  # "name": the field of the page
AXES_USERNAME_FORM_FIELD = "username"  # the name of the credential, not of the field
# A whole hospital comes from one address: failures are counted by number, not by address.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the time to wait that is shown stays true
AXES_LOCKOUT_CALLABLE = "lianti.contexts.accounts.views.locked_out"

LANGUAGE_CODE = env.LANGUAGE.value()
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
if not DEBUG:  # names carry a hash of the content; `lianti web` collects them before it serves
    STATICFILES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATICFILES},
}
MEDIA_ROOT = DATA / "files"
EXPORTS = DATA / "exports"  # what jobs made for people, for a day
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
UPLOAD_MEGABYTES = env.UPLOAD_MEGABYTES.value()

FONTS = env.FONTS.value()
ROOMS_OFF = env.ROOMS_OFF.value()
INTAKE_EXTRACTOR = env.INTAKE_EXTRACTOR.value()

OVERDUE_DAYS = env.OVERDUE_DAYS.value()
OBJECTION_DAYS = env.OBJECTION_DAYS.value()
