package io.logcaster.ingest.udp;

import io.logcaster.ingest.IngestProperties;
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

/** The UDP port, unless it is turned off. */
@Configuration(proxyBeanMethods = false)
@Conditional(UdpConfiguration.TurnedOn.class)
class UdpConfiguration {

  @Bean
  UdpInput udpInput(
      UdpProperties properties,
      IngestProperties ingest,
      InputContexts contexts,
      BindPolicy policy) {
    return new UdpInput(
        properties,
        address(properties, policy),
        contexts.open("udp"),
        (int) ingest.maxRecordSize().toBytes());
  }

  @Bean
  InputLifecycle udpLifecycle(UdpInput input, UdpProperties properties, BindPolicy policy) {
    InetSocketAddress wanted =
        new InetSocketAddress(address(properties, policy), properties.port());
    return new InputLifecycle(input, "logcaster.udp.port", wanted);
  }

  /** The name gives the component {@code udpInput} of the health endpoint. */
  @Bean
  InputHealthIndicator udpInputHealthIndicator(UdpInput input) {
    return new InputHealthIndicator(input);
  }

  private static InetAddress address(UdpProperties properties, BindPolicy policy) {
    return policy.addressFor(properties.address(), "logcaster.udp.address");
  }

  static final class TurnedOn implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !"-1".equals(context.getEnvironment().getProperty("logcaster.udp.port"));
    }
  }
}
