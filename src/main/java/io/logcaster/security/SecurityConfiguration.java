package io.logcaster.security;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  @Bean
  BindPolicy bindPolicy(SecurityProperties properties, ServerProperties server) {
    return new BindPolicy(properties.credentials() != null, server.getAddress());
  }

  /** Before every other filter: nothing is read from a request that may not be there. */
  @Bean
  FilterRegistrationBean<AccessFilter> accessFilter(SecurityProperties properties) {
    var registration =
        new FilterRegistrationBean<>(
            new AccessFilter(properties.credentials(), properties.allowedHosts()));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }
}
