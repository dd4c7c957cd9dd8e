package io.logcaster.cli;

import io.logcaster.client.ClientListener;
import io.logcaster.client.ClientMetrics;
import io.logcaster.client.LogCasterClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logcaster send}: sends lines from a pipe or from files. */
@Command(
    name = "send",
    description =
        "Sends lines from the standard input or from files: JSON, syslog or text. It ends when the"
            + " server has stored them, or continues with --follow.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  journalctl -f -o json | logcaster send",
      "  logcaster send build.log test.log",
      "  logcaster send --follow /var/log/nginx/access.log",
      "",
      "Following survives rotation by renaming and truncating, and continues after a restart"
          + " where",
      "it stopped. Without it, files are sent again each time; 'import' sends each once.",
      "Exit codes: 0 all is stored, 1 failed or stopped, 2 called wrongly."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SendCommand implements Callable<Integer> {

  private static final int BUFFER = 128 << 10;

  private static final Duration LOOK = Duration.ofMillis(200);

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files; none or - for the standard input.")
  private List<String> files = List.of();

  @Option(
      names = {"-F", "--follow"},
      description = "Continue with lines that are added to the files.")
  private boolean follow;

  @Option(
      names = "--from-end",
      description = "Follow a new file from its end instead of its start.")
  private boolean fromEnd;

  @Mixin private StateOptions state = new StateOptions();

  @Mixin private ServerOptions server = new ServerOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private volatile boolean stopped;
  private volatile @Nullable String refusal;

  @Override
  public Integer call() throws Exception {
    boolean input = files.isEmpty() || files.equals(List.of("-"));
    if (input && follow) {
      throw new ParameterException(spec.commandLine(), "--follow needs the name of a file");
    }
    ReachabilityCheck.check(server.address());
    if (input) {
      return sendInput(new TextInput(System.in));
    }
    return follow ? follow() : sendFiles();
  }

  private int sendFiles() throws IOException {
    FileFeed feed = new FileFeed(server, null, this::note);
    try (var _ = new StopSignal(feed::stop)) {
      for (String name : files) {
        for (Path path : SourceFiles.files(name)) {
          try (LogFile file = LogFile.open(path);
              FeedSession session = feed.open(file, file.key())) {
            session.send(file.isPacked() ? -1 : file.size(), (position) -> {});
          }
        }
      }
    }
    return ended(feed.records(), feed.isStopped());
  }

  private int follow() throws IOException {
    FileFeed feed = new FileFeed(server, state.directory(), this::note);
    try (var _ = new StopSignal(feed::stop);
        ExecutorService followers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String name : files) {
        followers.execute(new FileFollower(feed, Path.of(name), fromEnd));
      }
    }
    return ended(feed.records(), true);
  }

  /** Sends whole lines as they come, and the last one even without a line feed. */
  private int sendInput(InputStream in) throws IOException {
    try (LogCasterClient client =
            server.client().listener(new Troubles()).closeTimeout(Duration.ZERO).build();
        var _ = new StopSignal(() -> stopped = true)) {
      byte[] buffer = new byte[BUFFER];
      int filled = 0;
      for (int count = in.read(buffer); count >= 0 && !stopped; ) {
        filled += count;
        int end = lastLine(buffer, filled);
        if (end == 0 && filled == buffer.length) {
          end = filled; // servers cut lines of this size
        }
        ServerOptions.check(refusal);
        if (end > 0) {
          client.lines(buffer, 0, end);
          System.arraycopy(buffer, end, buffer, 0, filled - end);
          filled -= end;
        }
        count = in.read(buffer, filled, buffer.length - filled);
      }
      if (filled > 0) {
        client.line(new String(buffer, 0, filled, StandardCharsets.UTF_8));
      }
      while (!client.flush(LOOK) && !stopped) {
        ServerOptions.check(refusal);
      }
      ClientMetrics metrics = client.metrics();
      return ended(metrics.acknowledged(), metrics.queued() > 0 || metrics.dropped() > 0);
    }
  }

  private static int lastLine(byte[] buffer, int filled) {
    for (int i = filled - 1; i >= 0; i--) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }

  private int ended(long records, boolean early) {
    if (early) {
      note("stopped; the server has stored " + records + " records");
    }
    return early ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void note(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + text);
    err.flush();
  }

  /** Prints what goes wrong, each failure once. */
  private final class Troubles implements ClientListener {

    private @Nullable String last;

    @Override
    public synchronized void failed(String address, String reason) {
      if (ServerOptions.isFinal(reason)) {
        refusal = reason;
      }
      if (!reason.equals(last)) {
        last = reason;
        note(address + ": " + reason + "; retrying");
      }
    }
  }
}
