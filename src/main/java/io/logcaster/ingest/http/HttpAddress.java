package io.logcaster.ingest.http;

import java.net.InetAddress;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** Where the web server listens for records. */
final class HttpAddress implements ApplicationListener<WebServerInitializedEvent> {

  private final String host;
  private volatile String text = "";

  private final boolean ingests;

  /**
   * @param ingests whether this node takes records at all
   */
  HttpAddress(InetAddress address, boolean ingests) {
    this.ingests = ingests;
    String name = address.getHostAddress();
    this.host = (name.indexOf(':') < 0) ? name : "[" + name + "]";
  }

  @Override
  public void onApplicationEvent(WebServerInitializedEvent event) {
    if (ingests && event.getApplicationContext().getServerNamespace() == null) {
      text = host + ":" + event.getWebServer().getPort();
    }
  }

  /** Such as {@code 127.0.0.1:8080}; empty while the server takes no records. */
  String text() {
    return text;
  }
}
