"""What every installation has in common. DESIGN: everything that differs comes from the environment."""

from __future__ import annotations

import os
import tomllib
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from celery.schedules import schedule
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config import env, logs
from config.embedded import places

django_stubs_ext.monkeypatch()  # QuerySet[...], ModelForm[...] and the like also at run time

BASE_DIR = places.ROOT

# --- Where and who -------------------------------------------------------------------------------------------------
CANDOR_HOME = places.home()
CANDOR_URL = env.text("CANDOR_URL", "http://localhost:8000").rstrip("/")
CANDOR_VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
CANDOR_DEMO = env.flag("CANDOR_DEMO")  # waives the second factor, with a banner
_address = urlsplit(CANDOR_URL)
HTTPS = _address.scheme == "https"
LOOPBACK = (_address.hostname or "") in {"localhost", "127.0.0.1", "::1"}

DEBUG = False
SECRETS_DIR = CANDOR_HOME / "secrets"


def _secret_key() -> str:
    """The named key, else the installation's own. Empty is fine until something needs it: Django refuses then."""
    kept = SECRETS_DIR / "secret_key"
    if named := env.text("SECRET_KEY"):
        return named
    return kept.read_text(encoding="ascii").strip() if os.access(kept, os.R_OK) else ""


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", _address.hostname or "localhost")
if LOOPBACK:
    ALLOWED_HOSTS = [*dict.fromkeys([*ALLOWED_HOSTS, "localhost", "127.0.0.1", "[::1]"])]

# --- The application -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "reports",
    "pia",
    "lab",
    "datamap",
    "core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.StaticFiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "django_structlog",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "core.middleware.StorableTextMiddleware",
    "core.middleware.PrivateMiddleware",
    "core.middleware.PersonMiddleware",
    "core.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.views.errors.RefusedMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
COTTON_DIR = "cotton"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Database, cache, files ----------------------------------------------------------------------------------------
DATABASES = {"default": env.database(env.text("DATABASE_URL") or places.database_url(CANDOR_HOME))}
CACHE_URL = env.text("CACHE_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
        if CACHE_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}
    )
}
STORAGE_DIR = CANDOR_HOME / "files"
SAMPLE_MAX_AGE = timedelta(hours=env.number("SAMPLE_MAX_AGE", 24))
SAMPLE_MAX_BYTES = env.number("SAMPLE_MAX_BYTES", 2 << 30)
SCHEMA_MAX_BYTES = env.number("SCHEMA_MAX_BYTES", 100 << 20)
SCAN_PART_BYTES = env.number("SCAN_PART_BYTES", 192 << 20)  # larger samples are read in parts of about this size
REPORT_MAX_BYTES = env.number("REPORT_MAX_BYTES", 100 << 20)  # what the verify page takes
FILE_UPLOAD_HANDLERS = ["core.uploads.EncryptingUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT") or CANDOR_HOME / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "svgz", "woff2", "ico", "jpg", "gz", "br"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # uploads go through core.storage alone
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Words and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("de", _("German")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- People --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "core:my_work"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "core.accounts.AccountAdapter"  # no open sign-up: an invitation or manage.py create_user
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address already
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _address.scheme
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "10/m/ip,3/10m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Candor"
MFA_ALLOW_UNVERIFIED_EMAIL = True
USERSESSIONS_TRACK_ACTIVITY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"candor@{_address.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
#: Without a mail server, letters are kept as files beside the state: a log would show their links.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = CANDOR_HOME / "mail"

# --- The browser ---------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # a probe inside the cluster speaks plain http
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.flag("TRUST_FORWARDED_PROTO"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [CANDOR_URL]

# --- Programs ------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.apiauth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "core.apiauth.StorableJSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "core.apiauth.Pagination",
    "DEFAULT_SCHEMA_CLASS": "core.apischema.Described",
    "EXCEPTION_HANDLER": "core.apibase.problem_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "PAGE_SIZE": 50,
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Candor",
    "DESCRIPTION": "Privacy impact assessments of AI projects, with evidence behind every claim.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],  # it describes the product, not an installation
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False, "validatorUrl": None},
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": True,
    "ENUM_NAME_OVERRIDES": {
        "CategoryEnum": "datamap.models.dataset.CategoryChoice",
        "IdentifyingEnum": "datamap.models.dataset.IdentifyingChoice",
        "KnownEnum": "core.models.project.Known",
        "JobStateEnum": "core.models.job.JobState",
        "EvidenceGradeEnum": "pia.models.risk.EvidenceGrade",
        "GradeEnum": "pia.models.assessment.GradeChoice",
        "AssessmentStateEnum": "pia.workflow.State",
        "OutcomeEnum": "pia.workflow.Outcome",
        "FindingDecisionEnum": "datamap.models.dataset.Decision",
        "RiskKindEnum": "pia.risk.values.Kind",
        "ControlKindEnum": "config.openapi.control_kinds",
        "MeasureKindEnum": "config.openapi.measure_kinds",
        "MeasureStatusEnum": "pia.models.risk.MeasureStatus",
        "MeasurementKindEnum": "lab.models.Kind",
        "ReportKindEnum": "reports.models.Kind",
    },
}

# --- Background work -----------------------------------------------------------------------------------------------
#: The default transport takes the real address from its options.
CELERY_BROKER_URL = env.text("CELERY_BROKER_URL") or "pgmq://localhost"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = env.broker_options(CELERY_BROKER_URL, DATABASES["default"])
CELERY_TASK_ACKS_LATE = False  # core.Job's lease is what survives a dead worker, not the message
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = tuple(Queue(name) for name in ("default", "scan", "report", "sign"))
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False  # pgmq has none, so nothing may depend on it
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_ENABLE_UTC = True
JOB_LEASE_SECONDS = env.number("JOB_LEASE_SECONDS", 60)
JOB_HEARTBEAT_SECONDS = env.number("JOB_HEARTBEAT_SECONDS", 15)
CELERY_BEAT_SCHEDULE = {
    name: {"task": task, "schedule": schedule(every), "options": {"queue": "default", "expires": every.total_seconds()}}
    for name, task, every in (
        ("reap-jobs", "core.reap_jobs", timedelta(seconds=15)),
        ("sweep-files", "core.sweep_files", timedelta(minutes=5)),
        ("sweep-keys", "core.sweep_keys", timedelta(hours=24)),
        ("watch-approvals", "pia.watch_approvals", timedelta(hours=1)),
    )
}

# --- Logs ----------------------------------------------------------------------------------------------------------
logs.configure()
LOG_LEVEL = env.text("LOG_LEVEL", "INFO").upper()
LOGGING = logs.logging(LOG_LEVEL, readable=False)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20  # INFO: a mistyped address is no incident
