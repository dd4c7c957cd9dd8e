package io.logcaster.ingest.http;

import java.net.InetAddress;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Where the web server listens. */
final class HttpAddress implements ApplicationListener<WebServerInitializedEvent> {

  private final String host;
  private volatile String text = "";

  HttpAddress(InetAddress address) {
    String name = address.getHostAddress();
    this.host = (name.indexOf(':') < 0) ? name : "[" + name + "]";
  }

  @Override
  public void onApplicationEvent(WebServerInitializedEvent event) {
    if (event.getApplicationContext().getServerNamespace() == null) {
      text = host + ":" + event.getWebServer().getPort();
    }
  }

  /** Such as {@code 127.0.0.1:8080}; empty while the server does not listen. */
  String text() {
    return text;
  }
}
