# What HAProxy, Kafka and the socket proxy stand on: Debian 13, pulled or made from its packages, and HAProxy of it. What
# the packages' scripts write is dated as all files of the images, and files of Debian's image are emptied, not removed:
# the marks of removed files are dated by the clock.
ARG DEBIAN
FROM ${DEBIAN}
ARG EPOCH
RUN export SOURCE_DATE_EPOCH=$EPOCH DEBIAN_FRONTEND=noninteractive \
    && touch --date='1 minute ago' /tmp/before \
    && apt-get update \
    && apt-get install -y --no-install-recommends -o Dpkg::Options::=--path-exclude=/usr/share/doc/* \
        -o Dpkg::Options::=--path-exclude=/usr/share/man/* -o Dpkg::Options::=--path-exclude=/usr/share/locale/* \
        haproxy busybox-static ca-certificates \
    && apt-get clean \
    && find /var/lib/apt/lists /var/cache /var/log -type f -newer /tmp/before -exec truncate --size 0 {} + \
    && ln -s busybox /bin/wget \
    && find /etc /home /opt /root /run /srv /tmp /usr /var -xdev -newer /tmp/before \
        ! -path /etc/resolv.conf ! -path /etc/hosts ! -path /etc/hostname \
        -exec touch --no-dereference --date="@$EPOCH" {} + \
    && rm /tmp/before \
    && touch --date="@$EPOCH" /tmp
