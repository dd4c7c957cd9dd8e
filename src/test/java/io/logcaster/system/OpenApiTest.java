package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The committed copy of LogCaster's own part of the API documentation, which the console's types
 * are generated from.
 */
@RunningServer
class OpenApiTest {

  private static final Path SNAPSHOT = Path.of("frontend/src/api/openapi.json");

  private static final String RENEW =
      "renew it with: ./mvnw -DskipFrontend test -Dtest=OpenApiTest -Dopenapi=write"
          + " && npm --prefix frontend run api";

  /** Lists whose order means nothing and depends on the order of methods in a class. */
  private static final Set<String> UNORDERED = Set.of("parameters", "required", "tags");

  private final Api api;
  private final JsonMapper json;

  OpenApiTest(@LocalServerPort int port, @Autowired JsonMapper json) {
    this.api = new Api(port);
    this.json = json;
  }

  @Test
  void snapshot_isWhatTheServerServes() throws IOException {
    String served =
        json.writerWithDefaultPrettyPrinter()
                .writeValueAsString(own(json.readTree(api.get("/v3/api-docs").body())))
                .replace("\r\n", "\n")
            + "\n";
    if ("write".equals(System.getProperty("openapi"))) {
      Files.writeString(SNAPSHOT, served);
    }

    assertThat(served)
        .as("%s is out of date; %s", SNAPSHOT, RENEW)
        .isEqualTo(Files.readString(SNAPSHOT));
  }

  @Test
  void answers_saySchemasOfTheirBodies() {
    JsonNode docs = json.readTree(api.get("/v3/api-docs").body());

    assertThat(docs.at("/components/schemas").propertyNames())
        .contains("MetricsSnapshot", "Deletion", "Facets")
        .noneMatch((name) -> name.startsWith("ResponseEntity"));
    JsonNode deletion = docs.at("/components/schemas/Deletion");
    assertThat(deletion.at("/required").valueStream().map(JsonNode::asString))
        .contains("id", "query")
        .doesNotContain("error");
    assertThat(deletion.at("/properties/error/type").toString()).isEqualTo("[\"string\",\"null\"]");
    assertThat(docs.at("/components/schemas/InputCounts/required").toString())
        .contains("received")
        .doesNotContain("notes");
  }

  /** Without other people's protocols and without the version, in an order of its own. */
  private JsonNode own(JsonNode docs) {
    ObjectNode own = json.createObjectNode();
    ObjectNode paths = own.putObject("paths");
    docs.get("paths")
        .properties()
        .forEach(
            (path) -> {
              if (path.getKey().startsWith("/api/v1/")) {
                paths.set(path.getKey(), path.getValue());
              }
            });
    own.set("openapi", docs.get("openapi"));
    own.putObject("info").put("title", "LogCaster").put("version", "snapshot");
    own.putObject("components").set("schemas", docs.at("/components/schemas"));
    return sorted(own, "");
  }

  private JsonNode sorted(JsonNode node, String name) {
    if (node.isArray()) {
      ArrayNode array = json.createArrayNode();
      Stream<JsonNode> items = node.valueStream().map((item) -> sorted(item, ""));
      (UNORDERED.contains(name) ? items.sorted(Comparator.comparing(JsonNode::toString)) : items)
          .forEach(array::add);
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode object = json.createObjectNode();
    Map<String, JsonNode> properties = new TreeMap<>();
    node.properties().forEach((entry) -> properties.put(entry.getKey(), entry.getValue()));
    // Methods of the same name are told apart by numbers, in no certain order.
    if (properties.containsKey("responses")) {
      properties.remove("operationId");
    }
    properties.forEach((key, value) -> object.set(key, sorted(value, key)));
    return object;
  }
}
