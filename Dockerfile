# syntax=docker/dockerfile:1

# 1. The console and the server, built as anywhere else.
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl gnupg \
 && curl -fsSL https://deb.nodesource.com/setup_22.x | bash - \
 && apt-get install -y --no-install-recommends nodejs \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml ./
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -Dquick -DskipFrontend dependency:go-offline
COPY frontend frontend
COPY src src
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    ./mvnw -B -ntp -DskipTests -DskipCache package

# 2. A runtime of just the modules the server uses.
RUN jlink --output /jre --strip-debug --no-header-files --no-man-pages --compress zip-6 \
    --add-modules java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.crypto.ec,jdk.incubator.vector,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

# 3. The image. glibc, because zstd-jni and OSHI load native code.
FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="LogCaster" \
      org.opencontainers.image.description="A log server: takes logs from every shipper, keeps them durably, finds them fast" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /jre /opt/java
COPY --from=build /src/target/logcaster /opt/logcaster
RUN groupadd --gid 10001 logcaster \
 && useradd --uid 10001 --gid logcaster --no-create-home --shell /usr/sbin/nologin logcaster \
 && mkdir /data && chown logcaster:logcaster /data
ENV PATH=/opt/logcaster/bin:/opt/java/bin:$PATH \
    LOGCASTER_DATA_DIR=/data
# Loads what a start needs in one piece; made for the Java of this image.
RUN logcaster --make-cache
USER logcaster
WORKDIR /data
VOLUME /data
EXPOSE 8080 5140/tcp 5140/udp
# Where a certificate is set, the port answers plain text with 400: it is there and speaks TLS.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -Eq ' (200|400)'"]
# JAVA_OPTS=-Xmx1g in the environment gives a larger heap than 208 MB.
ENTRYPOINT ["logcaster"]
