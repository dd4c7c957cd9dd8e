package io.logcaster.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logcaster import}: imports existing log files into a server, once. */
@Command(
    name = "import",
    description = {
      "Imports log files, plain or compressed with gzip or zstd: files, directories, patterns and"
          + " http(s) URLs. Lines may be JSON, syslog or text.",
      "What was imported is remembered: a later run continues where this one stopped, takes what"
          + " was added since, and stores no record twice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  logcaster import /var/log/syslog /var/log/syslog.*.gz",
      "  logcaster import 'archive/**/*.zst' --jobs 4",
      "  logcaster import https://example.org/logs/2026-11.ndjson.gz",
      "",
      "Exit codes: 0 done, 1 failed or stopped (run it again to continue), 2 called wrongly."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ImportCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "SOURCE",
      arity = "1..*",
      description = "File, directory, pattern or http(s) URL.")
  private List<String> sources = List.of();

  @Option(
      names = {"-j", "--jobs"},
      defaultValue = "2",
      description = "Files in parallel, and connections per download. Default: 2")
  private int jobs = 2;

  @Mixin private StateOptions state = new StateOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing but errors.")
  private boolean quiet;

  @Mixin private ServerOptions server = new ServerOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // set before anything is sent
  private volatile Progress current;

  /** A file, and its key if that is not the one of the file system. */
  private record Item(Path path, String key, boolean fetched) {}

  @Override
  public Integer call() throws Exception {
    ReachabilityCheck.check(server.address());
    Path directory = state.directory();
    FileFeed feed = new FileFeed(server, directory, this::note);
    boolean terminal = Colors.isTerminal();
    try (var _ = new StopSignal(feed::stop)) {
      List<Item> items = new ArrayList<>();
      int skipped = 0;
      for (String source : sources) {
        if (SourceFiles.isUrl(source)) {
          Item item = fetch(source, directory, feed, terminal);
          if (item != null) {
            items.add(item);
          } else if (!feed.isStopped()) {
            skipped++;
          }
        } else {
          for (Path path : SourceFiles.files(source)) {
            items.add(new Item(path, "", false));
          }
        }
      }
      return send(items, skipped, feed, terminal);
    }
  }

  private void note(String text) {
    current.note(spec.qualifiedName() + ": " + text);
  }

  /** Downloads a file; null if its content was imported before, or the command was stopped. */
  private @Nullable Item fetch(String source, Path directory, FileFeed feed, boolean terminal)
      throws IOException, InterruptedException {
    URI uri = URI.create(source);
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(10))
            .build()) {
      Download download = new Download(client, Math.max(2, jobs), feed::isStopped);
      Download.Remote remote = download.look(uri);
      FeedState before = feed.state(remote.key());
      if (before != null && before.isDone()) {
        return null;
      }
      Path target = directory.resolve(FeedState.hash(remote.key()) + ".download");
      Progress progress =
          new Progress(spec.commandLine().getErr(), terminal, "download", remote.length(), () -> 0);
      try (var _ = new ProgressTicker(progress, quiet)) {
        boolean whole = download.fetch(remote, target, progress);
        return whole ? new Item(target, remote.key(), true) : null;
      }
    }
  }

  private int send(List<Item> items, int skipped, FileFeed feed, boolean terminal)
      throws IOException, InterruptedException, ExecutionException {
    long total = 0;
    for (Item item : items) {
      total += Files.size(item.path());
    }
    Progress progress =
        new Progress(spec.commandLine().getErr(), terminal, "import", total, feed::records);
    current = progress;
    AtomicInteger unchanged = new AtomicInteger(skipped);
    try (var _ = new ProgressTicker(progress, quiet || items.isEmpty());
        ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, jobs))) {
      List<Future<?>> running = new ArrayList<>();
      for (Item item : items) {
        running.add(
            workers.submit(
                () -> {
                  if (!feed.isStopped()) {
                    send(item, feed, progress, unchanged);
                  }
                  return null;
                }));
      }
      try {
        for (Future<?> worker : running) {
          worker.get();
        }
      } catch (ExecutionException ex) {
        feed.stop();
        throw ex;
      }
    }
    if (!quiet) {
      spec.commandLine()
          .getOut()
          .printf(
              "%,d records stored from %,d files; nothing new in %,d files%s%n",
              feed.records(),
              items.size() + skipped,
              unchanged.get(),
              feed.isStopped() ? "; stopped, run it again to continue" : "");
      spec.commandLine().getOut().flush();
    }
    return feed.isStopped() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private static void send(Item item, FileFeed feed, Progress progress, AtomicInteger unchanged)
      throws IOException {
    try (LogFile file = LogFile.open(item.path())) {
      long size = file.size();
      String key = item.key().isEmpty() ? file.key() : item.key();
      try (FeedSession session = feed.open(file, key)) {
        long first = session.state().sequence();
        long[] seen = {file.isPacked() ? 0 : Math.min(size, session.state().offset())};
        progress.add(seen[0]);
        session.send(
            file.isPacked() ? -1 : size,
            (position) -> {
              progress.add(position - seen[0]);
              seen[0] = position;
            });
        if (!feed.isStopped()) {
          progress.add(size - seen[0]);
        }
        if (session.state().sequence() == first) {
          unchanged.incrementAndGet();
        }
      }
    }
    if (item.fetched() && !feed.isStopped()) {
      Files.delete(item.path());
    }
  }
}
