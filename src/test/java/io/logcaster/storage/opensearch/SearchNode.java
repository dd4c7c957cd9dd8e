package io.logcaster.storage.opensearch;

import io.logcaster.storage.LogStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node of OpenSearch in a process of its own. Its libraries are fetched by Maven into {@code
 * target/opensearch-node}, where they cannot get into the class path of other tests; see {@code
 * .mvn/build/opensearch}. Tests share {@link #url() one node}, which ends with their process.
 */
public final class SearchNode implements AutoCloseable {

  /** A node on one loaded core takes most of a minute. */
  private static final long START_MINUTES = 5;

  private static final Path BUILD = Path.of(".mvn", "build", "opensearch").toAbsolutePath();

  private final Path directory;
  private final Process process;
  private final int port;

  private SearchNode(Path directory, Process process, int port) {
    this.directory = directory;
    this.process = process;
    this.port = port;
  }

  private static final class Shared {

    private static final SearchNode NODE = startShared();

    private static SearchNode startShared() {
      try {
        return start(Files.createTempDirectory("opensearch"), 0);
      } catch (IOException ex) {
        throw new UncheckedIOException(ex);
      }
    }
  }

  /** Where the shared node listens: as {@code -Dtest.opensearch} says, or one of our own. */
  public static URI url() {
    String given = System.getProperty("test.opensearch", "");
    return given.isEmpty() ? Shared.NODE.address() : URI.create(given);
  }

  static OpenSearchOptions options(String prefix) {
    return OpenSearchOptions.of(url()).withPrefix(prefix).withReplicas(0);
  }

  /** Opens an empty storage on the shared node. */
  public static LogStorage storage(String prefix) throws IOException {
    drop(prefix);
    return OpenSearchLogStorage.open(options(prefix));
  }

  /** Deletes everything that a storage created. */
  public static void drop(String prefix) throws IOException {
    OpenSearchOptions options = options(prefix);
    try (SearchCluster cluster = new SearchCluster(options)) {
      for (String path :
          List.of(
              "/_data_stream/" + options.records(),
              "/_index_template/" + options.records(),
              "/" + options.marks())) {
        try {
          cluster.send("DELETE", path, null);
        } catch (SearchCluster.RefusedException ex) {
          if (ex.status() != 404) {
            throw ex;
          }
        }
      }
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  /**
   * Starts a node.
   *
   * @param directory keeps its data
   * @param port 0 for any
   */
  public static SearchNode start(Path directory, int port) throws IOException {
    Path jars = jars();
    Path file = directory.resolve("port");
    Files.deleteIfExists(file);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                jars + "/*",
                BUILD.resolve("Node.java").toString(),
                directory.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("node.log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(START_MINUTES);
    while (!Files.exists(file)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException(
            "OpenSearch did not start:\n" + Files.readString(directory.resolve("node.log")));
      }
      sleep();
    }
    return new SearchNode(directory, process, Integer.parseInt(Files.readString(file).strip()));
  }

  private static void sleep() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IOException(ex);
    }
  }

  /** The directory of the node's libraries, which Maven fills once. */
  private static synchronized Path jars() throws IOException {
    Path jars = Path.of("target", "opensearch-node").toAbsolutePath();
    Path done = jars.resolve("complete");
    if (!Files.exists(done)) {
      Files.createDirectories(jars);
      String output = maven(jars, "-o");
      if (output != null) {
        output = maven(jars);
      }
      if (output != null) {
        throw new IOException(
            "The libraries of OpenSearch for tests cannot be had. Maven fetches them as "
                + BUILD
                + "/pom.xml says; it reported:\n"
                + output);
      }
      Files.createFile(done);
    }
    return jars;
  }

  /** Lets Maven copy the libraries; returns what it printed if that failed, else null. */
  private static String maven(Path jars, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of("mvnw").toAbsolutePath().toString(),
                "-q",
                "-B",
                "-f",
                BUILD.resolve("pom.xml").toString(),
                "dependency:copy-dependencies",
                "-DoutputDirectory=" + jars));
    command.addAll(List.of(options));
    Process maven = new ProcessBuilder(command).redirectErrorStream(true).start();
    maven.getOutputStream().close();
    String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return (maven.waitFor() == 0) ? null : output;
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IOException(ex);
    }
  }

  /** Kills the node and starts it again with its data, on the same port. */
  SearchNode killAndRestart() throws IOException {
    close();
    return start(directory, port);
  }

  /** Kills the node. */
  @Override
  public void close() throws IOException {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IOException(ex);
    }
  }
}
