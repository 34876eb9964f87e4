# The operator's command, for jobs and questions inside the stack's network; without the broker that `up` embeds.
ARG FROM
FROM ${FROM}
ADD root.tar /
USER 10001:10001
WORKDIR /var/lib/signalbox
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/app/classes.aot", "-Xlog:aot*=off,cds*=off", "@/app/arguments"]
CMD ["--help"]
