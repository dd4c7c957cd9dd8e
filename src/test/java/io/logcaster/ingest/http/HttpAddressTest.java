package io.logcaster.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerInitializedEvent;

class HttpAddressTest {

  private static final WebServer SERVER =
      new WebServer() {

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public int getPort() {
          return 8080;
        }
      };

  private static String textOf(boolean ingests) {
    HttpAddress address = new HttpAddress(InetAddress.getLoopbackAddress(), ingests);
    assertThat(address.text()).isEmpty();
    address.onApplicationEvent(
        new ServletWebServerInitializedEvent(SERVER, new ServletWebServerApplicationContext()));
    return address.text();
  }

  @Test
  void address_isKnownOnceTheServerListens() {
    assertThat(textOf(true)).isEqualTo("127.0.0.1:8080");
  }

  @Test
  void nodeThatTakesNoRecords_hasNoAddressForThem() {
    assertThat(textOf(false)).isEmpty();
  }
}
