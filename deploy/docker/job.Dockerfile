# The job on Flink's official image. Context: the repository, built (./kith --version builds it).
# JDK_IMAGE needs Java's home at /opt/java/openjdk, FLINK_IMAGE the layout of Docker's official image.
ARG JDK_IMAGE=eclipse-temurin:17.0.16_8-jdk-jammy
ARG FLINK_IMAGE=flink:2.2.1-java17

FROM ${JDK_IMAGE} AS java
# Chronicle Map needs the module jdk.compiler, which Flink's image leaves out, and the Prometheus reporter jdk.httpserver.
RUN /opt/java/openjdk/bin/jlink --strip-java-debug-attributes --no-header-files --no-man-pages --output /opt/kith/java \
    --add-modules java.se,jdk.charsets,jdk.compiler,jdk.crypto.ec,jdk.httpserver,jdk.incubator.vector,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs

FROM ${FLINK_IMAGE}
USER root
COPY --from=java /opt/kith/java /opt/kith/java
COPY deploy/jvm.options /tmp/jvm.options
# The heap and the collector are Flink's to choose.
RUN grep -E '^(--|-D)' /tmp/jvm.options > /opt/kith/jvm.options \
    && rm /tmp/jvm.options \
    && install -d -o 9999 -g 9999 /flink-data /opt/flink/usrlib
COPY --chown=9999:9999 deploy/target/kith-job.jar /opt/flink/usrlib/kith-job.jar
ENV JAVA_HOME=/opt/kith/java \
    PATH=/opt/kith/java/bin:/opt/flink/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    JDK_JAVA_OPTIONS=@/opt/kith/jvm.options
USER 9999:9999
