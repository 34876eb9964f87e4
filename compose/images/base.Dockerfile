# What HAProxy, Kafka and the socket proxy stand on: Debian 13, pulled or made from its packages, and HAProxy of it.
ARG DEBIAN
FROM ${DEBIAN}
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends haproxy busybox-static ca-certificates \
    && apt-get clean \
    && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/* /usr/share/doc /usr/share/man /usr/share/locale \
    && ln -s busybox /bin/wget
