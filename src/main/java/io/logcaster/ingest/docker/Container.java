package io.logcaster.ingest.docker;

import io.logcaster.record.Timestamps;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A container, as the daemon describes it at one moment.
 *
 * @param id its id of 64 hexadecimal digits
 * @param name its name, without the slash before it
 * @param image the image it was made of
 * @param labels its labels
 * @param terminal whether it has a terminal, so that its outputs are one
 * @param running whether it runs
 * @param started when it started last, in nanoseconds since the epoch; 0 for never
 * @param finished when it ended last; 0 for never
 * @param exitCode the exit code of its last run
 * @param outOfMemory whether that was killed for want of memory
 * @param restarts how often the daemon has restarted it
 */
record Container(
    String id,
    String name,
    String image,
    Map<String, String> labels,
    boolean terminal,
    boolean running,
    long started,
    long finished,
    int exitCode,
    boolean outOfMemory,
    int restarts) {

  private static final int SHORT_ID = 12;

  private static final int MAX_LABELS = 100;

  private static final String COMPOSE_SERVICE = "com.docker.compose.service";

  Container {
    labels = Map.copyOf(labels);
  }

  /** Reads the answer to {@code /containers/{id}/json}. */
  static Container of(JsonNode json) {
    JsonNode config = json.path("Config");
    JsonNode state = json.path("State");
    String name = json.path("Name").asString("");
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> label : config.path("Labels").properties()) {
      if (labels.size() < MAX_LABELS) {
        labels.put(label.getKey(), label.getValue().asString(""));
      }
    }
    return new Container(
        json.path("Id").asString(""),
        name.startsWith("/") ? name.substring(1) : name,
        config.path("Image").asString(""),
        labels,
        config.path("Tty").asBoolean(false),
        state.path("Running").asBoolean(false),
        time(state.path("StartedAt")),
        time(state.path("FinishedAt")),
        state.path("ExitCode").asInt(0),
        state.path("OOMKilled").asBoolean(false),
        json.path("RestartCount").asInt(0));
  }

  /** Docker writes the year 1 for never. */
  private static long time(JsonNode text) {
    return Math.max(0, Timestamps.parse(text.asString("")));
  }

  /** What records call the program: the service of a composition, or the container's name. */
  String app() {
    return labels.getOrDefault(COMPOSE_SERVICE, name);
  }

  String shortId() {
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }
}
