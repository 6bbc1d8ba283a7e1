# One image for the web, the worker and the schedule; docker-compose.yml says which is which.
FROM python:3.11-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/formpress
ENV PATH=/opt/formpress/bin:$PATH
WORKDIR /src
# Requirements first: they change less often than the code, and this layer is the slow one.
COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY pipeline pipeline
COPY web web
COPY workers workers
COPY pdf_templates pdf_templates
RUN pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
# A number, so that an orchestrator can see that it is not root. /data belongs to it: a new volume
# that is mounted there takes over the owner.
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /data formpress \
 && install -d -o formpress -g formpress -m 0750 /data
COPY --from=build /opt/formpress /opt/formpress
ENV PATH=/opt/formpress/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    FORMPRESS_DATA_DIR=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
# No access log: addresses hold the tokens of private links. The heartbeat file is in memory,
# where a busy disk cannot delay it.
CMD ["gunicorn", "web.wsgi:create()", "--bind=0.0.0.0:8000", "--workers=2", "--threads=8", "--timeout=90", "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
