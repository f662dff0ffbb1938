# The service on a CPU. Weights are a volume by default; --build-arg WEIGHTS=baked puts them in.
#
#   docker build -t briefer .
#   docker run -v briefer:/data briefer model pull            # not with baked ones
#   docker run -v briefer:/data briefer keys create me
#   docker run -p 127.0.0.1:8000:8000 -v briefer:/data briefer
FROM debian:12-slim AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3-venv gcc libc6-dev python3-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
RUN python3 -m venv /venv
COPY requirements.lock torch.lock ./
# torch by its own lock: the CPU wheel where pip is told of an index that has it.
RUN /venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock -r torch.lock
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY briefer briefer
COPY prompts prompts
COPY templates templates
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM debian:12-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 libpango-1.0-0 libpangoft2-1.0-0 \
       libharfbuzz-subset0 fontconfig fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --create-home briefer
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    BRIEFER_STORE=/data/store \
    BRIEFER_CACHE=/data/cache \
    PYTHONUNBUFFERED=1
ARG WEIGHTS=volume
RUN if [ "$WEIGHTS" = baked ]; then \
        BRIEFER_CACHE=/weights /venv/bin/briefer model pull && ln -s /weights /data/cache \
        && chown -R briefer /weights; \
    fi && chown -R briefer /data
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=5m \
    CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz')"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["briefer"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
