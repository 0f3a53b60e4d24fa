# syntax=docker/dockerfile:1
# One image for web, worker, beat, relay and the migrations; docker-compose.yml shows how.

# --- The client: static files -----------------------------------------------------------------
FROM node:22-bookworm-slim AS client
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-fund --no-audit
COPY frontend/ ./
RUN npm run build

# --- The Python packages, exactly those of the lock file ----------------------------------------
FROM python:3.12-slim-bookworm AS packages
COPY requirements/run.txt /src/run.txt
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m venv /opt/waymark/venv \
    && /opt/waymark/venv/bin/pip install --disable-pip-version-check --require-hashes \
        --only-binary :all: -r /src/run.txt

# --- What runs ------------------------------------------------------------------------------------
FROM python:3.12-slim-bookworm
ENV PATH=/opt/waymark/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=backend.settings \
    ENVIRONMENT=production \
    VAR_DIR=/var/lib/waymark \
    PORT=8000 \
    REMAP_SIGTERM=SIGQUIT

RUN groupadd --system --gid 10001 waymark \
    && useradd --system --uid 10001 --gid waymark --home-dir /var/lib/waymark --create-home waymark

WORKDIR /opt/waymark/app
COPY --from=packages /opt/waymark/venv /opt/waymark/venv
# What it runs belongs to root: a hole in the application can't change the application.
COPY manage.py ./
COPY backend/ backend/
COPY accounts/ accounts/
COPY progress/ progress/
COPY notifications/ notifications/
COPY locale/ locale/
COPY --from=client /src/frontend/dist frontend/dist/
RUN python -m compileall -q .

USER 10001:10001
VOLUME /var/lib/waymark
EXPOSE 8000
STOPSIGNAL SIGTERM
# For the web process; docker-compose.yml has others for the rest.
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=3 \
    CMD ["python", "-m", "backend.healthcheck"]
CMD ["granian", "--interface", "wsgi", "backend.wsgi:application", "--host", "0.0.0.0", \
     "--port", "8000", "--workers", "1", "--blocking-threads", "8"]
