package io.logcaster.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code logcaster bench queries}: times a table of queries on one server or two. */
@Command(
    name = "queries",
    description = {
      "Times a table of queries on a running server: words, phrases, expressions, counts and last"
          + " rows. It picks words that are frequent, medium, rare or absent in the newest"
          + " records.",
      "Prints the time of the first run and the median of the later runs, in milliseconds from the"
          + " request to the last byte. With --other-server it runs the same queries there, too,"
          + " and compares the answers."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  logcaster bench queries --save queries.txt          picks queries and runs them",
      "  logcaster bench queries --queries queries.txt       runs them again, say after a restart",
      "  logcaster bench queries --other-server http://127.0.0.1:9428"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchQueriesCommand implements Callable<Integer> {

  @Option(
      names = "--other-server",
      paramLabel = "URL",
      description =
          "URL of another server with VictoriaLogs' paths and the same records; asked without"
              + " --token and --user.")
  private @Nullable String other;

  @Option(
      names = "--runs",
      defaultValue = "7",
      description = "Runs of each query, with the first one. Default: ${DEFAULT-VALUE}")
  private int runs = 7;

  @Option(
      names = "--sample",
      defaultValue = "20000",
      description = "How many of the newest records to pick words from. Default: ${DEFAULT-VALUE}")
  private int sample = 20_000;

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description = "Read the queries from this file: a name, a tab and a query on each line.")
  private @Nullable Path file;

  @Option(names = "--save", paramLabel = "FILE", description = "Write the queries to this file.")
  private @Nullable Path save;

  @Mixin private ServerOptions server = new ServerOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (QueryTimer ours = new QueryTimer(server);
        QueryTimer theirs =
            (other == null) ? null : new QueryTimer(ServerOptions.anonymous(other))) {
      return compare(ours, theirs);
    }
  }

  /** Returns the exit code: 1 where answers differ. */
  private int compare(QueryTimer ours, @Nullable QueryTimer theirs)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<BenchQuery> queries =
        (file != null)
            ? BenchQuery.parse(Files.readAllLines(file))
            : new QueryPicker(ours.messages(sample)).pick();
    if (save != null) {
      Files.write(save, queries.stream().map(BenchQuery::line).toList(), StandardCharsets.UTF_8);
    }
    out.printf("%-22s %9s %9s", "query", "first ms", "warm ms");
    out.println((theirs == null) ? "  answer" : "   other first, warm   ratio  answer");
    int differing = 0;
    for (BenchQuery query : queries) {
      QueryTimer.Timing mine = ours.time(query, runs);
      out.printf(Locale.ROOT, "%-22s %9.1f %9.1f", query.name(), mine.first(), mine.warm());
      if (theirs == null) {
        out.println("  " + mine.summary());
      } else {
        QueryTimer.Timing peer = theirs.time(query, runs);
        boolean same = query.isOrdered() || mine.answer().equals(peer.answer());
        differing += same ? 0 : 1;
        out.printf(
            Locale.ROOT,
            "   %9.1f %9.1f  %6.2f  %s%n",
            peer.first(),
            peer.warm(),
            mine.warm() / peer.warm(),
            same ? mine.summary() : "DIFFERS: " + mine.summary() + ", other " + peer.summary());
      }
      out.flush();
    }
    if (differing > 0) {
      out.printf("%d answers differ%n", differing);
    }
    out.println();
    queries.forEach((query) -> out.println(query.name() + ": " + query.text()));
    out.flush();
    return (differing == 0) ? 0 : 1;
  }
}
