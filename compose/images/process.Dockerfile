# One process of Signalbox: its jars and how it is started. The words between @ are filled in by compose/build.
ARG FROM
FROM ${FROM}
ADD root.tar /
ENV SIGNALBOX_LOG_FORMAT=auto \
    SIGNALBOX_SCHEMA_CACHE=/var/lib/signalbox/schemas \
    SIGNALBOX_@KEY@_HTTP_LISTEN=0.0.0.0:@PORT@
USER 10001:10001
WORKDIR /var/lib/signalbox
VOLUME /var/lib/signalbox
EXPOSE @PORT@
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/app/classes.aot", "-Xlog:aot*=off,cds*=off", "@/app/arguments"]
HEALTHCHECK --interval=5s --timeout=3s --start-period=300s --retries=3 \
    CMD ["/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:@PORT@/health/ready"]
