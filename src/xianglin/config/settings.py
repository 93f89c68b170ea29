"""Settings: everything a place may change comes from the environment; the defaults are a laptop's.

XIANGLIN_DATA      one folder for all data (default ./var)
DATABASE_URL       postgres://user:password@host:port/name, or postgres:///name?host=/socket; unset: SQLite
XIANGLIN_DEMO      1: demonstration doors and /demo/outbox/ are open
XIANGLIN_HOSTS     comma-separated host names, with the port where it is not the usual one (default: this machine only)
XIANGLIN_PROXIES   how many reverse proxies of ours add to X-Forwarded-For (default 0)
XIANGLIN_HTTPS     1: cookies only over HTTPS, HSTS; with proxies their X-Forwarded-Proto is believed
XIANGLIN_FONTS     folders of an office's own fonts (FangSong and its like) for PDF, separated as in PATH
XIANGLIN_SMS_PER_HOUR  at most so many log-in codes an hour to browsers that nobody logged in with before (default 1000)
XIANGLIN_SITE      the site's own address, for links in e-mails: https://x.gov.cn
XIANGLIN_SMS_…, XIANGLIN_MAIL_…  who carries messages: see docs/operator.md
PORT               port of `xianglin run` (default 8000)
"""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .secrets import installation_secret

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("XIANGLIN_DATA", "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = False
DEMO = os.environ.get("XIANGLIN_DEMO") == "1"
SECRET_KEY = installation_secret(DATA, "django")
KEY_FOLDER = DATA / "keys"
HTTPS = os.environ.get("XIANGLIN_HTTPS") == "1"


def _hosts(listed: str) -> tuple[list[str], list[str]]:
    """Names to answer to, and the origins of their forms over HTTPS, which hold the port and "*." for ".name"."""
    named = [entry.strip() for entry in listed.split(",") if entry.strip()]
    origins = [f"https://*{entry}" if entry.startswith(".") else f"https://{entry}" for entry in named]
    return [re.sub(r":[0-9]+$", "", entry) for entry in named], [o for o in origins if o != "https://*"]


ALLOWED_HOSTS, _origins = _hosts(os.environ.get("XIANGLIN_HOSTS", "localhost,127.0.0.1,[::1]"))
CSRF_TRUSTED_ORIGINS = _origins if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "xianglin.base",
    "xianglin.ui",
    "xianglin.commons.keys",
    "xianglin.commons.trail",
    "xianglin.commons.jobs",
    "xianglin.commons.areas",
    "xianglin.commons.deadlines",
    "xianglin.commons.files",
    "xianglin.commons.search",
    "xianglin.commons.access",
    "xianglin.commons.exchange",
    "xianglin.commons.documents",
    "xianglin.commons.people",
    "xianglin.commons.notices",
    "xianglin.kernels.matters",
    "xianglin.kernels.gatherings",
    "xianglin.kernels.bulletins",
    "xianglin.kernels.pairings",
    "xianglin.kernels.indicators",
    "xianglin.programmes.briefing",
    "xianglin.programmes.mentoring",
    "xianglin.portal",
    "xianglin.demo",
]

MIDDLEWARE = [
    "xianglin.ui.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "xianglin.ui.middleware.Compressed",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "xianglin.ui.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "xianglin.commons.access.middleware.Access",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "xianglin.ui.middleware.Refusals",
]

ROOT_URLCONF = "xianglin.config.urls"
WSGI_APPLICATION = "xianglin.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "xianglin.ui.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "xianglin.ui.templatetags.ui",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "xianglin.sqlite3",
            "CONN_MAX_AGE": 60,  # opening it again would read the whole schema for every page
            # IMMEDIATE: with DEFERRED, concurrent writers lose to "database is locked"; see docs/decisions.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
            },
            "TEST": {"NAME": os.environ.get("XIANGLIN_TEST_DB")},
        }
    parts = urlsplit(url)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": str(options.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": options,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["xianglin.commons.access.backends.Passwords"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("MinimumLengthValidator", {"min_length": 10}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "display_name", "pinyin")}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "access:login"
SESSION_COOKIE_AGE = 90 * 24 * 3600  # villagers; staff sessions end after 8 idle hours (access.sessions)
SESSION_COOKIE_HTTPONLY = True
# Proxies in front of the platform that add to X-Forwarded-For; 0: the address that connects is the visitor's.
ACCESS_PROXIES = int(os.environ.get("XIANGLIN_PROXIES", "0"))
ACCESS_CODES_PER_HOUR = int(os.environ.get("XIANGLIN_SMS_PER_HOUR", "1000"))

# Who carries messages: docs/operator.md says what each is for.
SITE_URL = os.environ.get("XIANGLIN_SITE", "").rstrip("/")
SMS_PROVIDER = os.environ.get("XIANGLIN_SMS_PROVIDER", "")  # "gateway", "tencent", or a class: package.module.Class
SMS_TEMPLATES = os.environ.get("XIANGLIN_SMS_TEMPLATES", "")
SMS_SIGN = os.environ.get("XIANGLIN_SMS_SIGN", "")
# No SMS at night but log-in codes. A demonstration is looked at in the evening too.
SMS_QUIET = os.environ.get("XIANGLIN_SMS_QUIET", "" if DEMO else "21:00-08:00")
SMS_PER_PHONE = int(os.environ.get("XIANGLIN_SMS_PER_PHONE", "5"))
SMS_GATEWAY_URL = os.environ.get("XIANGLIN_SMS_GATEWAY", "")
SMS_GATEWAY_SECRET = installation_secret(DATA, "sms")
SMS_TENCENT_ID = os.environ.get("XIANGLIN_SMS_TENCENT_ID", "")
SMS_TENCENT_KEY = os.environ.get("XIANGLIN_SMS_TENCENT_KEY", "")
SMS_TENCENT_APP = os.environ.get("XIANGLIN_SMS_TENCENT_APP", "")
SMS_TENCENT_REGION = os.environ.get("XIANGLIN_SMS_TENCENT_REGION", "ap-guangzhou")
SMS_TENCENT_ENDPOINT = os.environ.get("XIANGLIN_SMS_TENCENT_ENDPOINT", "")
SMS_TENCENT_PROTOCOL = "https"
SMS_PUSH_TOKEN = os.environ.get("XIANGLIN_SMS_PUSH_TOKEN", "")
EMAIL_HOST = os.environ.get("XIANGLIN_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("XIANGLIN_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("XIANGLIN_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("XIANGLIN_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("XIANGLIN_MAIL_TLS") == "starttls"
EMAIL_USE_SSL = os.environ.get("XIANGLIN_MAIL_TLS") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("XIANGLIN_MAIL_FROM", "")

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "xianglin.ui.storage.Static"},
}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Public PDFs by their content, for all processes of a machine and its restarts. Lost, they are made anew.
    "documents": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache" / "documents",
        "TIMEOUT": 30 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
XIANGLIN_FONTS = os.environ.get("XIANGLIN_FONTS", "")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Where a proxy ends HTTPS, only its word tells; without one a visitor could write the header.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and ACCESS_PROXIES > 0 else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
CSRF_FAILURE_VIEW = "xianglin.ui.errors.csrf_failed"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# The public footer (政务移动互联网应用程序规范化管理办法): who runs it, its record number, a telephone;
# and an e-mail address for 意见反馈.
XIANGLIN_SPONSOR = os.environ.get("XIANGLIN_SPONSOR", "安吉县农业农村局（演示）" if DEMO else "")  # zh: demo's own
XIANGLIN_RECORD = os.environ.get("XIANGLIN_RECORD", "浙ICP备00000000号-1" if DEMO else "")  # zh: demo's own
XIANGLIN_PHONE = os.environ.get("XIANGLIN_PHONE", "12345" if DEMO else "")
XIANGLIN_LETTERBOX = os.environ.get("XIANGLIN_LETTERBOX", "feedback@xianglin.example" if DEMO else "")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "xianglin.base.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": os.environ.get("XIANGLIN_LOG", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "WARNING"},
        "granian.access": {"level": "WARNING"},
    },
}
