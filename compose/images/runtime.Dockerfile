# The Java runtime alone: linked for the modules that Signalbox needs, with the libraries that it names, and a wget for
# health checks. No shell and no package manager.
ARG BASE
FROM ${BASE} AS base
FROM scratch
COPY runtime/ /
COPY --chown=10001:10001 home/ /var/lib/signalbox/
COPY --from=base /bin/busybox /bin/wget
ENV LANG=C.UTF-8
USER 10001:10001
