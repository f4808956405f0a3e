"""All settings, read from the environment once; every name is listed in docs/settings.md."""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent

# --- where this installation keeps its things --------------------------------------------------
DATA_DIR = Path(os.environ.get("VINHDANH_DATA", BASE_DIR / "var")).resolve()
STORE_DIR = DATA_DIR / "store"
KEYS_DIR = DATA_DIR / "keys"
JOBS_DIR = DATA_DIR / "jobs"


def _secret(name: str) -> str:
    """Return the secret kept in KEYS_DIR/name, making it on the first start.

    A secret outside the database is what makes the audit MAC worth something (SECURITY.md).
    """
    path = KEYS_DIR / name
    if not path.exists():
        KEYS_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(os.urandom(48).hex())
    return path.read_text().strip()


SECRET_KEY = os.environ.get("VINHDANH_SECRET_KEY") or _secret("django.key")
AUDIT_KEY = os.environ.get("VINHDANH_AUDIT_KEY") or _secret("audit.key")

# --- what it is ---------------------------------------------------------------------------------
VERSION = "0.1.0"
SOURCE_URL = os.environ.get("VINHDANH_SOURCE_URL", "")  # AGPL-3.0, section 13
DEBUG = os.environ.get("VINHDANH_DEBUG") == "1"
DEMO = os.environ.get("VINHDANH_DEMO") == "1"
HTTPS = os.environ.get("VINHDANH_HTTPS") == "1"
# Printed on papers as a QR code, so it must be the address that people outside reach.
PUBLIC_URL = os.environ.get("VINHDANH_PUBLIC_URL", "http://127.0.0.1:8000" if DEMO else "")
ALLOWED_HOSTS = os.environ.get("VINHDANH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("VINHDANH_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "audit",
    "organisations",
    "campaigns",
    "documents",
    "signatures",
    "workflow",
    "ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_q",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "crispy_forms",
    "crispy_bootstrap5",
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
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "workflow.views.refusals.refusals_to_pages",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "workflow.views.context.desk",
            ],
        },
    },
]

# --- database -----------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("VINHDANH_DATABASE_URL", f"sqlite:///{DATA_DIR / 'vinhdanh.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    ),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # SQLite ignores SELECT … FOR UPDATE: taking the write lock at BEGIN is what keeps two
    # approvers apart there. FULL, because a confirmed act must survive a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # PostgreSQL compiles what it thinks dear, such as the question which papers somebody may see,
    # for seconds, and then runs it in milliseconds; and it starts helpers for a count that it has
    # done before they are there. An address that says otherwise is heard.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c jit=off -c max_parallel_workers_per_gather=0"
    )
ATOMIC_REQUESTS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Rate limits count here, so every web process must see the same numbers.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    },
    # Previews of templates: files that come and go, and must not push the counters out.
    "previews": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "previews_cache",
        "OPTIONS": {"MAX_ENTRIES": 600},
    },
}

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# Name and machine together: a colleague behind the same address is not locked out with one.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "organisations.logins.username_of"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says when it ends
AXES_VERBOSE = False  # the audit log has it
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "organisations.logins.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
# Wrong passwords are counted by axes alone. A whole office comes in at half past seven from
# one address, so the limit on right ones is wide.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": None}
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # an office machine is shared: the session ends with idleness
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- mail -----------------------------------------------------------------------------------------
# Without a server nothing leaves: letters wait in the outbox, which says so.
MAIL_URL = os.environ.get("VINHDANH_MAIL_URL", "")
_mail = urlsplit(MAIL_URL)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if MAIL_URL
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or {"smtps": 465, "smtp+tls": 587}.get(_mail.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("VINHDANH_MAIL_FROM", "vinhdanh@localhost")

# --- files and pages ----------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
MAX_UPLOAD_BYTES = 20 * 1024 * 1024

# --- security headers ---------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "workflow.views.refusals.csrf_failure"
AXES_LOCKOUT_CALLABLE = "workflow.views.refusals.locked_out"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS

# --- background work ----------------------------------------------------------------------------
Q_CLUSTER = {
    "name": "vinhdanh",
    "orm": "default",  # the queue is a table: a job exists exactly when its act was committed
    "workers": int(os.environ.get("VINHDANH_WORKERS", len(os.sched_getaffinity(0)))),
    "timeout": 150,
    "retry": 180,  # must exceed timeout; a job whose worker was killed is taken again after this
    "max_attempts": 3,
    "ack_failures": True,
    "poll": 0.5,
    "save_limit": 500,
    "recycle": 500,
    "catch_up": False,
    "log_level": "WARNING",  # the start and end of each job stand in its row
}
