"""Settings of the product; every choice comes from the environment (see .env.example)."""

from csp.constants import NONCE, NONE, SELF

from readiness.config import environment, identity_providers, kinds, queue, wire
from readiness.config.environment import BASE_DIR
from readiness.config.logs import logging_to_stdout

DEBUG = environment.flag("DEBUG")
DEMO_MODE = environment.flag("DEMO_MODE")
VAR_DIR = environment.folder("VAR_DIR", default=BASE_DIR / "var")
SECRET_KEY = environment.secret_key(kept_in=VAR_DIR / "secret-key")
SECRET_KEY_FALLBACKS = environment.listed("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = environment.hosts(debug=DEBUG)
CSRF_TRUSTED_ORIGINS = environment.trusted_origins()
HTTPS = environment.flag("HTTPS", default=not (DEBUG or DEMO_MODE))
CODE_VERSION = "0.1.0"
# signs the record of each project; outside the database, and kept apart from its backups
RECORD_KEY_FILE = environment.text("RECORD_KEY_PATH", default=str(VAR_DIR / "record-key"))
TSA_URL = environment.tsa_url(debug=DEBUG)  # who dates the checkpoints of the night; empty: nobody

DATABASES = {"default": environment.database(embedded=VAR_DIR / "readiness.sqlite3")}
REDIS_URL = environment.redis_url()

INSTALLED_APPS = [
    "governance",
    "training",
    "uat",
    "readiness",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rules",
]
MIDDLEWARE = [
    "readiness.middleware.RealAddress",
    "django.middleware.security.SecurityMiddleware",
    "readiness.middleware.TellBrowsers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "readiness.middleware.KeepNothing",
    "governance.middleware.Sessions",
    "django.middleware.common.CommonMiddleware",
    "governance.views.doors.OnlyRegistered",
    "django.middleware.csrf.CsrfViewMiddleware",
    "governance.views.acting.ActsForOneClient",
    "django_structlog.middlewares.RequestMiddleware",
    "readiness.middleware.NoteRefusals",
    "readiness.middleware.ReaderLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "readiness.middleware.FactorFirst",
    "readiness.middleware.CarryOutOnce",
]
ROOT_URLCONF = "readiness.config.urls"
WSGI_APPLICATION = "readiness.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# Who may do what: every address is in one of these tables, or closed.
POLICY_TABLES = [*kinds.POLICY_TABLES]

# The operator's look at the tables, for superusers: off unless switched on.
ADMIN = environment.flag("ADMIN")
if ADMIN:
    INSTALLED_APPS.append("django.contrib.admin.apps.SimpleAdminConfig")
    POLICY_TABLES.append("governance.permissions.operators.POLICY")

AUTH_USER_MODEL = "governance.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "governance.middleware.AccountBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "governance.services.passwords.PasswordRules"}]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# the e-mail of an account is fixed: no second table of addresses is kept beside it
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - the name of a class
ACCOUNT_ADAPTER = "governance.views.adapter.AccountAdapter"
# the doors count attempts themselves, and lock nobody out whose account is guessed at
ACCOUNT_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = False  # the cookie goes with the browser
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# what a session found open may not do: change a factor, the password, make a token
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_FORMS = {
    "login": "governance.forms.sign_in.SignInForm",
    "reset_password": "governance.forms.sign_in.NewPasswordMailForm",
    "reauthenticate": "governance.forms.factors.PasswordAndCodeForm",
}
MFA_ADAPTER = "governance.views.factor_adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "governance.forms.factors.SignInCodeForm",
    "reauthenticate": "governance.forms.factors.AgainCodeForm",
    "activate_totp": "governance.forms.factors.ActivateAppForm",
    "add_webauthn": "governance.forms.factors.PasskeyForm",
    "edit_webauthn": "governance.forms.factors.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# nobody guesses a passkey; this keeps one address from having signatures checked all day
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
# a passkey stands for two components only where it asks for a finger, a face or a PIN
MFA_WEBAUTHN_USER_VERIFICATION = "required"
IDENTITY_PROVIDERS = identity_providers.identity_providers(allow_local=DEBUG)
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
MFA_TOTP_ISSUER = "Readiness Gate"
MFA_TOTP_TOLERANCE = 1  # a code typed in its last second still counts, once

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "readiness" / "locale"]
FORMAT_MODULE_PATH = "readiness.config.formats"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = environment.text("STATIC_ROOT", default=str(VAR_DIR / "static"))
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": environment.text(
            "STATICFILES_BACKEND",
            default="whitenoise.storage.CompressedManifestStaticFilesStorage",
        )
    },
}

CSP = {
    "default-src": [SELF],
    "script-src": [SELF, NONCE],
    "style-src": [SELF, NONCE],
    "img-src": [SELF, "data:"],
    "object-src": [NONE],
    "base-uri": [NONE],
    # a browser holds a form to this on its way through redirects too
    "form-action": [SELF, *identity_providers.form_origins(IDENTITY_PROVIDERS)],
    "frame-ancestors": [NONE],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
if environment.flag("TRUST_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    TRUSTED_PROXIES = environment.number("PROXY_COUNT", default=1)
else:
    TRUSTED_PROXIES = 0
X_FRAME_OPTIONS = "DENY"
BROWSER_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
}
SESSION_ENGINE = "governance.middleware"
SESSION_COOKIE_HTTPONLY = True
# a session ends half an hour after its last use, and twelve hours after it began
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
DEVICE_COOKIE_NAME = "device"
if HTTPS:
    LANGUAGE_COOKIE_NAME = "__Host-language"
    DEVICE_COOKIE_NAME = "__Host-device"
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

vars().update(environment.email(default="consolemail://"))
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", default="readiness@localhost")
SITE_URL = environment.site_url(default="http://localhost:8000")
DIGEST_HOUR = environment.hour("DIGEST_HOUR", default=7)

# its own reading of forwarded addresses can be forged; the security log names the other end
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = logging_to_stdout(
    level=environment.one_of(
        "LOG_LEVEL", allowed=("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO"
    ),
    shape=environment.one_of("LOG_FORMAT", allowed=("json", "plain"), default="json"),
)

REST_FRAMEWORK = wire.REST_FRAMEWORK
SPECTACULAR_SETTINGS = wire.SPECTACULAR_SETTINGS
API_REQUESTS_PER_MINUTE = environment.number("API_REQUESTS_PER_MINUTE", default=600)
API_BODY_BYTES = 1024 * 1024
API_UPLOAD_BYTES = 50 * 1024 * 1024

IMPORT_KINDS = kinds.IMPORT_KINDS
DEPENDENTS = kinds.DEPENDENTS
EXPOSED = kinds.EXPOSED
AGENDA = kinds.AGENDA
ESCALATED = kinds.ESCALATED
DERIVED_FROM_FACTS = kinds.DERIVED_FROM_FACTS
AFTER_MIGRATE = kinds.AFTER_MIGRATE
JOB_KINDS = kinds.JOB_KINDS
RULING_FOLLOWERS = kinds.RULING_FOLLOWERS
PATIENT_JOBS = kinds.PATIENT_JOBS
WITNESSED = kinds.WITNESSED
STANDINGS = kinds.STANDINGS
# A job that runs for longer belongs to a worker that died; above the hard time limit below.
JOB_STALE_SECONDS = 960

CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = bool(REDIS_URL)
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = queue.THROUGH_REDIS
    CACHES = {"default": queue.cache_in_redis(REDIS_URL)}
    # a cache that is away must not stop anybody from signing
    DJANGO_REDIS_IGNORE_EXCEPTIONS = True
    DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
else:
    CELERY_BROKER_TRANSPORT = "readiness.config.spool:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = queue.through_files(
        environment.folder("QUEUE_DIR", default=VAR_DIR / "queue")
    )
    CACHES = {
        "default": queue.cache_in_files(environment.folder("CACHE_DIR", default=VAR_DIR / "cache"))
    }
CELERY_BEAT_SCHEDULE = queue.SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
