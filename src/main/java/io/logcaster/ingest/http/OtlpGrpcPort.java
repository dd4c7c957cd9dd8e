package io.logcaster.ingest.http;

import io.logcaster.security.BindPolicy;
import io.logcaster.security.Tls;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Executors;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/**
 * A second port of the web server, which speaks HTTP/2 as well, with prior knowledge or over TLS.
 * The port of the console does not: clients that offer HTTP/2 would be upgraded to it, and gain
 * nothing.
 */
final class OtlpGrpcPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  /** An exporter has one connection with some calls at a time; 64 KB each would be too little. */
  private static final int WINDOW = 1 << 20;

  private final OtlpProperties properties;
  private final BindPolicy policy;
  private final ServerProperties server;
  private final Tls tls;

  OtlpGrpcPort(OtlpProperties properties, BindPolicy policy, ServerProperties server, Tls tls) {
    this.properties = properties;
    this.policy = policy;
    this.server = server;
    this.tls = tls;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (properties.grpcPort() >= 0) {
      Connector connector = connector();
      factory.addAdditionalConnectors(connector);
      factory.addEngineValves(new OwnPaths(connector));
    }
  }

  /** Whoever may reach this port for logs is not thereby allowed to reach the API. */
  private static final class OwnPaths extends ValveBase {

    private final Connector connector;

    OwnPaths(Connector connector) {
      super(true);
      this.connector = connector;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a connector is itself only
    public void invoke(Request request, Response response) throws IOException, ServletException {
      if (request.getConnector() == connector
          && !OtlpGrpcController.EXPORT.equals(request.getRequestURI())) {
        // Clients of gRPC read it as UNIMPLEMENTED.
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return;
      }
      getNext().invoke(request, response);
    }
  }

  private Connector connector() {
    Http11NioProtocol protocol = new Http11NioProtocol();
    protocol.setAddress(policy.addressFor(server.getAddress(), "server.address"));
    protocol.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    Http2Protocol http2 = new Http2Protocol();
    http2.setInitialWindowSize(WINDOW);
    // They protect from clients that waste frames, and would end calls with large messages.
    http2.setOverheadCountFactor(0);
    Connector connector = new Connector(protocol);
    connector.addUpgradeProtocol(http2);
    connector.setPort(properties.grpcPort());
    if (tls.isForHttp()) {
      tls.secure(connector);
    }
    return connector;
  }
}
