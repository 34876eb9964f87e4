# Kafka where its official image cannot be pulled: the broker's jars from Maven Central, with the official image's entry
# point and environment variables.
ARG BASE
FROM ${BASE}
ADD root.tar /
ENV LANG=C.UTF-8
USER 10001:10001
VOLUME /var/lib/kafka/data
EXPOSE 9092
CMD ["/etc/kafka/docker/run"]
