package io.logcaster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which can be killed and started again where it was. */
public final class ServerProcess {

  private static final String HEAP = "256m";

  private static final String COMPILER = "-XX:TieredStopAtLevel=1";

  /**
   * The distribution's launcher, where the build has just made one: its class cache starts a server
   * in a third of the time. Empty: the server is started from the classes.
   */
  private static final String LAUNCHER = System.getProperty("test.launcher", "");

  private static final Pattern HTTP = Pattern.compile("console http://[^ ]*:(\\d+)/");

  private static final Pattern TCP = Pattern.compile("TCP [^ ,]*:(\\d+)");

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final String heap;
  private final Path data;
  private final List<String> settings;
  private final Process process;
  private final int httpPort;
  private final int tcpPort;

  private ServerProcess(
      String heap, Path data, List<String> settings, Process process, String ready) {
    this.heap = heap;
    this.data = data;
    this.settings = settings;
    this.process = process;
    this.httpPort = port(HTTP, ready);
    this.tcpPort = ready.contains("TCP ") ? port(TCP, ready) : 0; // not where others receive
  }

  private static int port(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.find()) {
      throw new IllegalStateException("No " + pattern + " in: " + line);
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** Starts a server on free ports and waits until it is ready. */
  public static ServerProcess start(Path data, String... settings) throws IOException {
    return start(HEAP, data, List.of(settings), 0, 0);
  }

  /** As {@link #start(Path, String...)}, with a heap of a size such as {@code 96m}. */
  public static ServerProcess startInHeap(String heap, Path data, String... settings)
      throws IOException {
    return start(heap, data, List.of(settings), 0, 0);
  }

  /** As {@link #start(Path, String...)}, with a HTTP port that others know before. */
  public static ServerProcess startAt(int http, Path data, String... settings) throws IOException {
    return start(HEAP, data, List.of(settings), http, 0);
  }

  private static ServerProcess start(
      String heap, Path data, List<String> settings, int http, int tcp) throws IOException {
    List<String> command = new ArrayList<>();
    if (LAUNCHER.isEmpty()) {
      command.add(ProcessHandle.current().info().command().orElseThrow());
      command.addAll(List.of("-Xmx" + heap, COMPILER));
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-cp");
      command.add(
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
      command.add(LogCasterApplication.class.getName());
    } else {
      command.add(LAUNCHER);
    }
    command.add("--server.port=" + http);
    command.add("--logcaster.tcp.port=" + tcp);
    command.add("--logcaster.udp.port=-1");
    command.add("--logcaster.host-metrics.enabled=false");
    command.add("--logcaster.data.dir=" + data);
    command.addAll(settings);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_OPTS", "-Xmx" + heap + " " + COMPILER);
    Process process = builder.start();
    StringBuilder said = new StringBuilder();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.contains("LogCaster is ready")) {
        ServerProcess server = new ServerProcess(heap, data, settings, process, line);
        Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(server::heard));
        return server;
      }
    }
    throw new IllegalStateException("The server did not start:\n" + said);
  }

  private void heard(String line) {
    if (line.contains("OutOfMemoryError")) {
      complaints.add(line);
    }
  }

  /** What the log says of exhausted memory. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Starts a killed one again, on the same ports and data. */
  public ServerProcess restart() throws IOException {
    return start(heap, data, settings, httpPort, tcpPort);
  }

  /** Ends it in order, as SIGTERM does, and waits until it has ended. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("The server does not end");
    }
  }

  /** As {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public int httpPort() {
    return httpPort;
  }

  public int tcpPort() {
    return tcpPort;
  }
}
