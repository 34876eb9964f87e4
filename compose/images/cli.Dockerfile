# The operator's command, for jobs and questions inside the stack's network.
ARG FROM
FROM ${FROM}
COPY app/ /app/
USER 10001:10001
WORKDIR /var/lib/signalbox
ENTRYPOINT ["/opt/java/bin/java", "@/app/arguments"]
CMD ["--help"]
