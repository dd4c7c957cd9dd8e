package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ApiResourceTest {

  @Test
  void created_behindAProxyWithAPrefix_leadsToTheNewResource() {
    var rules = new ApiResource("/api/v1/alerts/rules", "alert rule", "alert rules");
    URI location = rules.created("7", "body").getHeaders().getLocation();
    assertThat(location).isNotNull();
    for (String server : new String[] {"http://localhost:8080", "https://example.org/logs"}) {
      assertThat(URI.create(server + "/api/v1/alerts/rules").resolve(location))
          .isEqualTo(URI.create(server + "/api/v1/alerts/rules/7"));
    }
  }
}
