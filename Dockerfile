# Two stages on plain Debian, with the same steps as make install. The tests read this file.
FROM debian:bookworm-slim AS build
RUN apt-get -qq update && apt-get -qq install -y --no-install-recommends \
    ca-certificates python3 python3-venv
WORKDIR /srv/readiness
COPY .ci/install .ci/install
COPY requirements.lock requirements-dev.lock requirements-uv.lock ./
RUN .ci/install product
COPY . .
RUN SECRET_KEY=$(python3 -c "import secrets; print(secrets.token_urlsafe(50))") \
    VAR_DIR=/tmp/build STATIC_ROOT=/srv/readiness/static \
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM debian:bookworm-slim
RUN apt-get -qq update && apt-get -qq install -y --no-install-recommends \
    ca-certificates python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --home-dir /var/lib/readiness --create-home readiness
COPY --from=build /srv/readiness /srv/readiness
WORKDIR /srv/readiness
ENV PATH=/srv/readiness/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/var/lib/readiness STATIC_ROOT=/srv/readiness/static BIND=0.0.0.0:8000
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "-c", "python:readiness.config.gunicorn"]
