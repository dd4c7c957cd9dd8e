package io.logcaster.ingest.framed;

import io.logcaster.record.DeliveryMark;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a sender introduces itself. Properties that are not known are ignored, for senders newer than
 * the server.
 *
 * @param client its name, empty where it has none
 * @param resume whether it goes on after the sequence that the server answers with
 * @param token what it shows to be let in, empty where it shows nothing
 */
record Hello(String client, boolean resume, String token) {

  /** Begins the names that the server keeps for itself. */
  static final String RESERVED = "\u0001";

  private static final JsonMapper JSON = new JsonMapper();

  /** Reads a payload; returns null where it is none. */
  static @Nullable Hello read(byte[] bytes, int from, int to) {
    try {
      JsonNode node = JSON.readTree(bytes, from, to - from);
      if (node == null || !node.isObject()) {
        return null;
      }
      Hello hello =
          new Hello(
              text(node, "client"), node.path("resume").asBoolean(false), text(node, "token"));
      int length = hello.client.getBytes(StandardCharsets.UTF_8).length;
      return (length <= DeliveryMark.MAX_CLIENT_BYTES && !hello.client.startsWith(RESERVED))
          ? hello
          : null;
    } catch (JacksonException ex) {
      return null;
    }
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  @Override
  public String toString() {
    return "Hello[client=" + client + "]"; // never the token
  }
}
