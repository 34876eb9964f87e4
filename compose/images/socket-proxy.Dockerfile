# The engine's API, for reading alone: an HAProxy in front of the engine's socket.
ARG BASE
FROM ${BASE}
ADD root.tar /
EXPOSE 2375
ENTRYPOINT ["/usr/sbin/haproxy", "-db", "-f", "/etc/haproxy/socket-proxy.cfg"]
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=3 \
    CMD ["/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:2375/_ping"]
