# Apicurio's registry, whose API is Confluent's at /apis/ccompat/v7. It is made here in any case: the official image has no
# directory for schemas in a file. What is registered is on disk before it is answered.
ARG RUNTIME
FROM ${RUNTIME}
ADD root.tar /
ENV QUARKUS_HTTP_HOST=0.0.0.0 \
    QUARKUS_HTTP_PORT=8080 \
    QUARKUS_MANAGEMENT_PORT=9000 \
    APICURIO_STORAGE_KIND=sql \
    APICURIO_STORAGE_SQL_KIND=h2 \
    APICURIO_DATASOURCE_URL=jdbc:h2:file:/data/schemas;WRITE_DELAY=0 \
    APICURIO_DATASOURCE_JDBC_INITIAL_SIZE=1 \
    APICURIO_DATASOURCE_JDBC_MIN_SIZE=1 \
    APICURIO_DATASOURCE_JDBC_MAX_SIZE=4
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/opt/java/bin/java", "-Xmx192m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", \
    "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED", "-jar", "/app/quarkus-run.jar"]
HEALTHCHECK --interval=5s --timeout=3s --start-period=300s --retries=3 \
    CMD ["/bin/wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/apis/ccompat/v7/subjects"]
