# Kafka where its official image cannot be pulled: the broker's jars from Maven Central, with the official image's entry
# point and environment variables.
ARG BASE
ARG JAVA
FROM ${BASE}
COPY java/ /opt/java/
COPY app/ /opt/kafka/
COPY etc/ /etc/kafka/
RUN mkdir -p /var/lib/kafka/data && chown -R 10001:10001 /var/lib/kafka /etc/kafka/docker
ENV LANG=C.UTF-8
USER 10001:10001
VOLUME /var/lib/kafka/data
EXPOSE 9092
CMD ["/etc/kafka/docker/run"]
