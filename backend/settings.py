"""All settings, from the environment (https://12factor.net/config).

The defaults are the safe ones: with nothing set this is production, and production refuses to start
without its secrets. `make run` and the tests set ENVIRONMENT themselves. README.md lists the names.

What is refused here is the operator's to mend, so it ends the process with a sentence: whichever
process reads it (manage.py, granian, celery), no traceback stands above it.
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF

from backend.logs import configure_logs

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

ENVIRONMENT: str = env.str("ENVIRONMENT", "production")
if ENVIRONMENT not in {"production", "development", "test"}:
    raise SystemExit(f"ENVIRONMENT is {ENVIRONMENT!r}; it can be production, development or test.")
PRODUCTION = ENVIRONMENT == "production"

# --- Secrets and hosts -------------------------------------------------------------------------

INSECURE_SECRET_KEY = "insecure-for-development-and-tests-only"  # noqa: S105 (refused in production)
SHORTEST_SECRET_KEY = 40
SECRET_KEY: str = env.str("SECRET_KEY", "" if PRODUCTION else INSECURE_SECRET_KEY)
DEBUG: bool = env.bool("DEBUG", False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])

if PRODUCTION:
    refusals = []
    if not SECRET_KEY:
        refusals.append("SECRET_KEY is missing: set it to a long random string")
    elif SECRET_KEY == INSECURE_SECRET_KEY or len(SECRET_KEY) < SHORTEST_SECRET_KEY:
        refusals.append("SECRET_KEY is the default or too short: set at least 40 random characters")
    if DEBUG:
        refusals.append("DEBUG is on: unset it")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        refusals.append("ALLOWED_HOSTS is missing or '*': list the host names you serve")
    if not env.str("DATABASE_URL", ""):
        refusals.append(
            "DATABASE_URL is missing: set it to postgres://user:password@host:5432/name"
        )
    if refusals:
        raise SystemExit("Waymark does not start. " + ". ".join(refusals) + ".")

PORT: int = env.int("PORT", 8000)
PUBLIC_URL: str = env.str("PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var"))).resolve()

# --- Application -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.github",
    "allauth.headless",
    "oauth2_provider",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_structlog",
    "backend.api",
    "progress",
    "notifications",
]

MIDDLEWARE = [
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "backend.api.conditional.ConditionalMiddleware",
    "backend.api.middleware.ProblemDetailsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "backend.api.language.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

# --- PostgreSQL and Redis ----------------------------------------------------------------------

_database = env.db_url("DATABASE_URL", "postgres://postgres@localhost:5432/waymark")
DATABASES: dict[str, Any] = {
    "default": {
        **_database,
        "HOST": unquote(_database["HOST"]),  # postgres://user@%2Fpath%2Fto%2Fsocket/name
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            # A stalled server must not hold a request: connecting and waiting are both bounded.
            "connect_timeout": 3,
            "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", 10), "timeout": 2},
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL: str = env.str("REDIS_URL", "redis://localhost:6379/0")
REDIS_IS_SOCKET = REDIS_URL.startswith("unix://")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "waymark",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
}

# --- Celery, the doorbell: it may lose anything; what is due stands in PostgreSQL -----------------

CELERY_BROKER_URL = (
    f"redis+socket://{REDIS_URL.removeprefix('unix://').partition('?')[0]}?virtual_host=0"
    if REDIS_IS_SOCKET
    else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", 2)
# Tasks are safe to repeat, so one counts as done only when it is done, and whoever takes it ...
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# ... and dies with it keeps it from the others only a little longer than it may take at most.
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 9 * 60, 10 * 60
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 15 * 60,
    "unacked_restore_throttle": 1,
    # A broker that is there but does not answer must stall nobody for long.
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
    "health_check_interval": 5,
}
# No result backend and no retries by the publisher: the relay rings again anyway.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_DEFAULT_QUEUE = "default"
# A slow mail server must hold up neither events nor pushes, nor the other way round: each has a
# queue, and each queue a worker of its own. A worker serves all queues unless -Q says otherwise.
CELERY_TASK_QUEUES = {name: {"routing_key": name} for name in ("default", "mail", "push", "checks")}
CELERY_TASK_ROUTES = {
    "notifications.tasks.send_deliveries": {"queue": "mail"},
    "notifications.tasks.send_pushes": {"queue": "push"},
    "progress.tasks.take_snapshots": {"queue": "checks"},
    "progress.tasks.check_links": {"queue": "checks"},
    "progress.tasks.run_probes": {"queue": "checks"},
}
MAIL_TASK_SECONDS = 75
"""The hard limit of a task that sends: shorter than the lease of its claims (Delivery)."""
# Beat only ticks, as a net under the relay; a tick that nobody took before the next is dropped.
CELERY_BEAT_SCHEDULE = {
    name.rpartition(".")[2]: {
        "task": name,
        "schedule": seconds,
        "options": {"expires": seconds},
    }
    for name, seconds in (
        ("notifications.tasks.deliver_events", 10),
        ("notifications.tasks.send_deliveries", 10),
        ("notifications.tasks.send_pushes", 10),
        ("notifications.tasks.plan_nudges", 60),
        ("notifications.tasks.make_appointments", 60 * 60),
        ("progress.tasks.hand_over_reviews", 60),
        ("accounts.tasks.forget_expired", 60 * 60),
        ("progress.tasks.sweep_unneeded_files", 24 * 60 * 60),
        ("progress.tasks.take_snapshots", 60),
        ("progress.tasks.check_links", 60),
        ("progress.tasks.run_probes", 60),
    )
}
# SIGTERM (as SIGQUIT, see REMAP_SIGTERM) puts back what is not done within so many seconds.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5.0

# --- People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# The address is unique by a constraint on Lower(email), which the check does not look for.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if ENVIRONMENT == "test":
    # Hashing that is slow on purpose would be most of the suite's time.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
else:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
# The second is never a password's: only the first one is used to store them.
PASSWORD_HASHERS.append("accounts.oauth.secrets.SecretHasher")

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignUpForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
if ENVIRONMENT == "test":
    ACCOUNT_RATE_LIMITS = False

HEADLESS_ONLY = True
HEADLESS_CLIENTS = ["browser"]
HEADLESS_FRONTEND_URLS = {
    "account_signup": f"{PUBLIC_URL}/sign-up",
    "account_reset_password": f"{PUBLIC_URL}/reset",
    "account_reset_password_from_key": f"{PUBLIC_URL}/reset/{{key}}",
    "account_confirm_email": f"{PUBLIC_URL}/verify/{{key}}",
    "socialaccount_login_error": f"{PUBLIC_URL}/sign-in?error=provider",
}


def _provider(name: str, **extra: Any) -> dict[str, Any]:
    """Return a sign-in provider's settings for allauth; without keys it has no app."""
    client_id: str = env.str(f"{name}_CLIENT_ID", "")
    secret: str = env.str(f"{name}_CLIENT_SECRET", "")
    apps = [{"client_id": client_id, "secret": secret}] if client_id and secret else []
    return {"APPS": apps, **extra}


SOCIALACCOUNT_PROVIDERS = {
    "google": _provider("GOOGLE", SCOPE=["profile", "email"], OAUTH_PKCE_ENABLED=True),
    "github": _provider("GITHUB", SCOPE=["read:user", "user:email"], OAUTH_PKCE_ENABLED=True),
}
SIGN_IN_ORIGINS = [
    origin
    for name, origin in {
        "google": "https://accounts.google.com",
        "github": "https://github.com",
    }.items()
    if SOCIALACCOUNT_PROVIDERS[name]["APPS"]
]

# --- Other people's apps (OAuth 2; docs/decisions/0030) ----------------------------------------

LOGIN_URL = "/sign-in"
OAUTH2_PROVIDER_APPLICATION_MODEL = "accounts.App"
OAUTH2_PROVIDER_GRANT_MODEL = "accounts.AuthorizationCode"
OAUTH2_PROVIDER = {
    "OAUTH2_SERVER_CLASS": "accounts.oauth.server.AuthorizationServer",
    "OAUTH2_VALIDATOR_CLASS": "accounts.oauth.validator.Validator",
    "SCOPES_BACKEND_CLASS": "accounts.oauth.scopes.AppScopes",
    "OIDC_ISS_ENDPOINT": PUBLIC_URL,  # the issuer (RFC 8414, RFC 9207), also without OpenID Connect
    "PKCE_REQUIRED": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],  # and http on loopback: accounts/oauth/redirects.py
    "CLIENT_SECRET_HASHER": "app_secret",
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 60,
    "ACCESS_TOKEN_EXPIRE_SECONDS": 15 * 60,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 60 * 60 * 24 * 90,  # of silence; each use starts anew
    "ROTATE_REFRESH_TOKEN": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "OAUTH2_RESPONSE_TYPES_SUPPORTED": ["code"],
    "OAUTH2_GRANT_TYPES_SUPPORTED": ["authorization_code", "refresh_token"],
    "OAUTH2_TOKEN_ENDPOINT_AUTH_METHODS_SUPPORTED": [
        "none",
        "client_secret_basic",
        "client_secret_post",
    ],
    "OAUTH2_PROTECTED_RESOURCE_IDENTIFIER": PUBLIC_URL,
    "OAUTH2_PROTECTED_RESOURCE_NAME": "Waymark",
    "OAUTH2_PROTECTED_RESOURCE_DOCUMENTATION": f"{PUBLIC_URL}/api/docs",
}

# Any page may call the API with a token of its own; never with the person's cookies.
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_URLS_REGEX = r"^/(?:api/v1/|o/token/|o/revoke_token/|\.well-known/)"
CORS_ALLOW_METHODS = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]
CORS_ALLOW_HEADERS = [
    "accept",
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
]
CORS_EXPOSE_HEADERS = [
    "ETag",
    "Idempotency-Replayed",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "WWW-Authenticate",
]
CORS_PREFLIGHT_MAX_AGE = 60 * 60 * 2

# --- Mail --------------------------------------------------------------------------------------

MAIL_FROM = DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", "Waymark <waymark@localhost>")
# Django and allauth hand mail to the ledger; the worker sends it by EMAIL_URL, or into MAIL_DIR.
EMAIL_BACKEND = "notifications.mail.backend.LedgerBackend"
EMAIL_URL: str = env.str("EMAIL_URL", "")
MAIL_DIR = VAR_DIR / "mail"
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465, "smtp+ssl": 465}
if EMAIL_URL:
    _scheme = EMAIL_URL.partition("://")[0]
    if _scheme not in _MAIL_PORTS:
        raise SystemExit(
            f"EMAIL_URL begins with {_scheme!r}; it can be smtp://, smtp+tls:// (STARTTLS) or smtps://."
        )
    _mail = env.email_url("EMAIL_URL")
    if not _mail["EMAIL_HOST"]:
        raise SystemExit("EMAIL_URL names no host; it is such as smtp://user:password@host.")
    EMAIL_HOST: str = _mail["EMAIL_HOST"]
    EMAIL_PORT: int = _mail["EMAIL_PORT"] or _MAIL_PORTS[_scheme]
    EMAIL_HOST_USER: str = unquote(_mail["EMAIL_HOST_USER"] or "")
    EMAIL_HOST_PASSWORD: str = unquote(_mail["EMAIL_HOST_PASSWORD"] or "")
    EMAIL_USE_TLS = _scheme == "smtp+tls"
    EMAIL_USE_SSL = _scheme in {"smtps", "smtp+ssl"}

# --- Web push (notifications/push; docs/decisions/0106) -------------------------------------------

VAPID_PRIVATE_KEY: str = env.str("VAPID_PRIVATE_KEY", "").strip().rstrip("=")
"""The key (P-256) that push services know us by: 32 bytes in base64url. Without it one is made
and kept in the database."""
if VAPID_PRIVATE_KEY and not re.fullmatch(r"[A-Za-z0-9_-]{43}", VAPID_PRIVATE_KEY):
    raise SystemExit(
        "VAPID_PRIVATE_KEY is no key: it has 32 bytes, written as 43 characters of base64url."
    )

# --- Reports of mail services ------------------------------------------------------------------

SHORTEST_HOOK_SECRET = 16


def _mail_hooks() -> dict[str, str]:
    """Return service → secret, of the mail services that may report bounces here."""
    hooks = {}
    for service in ("amazon_ses", "brevo", "mailgun", "mailjet", "postmark"):
        name = f"{service.upper()}_WEBHOOK_SECRET"
        secret: str = env.str(name, "")
        if not secret:
            continue
        if service != "mailgun" and not all(secret.partition(":")):  # Mailgun signs with a key
            raise SystemExit(f"{name} is not such as user:password, which the service is to send.")
        if len(secret) < SHORTEST_HOOK_SECRET:
            raise SystemExit(f"{name} is too short: use at least 16 characters.")
        hooks[service] = secret
    return hooks


MAIL_HOOKS = _mail_hooks()
"""Whoever bears a secret can have mail to any address stopped (docs/running.md)."""

# --- The API -----------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "backend.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["backend.api.scopes.HasScope"],
    "DEFAULT_PARSER_CLASSES": ["backend.api.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "backend.api.pagination.Pages",
    "DEFAULT_SCHEMA_CLASS": "backend.api.schema.ApiSchema",
    "DEFAULT_THROTTLE_CLASSES": ["backend.api.throttling.Limits"],
    "EXCEPTION_HANDLER": "backend.api.problems.handle_exception",
    "DATETIME_FORMAT": "iso-8601",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}

# Requests to the API: of a person at the screen, of each of their apps, and of an address that
# nobody is signed in from. 0 is no limit.
REQUESTS_A_MINUTE = env.int("REQUESTS_A_MINUTE", 0 if ENVIRONMENT == "test" else 600)
ANONYMOUS_REQUESTS_A_MINUTE = env.int(
    "ANONYMOUS_REQUESTS_A_MINUTE", 0 if ENVIRONMENT == "test" else 300
)

# A body may be a CSV of past work (see backend.api.parsers); JSON is held to less.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

SPECTACULAR_SETTINGS = {
    "TITLE": "Waymark",
    "DESCRIPTION": "Learner progress along a career pathway. The web client uses only this API.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "AppKind": "accounts.api.apps.KINDS",
        "EnrollmentState": "progress.api.serializers.choices.ENROLLMENT_STATES",
        "WeekState": "progress.api.serializers.choices.WEEK_STATES",
        "SubmissionState": "progress.api.serializers.choices.SUBMISSION_STATES",
        "SecondOpinionState": "progress.api.serializers.choices.SECOND_OPINION_STATES",
        "ChangeRequestState": "progress.api.serializers.choices.CHANGE_REQUEST_STATES",
        "Settlement": "progress.api.serializers.choices.SETTLEMENTS",
        "Outcome": "progress.api.serializers.choices.OUTCOMES",
        "MilestoneStatus": "progress.api.serializers.choices.STATUSES",
        "Work": "progress.api.serializers.choices.WORK",
        "WorkMove": "progress.api.serializers.choices.WORK_MOVES",
        "LogSource": "progress.models.log_entry.LogSource",
        "SaidLogSource": "progress.api.serializers.choices.SAID_LOG_SOURCES",
        "CommandOutcome": "progress.api.serializers.choices.COMMAND_OUTCOMES",
        "Verification": "progress.api.serializers.choices.VERIFICATIONS",
        "MilestoneKind": "progress.api.serializers.choices.MILESTONE_KINDS",
        "VerifiedBy": "progress.api.serializers.choices.VERIFIERS",
        "LadderStep": "progress.api.serializers.choices.LADDER_STEPS",
        "RuleKind": "progress.api.serializers.choices.RULE_KINDS",
        "ImportColumn": "progress.api.serializers.choices.IMPORT_COLUMNS",
        "Verdict": "progress.api.serializers.choices.VERDICTS",
        "ListColumn": "progress.api.serializers.choices.LIST_COLUMNS",
        "InvitationVerdict": "progress.api.serializers.choices.INVITATION_VERDICTS",
        "Audience": "progress.models.announcement.Audience",
        "TimelineGroup": "progress.api.serializers.choices.TIMELINE_GROUPS",
        "EvidenceKind": "progress.models.evidence.EvidenceKind",
        "MentorshipState": "progress.models.mentorship.MentorshipState",
        "InvitationState": "progress.models.invitation.InvitationState",
        "Visibility": "progress.models.pathway.Visibility",
        "Part": "progress.models.mentorship.Part",
        "CohortPart": "progress.models.cohort.CohortPart",
        "Locale": "accounts.models.LOCALES",
        "ChoosableKind": "notifications.api.serializers.CHOOSABLE",
        "Channel": "notifications.models.delivery.Channel",
        "SuppressionReason": "notifications.models.suppression.SuppressionReason",
        "ChannelChoice": "notifications.policy.CHOICES",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "backend.api.schema.add_security_schemes",
        "backend.api.schema.add_conditions",
        "backend.api.schema.add_problem_responses",
    ],
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
}

# --- What goes over the wire -------------------------------------------------------------------

CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "backend.urls.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SECURE_SSL_REDIRECT = HTTPS and env.bool("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
)
# Rate limits of sign-in count by address: the proxy's own would be everybody's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/api/docs"],  # its page brings an inline script
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # Browsers hold redirects of a form to this as well: signing in with a provider is one.
        "form-action": [SELF, *SIGN_IN_ORIGINS],
    },
}

# --- Files of learners (docs/decisions/0065, 0066) ------------------------------------------------

# Uploads come in on the disk where they are stored, so that storing one is a renaming.
UPLOADS_DIR = VAR_DIR / "uploads"
S3_BUCKET: str = env.str("S3_BUCKET", "")


def _evidence_storage() -> dict[str, Any]:
    """Return where files lie: a folder of VAR_DIR, or a bucket if the environment names one."""
    names = ("S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")
    missing = [name for name in names if not env.str(name, "")]
    others = ("S3_ENDPOINT_URL", "S3_REGION")
    if len(missing) == len(names) and not any(env.str(name, "") for name in others):
        options = {"location": VAR_DIR / "evidence", "file_permissions_mode": 0o600}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    if missing:
        raise SystemExit(
            f"Files would go to S3, but {' and '.join(missing)} is missing: set all of "
            f"{', '.join(names)}, or none for a folder under VAR_DIR."
        )
    endpoint: str = env.str("S3_ENDPOINT_URL", "")
    if endpoint and not endpoint.startswith(("http://", "https://")):
        raise SystemExit(f"S3_ENDPOINT_URL is {endpoint!r}; it begins with http:// or https://.")
    from botocore.config import Config  # noqa: PLC0415 (only where it is used: it is large)

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "access_key": env.str("S3_ACCESS_KEY_ID"),
            "secret_key": env.str("S3_SECRET_ACCESS_KEY"),
            "endpoint_url": endpoint or None,
            "region_name": env.str("S3_REGION", "") or None,
            "location": "evidence",
            "default_acl": None,  # the bucket's own: private
            "file_overwrite": True,  # the name is the hash of what is in it
            "max_memory_size": 1024 * 1024,  # more of a file that is read goes to disk
            "client_config": Config(
                connect_timeout=3,
                read_timeout=20,
                retries={"max_attempts": 2},
                signature_version="s3v4",
                # Storage that only speaks like S3 may not know the newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                s3={"addressing_style": "path" if endpoint else "auto"},
            ),
        },
    }


STATIC_URL = "/static/"
STATIC_ROOT = None  # nothing to collect: WhiteNoise asks the finders
CLIENT_DIR = Path(env.str("CLIENT_DIR", str(BASE_DIR / "frontend" / "dist")))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "evidence": _evidence_storage(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# The client's files (hashed names under assets/) are served from the root; index.html is a view.
WHITENOISE_ROOT = CLIENT_DIR if CLIENT_DIR.is_dir() else None

# --- What Waymark itself asks on the net (backend/outgoing; docs/running.md) ---------------------

CHECK_LINKS: bool = env.bool("CHECK_LINKS", True)
"""Whether links of evidence and health URLs of deployments are looked at."""
OUTGOING_INTERNAL_HOSTS: list[str] = [
    host.strip().lower() for host in env.list("OUTGOING_INTERNAL_HOSTS", default=[]) if host.strip()
]
"""Hosts, with their ports, that may be asked although they are inside a network."""
for _host in OUTGOING_INTERNAL_HOSTS:
    if not _host.rpartition(":")[0] or not _host.rpartition(":")[2].isdigit():
        raise SystemExit(
            f"OUTGOING_INTERNAL_HOSTS has {_host!r}; each is such as git.example.org:443."
        )

# --- Health ------------------------------------------------------------------------------------

LATE_SECONDS: int = env.int("LATE_SECONDS", 300)
"""Work that has been due for longer than this makes /health/work answer 503."""
METRICS_TOKEN: str = env.str("METRICS_TOKEN", "")
"""Who bears it may read /metrics; without one there is no such page."""

# --- Time, language, logs ----------------------------------------------------------------------

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
"""What is spoken here, each by its own name. docs/translating.md says how one is added."""
LOCALE_PATHS = [BASE_DIR / "locale"]

DJANGO_STRUCTLOG_CELERY_ENABLED = False
try:
    LOGGING = configure_logs(
        level=env.str("LOG_LEVEL", "WARNING" if ENVIRONMENT == "test" else "INFO"),
        style=env.str("LOG_FORMAT", "json" if PRODUCTION else "console"),
    )
except ValueError as exc:
    raise SystemExit(str(exc)) from None
