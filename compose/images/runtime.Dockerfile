# The Java runtime alone: linked for the modules that Signalbox needs, with the libraries that it names, and a wget for
# health checks. No shell and no package manager.
FROM scratch
ADD root.tar /
ENV LANG=C.UTF-8
USER 10001:10001
