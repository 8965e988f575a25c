"""Settings: environment first (the table is in README.md); a clean checkout runs as it is."""

import secrets
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ocop.environment import Environment, program_digest

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# --- What kind of start this is ---------------------------------------------------------------
DEBUG = env.flag("DEBUG", default=True)
VAR_DIR = Path(env.text("VAR_DIR") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """The key from the environment; for a trial on one machine, one made once and kept in var/."""
    if given := env.text("SECRET_KEY"):
        return given
    if not DEBUG:
        raise ImproperlyConfigured("SECRET_KEY must be set when DEBUG=0 (50 random characters).")
    key = VAR_DIR / "secret-key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50))
    return key.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if DEBUG else "")
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's host when DEBUG=0.")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

# --- Programs ---------------------------------------------------------------------------------
# django-chartjs stays out: only its view classes are used, its static files hold a chart library
# that is not free and an old Chart.js. django-import-export is here for the pages of its admin; its
# own import and export commands, which would pass by scope, checks and history, are replaced by
# those of ocop.imports, which refuse.
INSTALLED_APPS = [
    "ocop.organisation",
    "ocop.web",
    "ocop.imports",
    "ocop.administration.apps.AdministrationConfig",
    "ocop.backup",
    "products",
    "targets",
    "simple_history",
    "django_filters",
    "csp",
    "import_export",
    "ocop.administration.apps.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "products.entry.unsaved_login.PreserveFormMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "ocop.web.middleware.ErrorPageMiddleware",
]
ROOT_URLCONF = "ocop.urls"
WSGI_APPLICATION = "ocop.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ocop.web.context_processors.site",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------
# Request handlers open their own short transactions (never ATOMIC_REQUESTS), so that reading
# and checking happen outside the write lock.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def _database() -> dict[str, Any]:
    url = env.text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'ocop.sqlite3'}"
    try:
        database: dict[str, Any] = dict(
            dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
        )
    except (ValueError, dj_database_url.ParseError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is not readable: write postgres://user:password@host:5432/name "
            f"or sqlite:////absolute/path ({error})."
        ) from None
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = SQLITE_OPTIONS
        database["CONN_MAX_AGE"] = 0
    elif database["ENGINE"].endswith("postgresql"):
        database["OPTIONS"] = {
            # A host that does not answer is given up on; otherwise a worker hangs for minutes.
            "connect_timeout": env.whole("DATABASE_CONNECT_TIMEOUT", 5, least=1),
            **database.get("OPTIONS", {}),
            # The planner's just-in-time compiler makes the overview's short queries three times
            # slower.
            "options": "-c jit=off",
        }
    else:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite://.")
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "overview"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = [
    "ocop.organisation.hashers.BoundedArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_AGE = env.whole("SESSION_HOURS", 12, least=1) * 3600

PASSWORD_RESET_TIMEOUT = env.whole("LINK_HOURS", 72, least=1) * 3600
"""How long a link with which a person sets a password is good."""

# --- Mail: without EMAIL_HOST nothing is sent, and links are shown to the administrator --------
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole("EMAIL_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "ocop@localhost")

# --- Language and form ------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
# Khmer joins when its catalogue does: an untranslated language is worse than none.
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "ocop" / "locale"]
FORMAT_MODULE_PATH = "ocop.formats"
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- Static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "ocop.web.static_storage.StaticStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "files"
# Models whose rows name a file below MEDIA_ROOT, and what tells which: backups take it along.
BACKUP_FILES = {"products.Evidence": "products.evidence.storage.file_of_row"}


# --- Cached parts of pages --------------------------------------------------------------------
# Every key names the state of the data (ocop.web.caching): what is out of date is never asked for.
# Keys hold the day as well, so nothing is of use for longer than one.
def _cache() -> dict[str, Any]:
    url = env.text("CACHE_URL")
    if not url:
        return {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "TIMEOUT": 86_400,
            "OPTIONS": {"MAX_ENTRIES": 128},
        }
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must begin with redis://, rediss:// or unix://.")
    if find_spec("redis") is None:
        raise ImproperlyConfigured("CACHE_URL needs the Python package “redis”: pip install redis.")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "TIMEOUT": 86_400,
        # What another release of the program left there is none of this one's.
        "KEY_PREFIX": program_digest(BASE_DIR),
    }


CACHES = {"default": _cache()}
# What the lower apps ask of those above them, which they may not import: see ocop.hooks.
HOOKS = {
    "administration_effects": "targets.verification.effects.administration_effects",
    "confirmed_among": "products.confirmed_periods.lookup.labels_of_touched",
    "confirmed_periods": "targets.confirmations.later_changes.confirmed_periods",
    "further_kinds": "targets.verification.kinds.KINDS",
    "import_effects": "targets.verification.effects.import_effects",
    "import_effects_worded": "targets.verification.effect_wording.with_sentences",
    "imports_within": "products.datasets.undo.dependents.batches_within",
    "planned_units": "targets.models.plans.planned_units",
    "proposal_effects": "targets.verification.effects.proposal_effects",
    "plans_unit": "targets.figures.commitments.plans_unit",
    "meeting_days": "targets.committee.meetings.days.meeting_days",
}

# --- Safety -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# HTTPS is the rule; a server reached over plain http inside one machine says HTTPS=0.
HTTPS = env.flag("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A workbook is judged by its own guard (5 MiB); nothing larger needs to be taken in.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
