# The Kafka Streams applications. Context: the repository, built (./kith --version builds it).
#   docker run kith/streams:0.1.0 io.kith.streams.serve.ServeMain --bootstrap-servers broker:9092 --listen 0.0.0.0:8480
ARG JDK_IMAGE=eclipse-temurin:17.0.16_8-jdk-jammy
ARG BASE_IMAGE=debian:12.11-slim

FROM ${JDK_IMAGE} AS java
RUN /opt/java/openjdk/bin/jlink --strip-java-debug-attributes --no-header-files --no-man-pages --output /opt/kith/java \
    --add-modules java.se,jdk.charsets,jdk.crypto.ec,jdk.httpserver,jdk.incubator.vector,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs

FROM ${BASE_IMAGE}
COPY --from=java /opt/kith/java /opt/kith/java
COPY streams/target/lib /opt/kith/lib
COPY streams/target/kith-streams-*.jar /opt/kith/lib/
RUN install -d -o 10001 -g 10001 /var/lib/kith
ENV JAVA_HOME=/opt/kith/java \
    PATH=/opt/kith/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
WORKDIR /var/lib/kith
EXPOSE 8480
# What follows is the class to run and its settings.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-cp", "/opt/kith/lib/*"]
CMD ["io.kith.streams.serve.ServeMain", "--help"]
