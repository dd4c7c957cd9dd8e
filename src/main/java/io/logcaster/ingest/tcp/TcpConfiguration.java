package io.logcaster.ingest.tcp;

import io.logcaster.ingest.InputContexts;
import io.logcaster.ingest.InputHealthIndicator;
import io.logcaster.ingest.InputLifecycle;
import io.logcaster.security.BindPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** The TCP port, unless it is turned off. */
@Configuration(proxyBeanMethods = false)
@Conditional(TcpConfiguration.TurnedOn.class)
class TcpConfiguration {

  @Bean
  TcpInput tcpInput(TcpProperties properties, InputContexts contexts, BindPolicy policy) {
    return new TcpInput(properties, address(properties, policy), contexts.open("tcp"));
  }

  @Bean
  InputLifecycle tcpLifecycle(TcpInput input, TcpProperties properties, BindPolicy policy) {
    InetSocketAddress wanted =
        new InetSocketAddress(address(properties, policy), properties.port());
    return new InputLifecycle(input, "logcaster.tcp.port", wanted);
  }

  /** The name gives the component {@code tcpInput} of the health endpoint. */
  @Bean
  InputHealthIndicator tcpInputHealthIndicator(TcpInput input) {
    return new InputHealthIndicator(input);
  }

  private static InetAddress address(TcpProperties properties, BindPolicy policy) {
    return policy.addressFor(properties.address(), "logcaster.tcp.address");
  }

  static final class TurnedOn implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !"-1".equals(context.getEnvironment().getProperty("logcaster.tcp.port"));
    }
  }
}
