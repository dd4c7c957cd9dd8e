package io.logcaster.ingest.http;

import io.logcaster.cluster.Roles;
import io.logcaster.ingest.InputContexts;
import io.logcaster.ingest.InputDoor;
import io.logcaster.ingest.Protocol;
import io.logcaster.security.BindPolicy;
import io.logcaster.security.Tls;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.UrlHandlerFilter;

@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

  /** Ignores a trailing slash, which is easily added to the address that a shipper is given. */
  @Bean
  UrlHandlerFilter slashBehindPath() {
    return UrlHandlerFilter.trailingSlashHandler(
            "/_bulk/",
            "/*/_bulk/",
            "/*/_doc/",
            "/loki/api/v1/push/",
            "/v1/logs/",
            "/gelf/",
            "/api/events/raw/",
            "/api/v2/logs/",
            "/insert/**",
            "/api/v1/records/")
        .wrapRequest()
        .build();
  }

  @Bean
  HttpAddress httpAddress(BindPolicy policy, ServerProperties server, Roles roles) {
    return new HttpAddress(
        policy.addressFor(server.getAddress(), "server.address"), roles.ingests());
  }

  @Bean
  HttpInput httpInput(
      InputContexts contexts, HttpAddress address, Tls tls, ServerProperties server) {
    boolean secure = tls.isForHttp() || (server.getSsl() != null && server.getSsl().isEnabled());
    return new HttpInput(
        contexts.open("http"),
        address::text,
        new InputDoor(InputDoor.Transport.HTTP, Protocol.JSON, secure, false));
  }

  @Bean
  HttpInput elasticsearchInput(InputContexts contexts, HttpAddress address) {
    return new HttpInput(contexts.open("elasticsearch"), address::text);
  }

  @Bean
  HttpInput lokiInput(InputContexts contexts, HttpAddress address) {
    return new HttpInput(contexts.open("loki"), address::text);
  }

  @Bean
  HttpInput otlpInput(InputContexts contexts, HttpAddress address) {
    return new HttpInput(contexts.open("otlp"), address::text);
  }

  @Bean
  HttpInput splunkInput(InputContexts contexts, HttpAddress address) {
    return new HttpInput(contexts.open("splunk"), address::text);
  }

  @Bean
  HttpInput gelfInput(InputContexts contexts, HttpAddress address) {
    return new HttpInput(contexts.open("gelf"), address::text);
  }

  @Bean
  HttpInput seqInput(InputContexts contexts, HttpAddress address) {
    return new HttpInput(contexts.open("seq"), address::text);
  }

  @Bean
  HttpInput datadogInput(InputContexts contexts, HttpAddress address) {
    return new HttpInput(contexts.open("datadog"), address::text);
  }

  @Bean
  HttpInput journalInput(InputContexts contexts, HttpAddress address) {
    return new HttpInput(contexts.open("journal"), address::text);
  }

  @Bean
  OtlpGrpcPort otlpGrpcPort(
      OtlpProperties properties, BindPolicy policy, ServerProperties server, Tls tls) {
    return new OtlpGrpcPort(properties, policy, server, tls);
  }
}
