package io.logcaster.ingest.docker;

import io.logcaster.ingest.Input;
import io.logcaster.ingest.InputContext;
import io.logcaster.ingest.InputStats;
import io.logcaster.ingest.InputThread;
import io.logcaster.pipeline.InputMetrics;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Reads the logs of all containers of a Docker daemon, those that run and those that start later.
 * While the daemon does not answer, it is asked again.
 */
public final class DockerInput implements Input {

  private static final Logger LOG = LoggerFactory.getLogger(DockerInput.class);

  private static final Duration FLUSH_EVERY = Duration.ofMillis(300);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /** Each takes a connection to the daemon, a thread and a batch. */
  private static final int MAX_CONTAINERS = 2_000;

  private static final String STARTS =
      "/events?filters="
          + URLEncoder.encode(
              "{\"type\":[\"container\"],\"event\":[\"start\"]}", StandardCharsets.UTF_8);

  private final DockerProperties properties;
  private final String socket;
  private final InputContext context;
  private final Path file;
  private final int maxRecordSize;
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();
  private final InputThread watch;
  private final InputThread flush;
  private @Nullable DockerApi api;
  private @Nullable Positions positions;
  private volatile boolean open;
  private volatile boolean connected;
  private volatile String host = "";

  /** A container's reader with its thread. */
  private static final class Reading {

    private final ContainerReader reader;
    private volatile boolean again;
    private @Nullable Thread thread;

    Reading(ContainerReader reader) {
      this.reader = reader;
    }
  }

  /**
   * @param file where the positions in the logs are kept
   */
  public DockerInput(
      DockerProperties properties, InputContext context, Path file, int maxRecordSize) {
    this.properties = properties;
    this.socket = String.valueOf(properties.socket());
    this.context = context;
    this.file = file;
    this.maxRecordSize = maxRecordSize;
    this.watch = new InputThread("logcaster-docker", context, () -> open, this::watch);
    this.flush = new InputThread("logcaster-docker-flush", context, () -> open, this::flushAll);
  }

  @Override
  public void start() throws IOException {
    Instant from = context.clock().instant().minus(properties.history());
    positions = Positions.load(file, from.getEpochSecond() * 1_000_000_000L + from.getNano());
    api = new DockerApi(Path.of(socket));
    open = true;
    watch.startVirtual();
    flush.startVirtual();
  }

  private DockerApi api() {
    DockerApi known = api;
    if (known == null) {
      throw new IllegalStateException("The input is not started");
    }
    return known;
  }

  private Positions positions() {
    Positions known = positions;
    if (known == null) {
      throw new IllegalStateException("The input is not started");
    }
    return known;
  }

  private void watch() throws InterruptedException {
    Duration pause = Duration.ofSeconds(1);
    boolean told = false;
    while (open) {
      try {
        watchOnce();
        pause = Duration.ofSeconds(1);
      } catch (IOException ex) {
        if (open && (connected || !told)) {
          LOG.warn("Docker does not answer at {}: {}; trying again", socket, ex.getMessage());
          told = true;
        }
      }
      pause = connected ? Duration.ofSeconds(1) : pause;
      connected = false;
      if (open) {
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  /** Reads the containers that there are, and then those that start, until the daemon stops. */
  private void watchOnce() throws IOException {
    host = api().json("/info").path("Name").asString("");
    // First the events, so that no container starts between the list and them.
    try (DockerApi.Answer events = api().get(STARTS)) {
      connected = true;
      Set<String> ids = new HashSet<>();
      for (JsonNode container : api().json("/containers/json?all=1")) {
        ids.add(container.path("Id").asString(""));
      }
      positions().retain(ids);
      ids.forEach(this::read);
      InputStream in = new BufferedInputStream(events.body());
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        JsonNode event = DockerApi.parse(line);
        String id = event.path("Actor").path("ID").asString(event.path("id").asString(""));
        if (!id.isEmpty()) {
          read(id);
        }
      }
    }
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toByteArray();
  }

  /** Reads a container, if it is not read already. */
  private synchronized void read(String id) {
    Reading known = readings.get(id);
    if (known != null) {
      known.again = true;
      return;
    }
    if (!open) {
      return;
    }
    if (readings.size() >= MAX_CONTAINERS) {
      context.metrics().note("too_many_containers", 1);
      return;
    }
    Reading reading =
        new Reading(
            new ContainerReader(
                api(),
                context,
                positions(),
                () -> open,
                id,
                (out, container, stored) ->
                    new ContainerRecords(
                        out, container, host, maxRecordSize, properties.joinWait(), stored),
                maxRecordSize));
    readings.put(id, reading);
    reading.thread =
        Thread.ofVirtual().name("logcaster-docker-" + id).start(() -> run(id, reading));
  }

  private void run(String id, Reading reading) {
    try {
      do {
        reading.again = false;
        reading.reader.run((container) -> !properties.exclude().contains(container.name()));
      } while (!isOver(id, reading));
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException ex) {
      LOG.error("Reading the log of container {} failed", id, ex);
    } finally {
      readings.remove(id, reading);
    }
  }

  /** Ends a reading, unless its container has started again in the meantime. */
  private synchronized boolean isOver(String id, Reading reading) {
    boolean over = !open || !reading.again;
    if (over) {
      readings.remove(id, reading);
    }
    return over;
  }

  private void flushAll() throws InterruptedException {
    while (open) {
      TimeUnit.MILLISECONDS.sleep(FLUSH_EVERY.toMillis());
      for (Reading reading : readings.values()) {
        try {
          reading.reader.flush();
        } catch (IOException ex) {
          LOG.warn("Cannot remember how far the logs of containers are stored", ex);
        }
      }
    }
  }

  @Override
  public void stop() {
    if (!open) {
      return;
    }
    open = false;
    try {
      api().close();
      for (Reading reading : readings.values()) {
        Thread thread = reading.thread;
        if (thread != null) {
          thread.join(STOP_TIMEOUT);
        }
      }
      watch.join(STOP_TIMEOUT);
      flush.join(STOP_TIMEOUT);
    } catch (IOException ex) {
      LOG.debug("Cannot close the connections to Docker", ex);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public InputStats stats() {
    InputMetrics metrics = context.metrics();
    long rejected = metrics.rejected().values().stream().mapToLong(Long::longValue).sum();
    InputStats.State state =
        !open
            ? InputStats.State.STOPPED
            : (connected && !watch.isDown()) ? InputStats.State.RUNNING : InputStats.State.FAILED;
    return new InputStats(
        metrics.id(),
        "docker",
        open ? socket : "",
        state,
        metrics.received(),
        rejected,
        metrics.bytes(),
        rejected,
        readings.values().stream().map((reading) -> reading.reader.stats(metrics.id())).toList());
  }
}
