package io.logcaster.ingest.listen;

import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.forward.ForwardProperties;
import io.logcaster.ingest.forward.ForwardSecurity;
import io.logcaster.ingest.framed.FramedClients;
import io.logcaster.ingest.tcp.TcpServices;
import io.logcaster.security.Authenticator;
import io.logcaster.security.Tls;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(ListenersRegistrar.class)
class ListenersConfiguration {

  @Bean
  TcpServices tcpServices(Authenticator authenticator, Tls tls, ForwardProperties forward) {
    return new TcpServices(
        authenticator, tls, new FramedClients(), new ForwardSecurity(forward), new LargeMessages());
  }
}
