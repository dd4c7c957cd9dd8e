package io.logcaster.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/** Runs commands as a shell would, in this process, and keeps what they print. */
final class Cli {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final int httpPort;
  private final int tcpPort;

  Cli(int httpPort, int tcpPort) {
    this.httpPort = httpPort;
    this.tcpPort = tcpPort;
  }

  /** Runs a command to its end and returns its exit code. */
  int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.get(0).matches("send|tail|query|import")) {
      all.add("--url=http://127.0.0.1:" + httpPort);
      all.add("--tcp=127.0.0.1:" + tcpPort);
    }
    return bare(all.toArray(String[]::new));
  }

  /** Runs a command with these arguments and no others. */
  int bare(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine commands = CommandLineMain.commands(Clock.systemUTC());
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }

  /** Runs a command in a thread of its own. */
  CompletableFuture<Integer> start(String... arguments) {
    return CompletableFuture.supplyAsync(() -> run(arguments));
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
