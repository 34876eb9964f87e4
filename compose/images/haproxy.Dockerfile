# HAProxy with its applier beside it: the applier starts HAProxy, and takes a running one over after a crash of its own.
ARG BASE
FROM ${BASE}
ADD root.tar /
ENV LANG=C.UTF-8 \
    SIGNALBOX_LOG_FORMAT=auto \
    SIGNALBOX_SCHEMA_CACHE=/var/lib/signalbox/schemas \
    SIGNALBOX_APPLIER_DIR=/var/lib/signalbox/applier \
    SIGNALBOX_APPLIER_HTTP_LISTEN=0.0.0.0:8414 \
    SIGNALBOX_HAPROXY_NETWORKS=inspected \
    SIGNALBOX_ON_EXIT=stop
USER 10001:10001
WORKDIR /var/lib/signalbox
VOLUME /var/lib/signalbox
EXPOSE 80 443 8414
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/app/classes.aot", "-Xlog:aot*=off,cds*=off", "@/app/arguments"]
HEALTHCHECK --interval=5s --timeout=3s --start-period=300s --retries=3 \
    CMD ["/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8414/health/ready"]
