# An image with its cache of loaded classes, in a layer of its own.
ARG FROM
FROM ${FROM}
COPY classes.aot /app/classes.aot
