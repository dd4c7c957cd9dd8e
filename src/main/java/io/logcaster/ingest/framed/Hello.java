package io.logcaster.ingest.framed;

import io.logcaster.record.DeliveryMark;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The payload of HELLO, in which a sender introduces itself. Unknown properties are ignored,
 * because a sender may be newer than the server.
 *
 * @param client its name; empty without one
 * @param resume whether it continues after the sequence in the server's answer
 * @param token its token; empty without one
 */
record Hello(String client, boolean resume, String token) {

  /** The prefix of names that the server uses itself. */
  static final String RESERVED = "\u0001";

  private static final JsonMapper JSON = new JsonMapper();

  /** Reads a payload; returns null if it is malformed. */
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
