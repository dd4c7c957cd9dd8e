package io.logcaster.security;

import io.logcaster.system.StartupLine;
import java.net.InetAddress;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Binds the HTTP port to the address that the policy allows, and reports it in the start-up line.
 */
@Component
class HttpBinding
    implements WebServerFactoryCustomizer<ConfigurableWebServerFactory>, StartupLine, Ordered {

  private final InetAddress address;
  private final Tls certificate;
  private final boolean tls;
  private final String path;
  private volatile int port;

  HttpBinding(BindPolicy policy, ServerProperties properties, Tls tls) {
    this.address = policy.addressFor(properties.getAddress(), "server.address");
    this.certificate = tls;
    String context = properties.getServlet().getContextPath();
    this.path = (context == null) ? "" : context;
    this.tls = tls.isForHttp() || (properties.getSsl() != null && properties.getSsl().isEnabled());
  }

  /**
   * After Spring Boot's own customizer (0), which sets the configured address, and before other
   * parts of the start-up line.
   */
  @Override
  public int getOrder() {
    return 1;
  }

  @Override
  public void customize(ConfigurableWebServerFactory factory) {
    factory.setAddress(address);
    if (certificate.isForHttp()) {
      Ssl ssl = Ssl.forBundle(Tls.BUNDLE);
      // Optional: browsers and probes have no certificate and use other credentials.
      ssl.setClientAuth(
          certificate.asksForCertificates() ? Ssl.ClientAuth.WANT : Ssl.ClientAuth.NONE);
      factory.setSsl(ssl);
      factory.setSslBundles(certificate.bundles());
    }
  }

  @EventListener
  void opened(WebServerInitializedEvent event) {
    if (event.getApplicationContext().getServerNamespace() == null) {
      port = event.getWebServer().getPort();
    }
  }

  @Override
  public String text() {
    String host = address.isAnyLocalAddress() ? "localhost" : address.getHostAddress();
    return "console %s://%s:%d%s/%s"
        .formatted(
            tls ? "https" : "http",
            host.indexOf(':') < 0 ? host : "[" + host + "]",
            port,
            path,
            address.isAnyLocalAddress() ? " (on every interface)" : "");
  }
}
