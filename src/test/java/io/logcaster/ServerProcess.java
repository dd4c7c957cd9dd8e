package io.logcaster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which can be killed and started again where it was. */
public final class ServerProcess {

  private static final Pattern HTTP = Pattern.compile("console http://[^ ]*:(\\d+)/");

  private static final Pattern TCP = Pattern.compile("TCP [^ ,]*:(\\d+)");

  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Path data;
  private final List<String> settings;
  private final Process process;
  private final int httpPort;
  private final int tcpPort;

  private ServerProcess(Path data, List<String> settings, Process process, String ready) {
    this.data = data;
    this.settings = settings;
    this.process = process;
    this.httpPort = port(HTTP, ready);
    this.tcpPort = port(TCP, ready);
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
    List<String> all = new ArrayList<>(List.of(settings));
    return start(data, all, 0, 0);
  }

  private static ServerProcess start(Path data, List<String> settings, int http, int tcp)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LogCasterApplication.class.getName(),
                "--server.port=" + http,
                "--logcaster.tcp.port=" + tcp,
                "--logcaster.udp.port=-1",
                "--logcaster.host-metrics.enabled=false",
                "--logcaster.data.dir=" + data));
    command.addAll(settings);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder said = new StringBuilder();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.contains("LogCaster is ready")) {
        ServerProcess server = new ServerProcess(data, settings, process, line);
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
    return start(data, settings, httpPort, tcpPort);
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
