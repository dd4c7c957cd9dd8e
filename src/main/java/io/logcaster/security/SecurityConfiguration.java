package io.logcaster.security;

import io.logcaster.cluster.Roles;
import io.logcaster.system.EarlySockets;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  @Bean
  BindPolicy bindPolicy(SecurityProperties properties, ServerProperties server) {
    return new BindPolicy(properties.hasCredentials(), server.getAddress());
  }

  @Bean
  Authenticator authenticator(SecurityProperties properties, Clock clock) {
    return new Authenticator(properties, new FailureLimit(clock));
  }

  @Bean
  FailedLogins failedLogins(Clock clock) {
    return new FailedLogins(clock);
  }

  @Bean
  Tls tls(TlsProperties properties) {
    return new Tls(properties);
  }

  /** Before all other filters, so that refusals have the headers too. */
  @Bean
  FilterRegistrationBean<SecurityHeaders> securityHeaders() {
    var registration = new FilterRegistrationBean<>(new SecurityHeaders());
    registration.setDispatcherTypes(
        DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerProblems() {
    return (factory) ->
        factory.addContextCustomizers(
            (context) -> {
              if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ContainerProblems.class.getName());
              }
            });
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> timedConnections(
      HttpProperties properties, ObjectProvider<EarlySockets> sockets) {
    return (factory) -> {
      factory.setProtocol(TimedProtocol.class.getName());
      factory.addConnectorCustomizers(
          (connector) -> {
            if (connector.getProtocolHandler() instanceof TimedProtocol timed) {
              sockets.ifAvailable(timed::adopt);
              timed.headTimeout(properties.headTimeout().toNanos());
            }
          });
    };
  }

  /** Before every other filter: nothing is read from a request that is refused. */
  @Bean
  FilterRegistrationBean<AccessFilter> accessFilter(
      Authenticator authenticator, SecurityProperties properties, FailedLogins failures) {
    var registration =
        new FilterRegistrationBean<>(
            new AccessFilter(authenticator, properties.allowedHosts(), failures));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return registration;
  }

  @Bean
  FilterRegistrationBean<RoleGuard> roleGuard(Roles roles) {
    var registration = new FilterRegistrationBean<>(new RoleGuard(roles));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
    registration.setEnabled(RoleGuard.isNeeded(roles));
    return registration;
  }
}
