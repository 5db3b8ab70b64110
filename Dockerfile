# syntax=docker/dockerfile:1
# Three stages: the browser bundle, the Python libraries, and an image that holds neither Node nor a compiler.

FROM node:22-bookworm-slim AS bundle
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM python:3.12-slim-bookworm AS libraries
COPY requirements.txt /tmp/
RUN python -m venv /opt/candor \
    && /opt/candor/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /tmp/requirements.txt

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-dejavu-core graphviz libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/candor --create-home --shell /usr/sbin/nologin candor \
    && chmod 0700 /var/lib/candor
ENV PATH=/opt/candor/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    CANDOR_HOME=/var/lib/candor \
    STATIC_ROOT=/srv/candor/collected
WORKDIR /srv/candor
COPY --from=libraries /opt/candor /opt/candor
COPY . .
COPY --from=bundle /build/static/dist static/dist
RUN python -m compileall -q /srv/candor && python manage.py collectstatic --noinput -v 0
USER candor
VOLUME /var/lib/candor
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s CMD ["python", "-m", "config.probe"]
CMD ["gunicorn", "-c", "python:config.gunicorn", "-b", "0.0.0.0:8000", "config.wsgi"]
