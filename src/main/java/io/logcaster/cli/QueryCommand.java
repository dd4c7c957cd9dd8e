package io.logcaster.cli;

import io.logcaster.system.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code logcaster query}: runs a query on a server. */
@Command(
    name = "query",
    description = "Runs a LogsQL query and prints its rows.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  logcaster query 'level:>=WARN pool' --start 1h",
      "  logcaster query '_time:1d | stats by (app, level) count() n | sort by (n desc)'",
      "  logcaster query 'app:=billing' --start 2026-11-21 --end 2026-11-22 -o csv > billing.csv",
      "",
      "Exit codes: 0 done, 1 failed, 2 called wrongly."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class QueryCommand implements Callable<Integer> {

  /** The formats of rows. */
  enum Output {
    TABLE,
    JSON,
    CSV
  }

  @Parameters(paramLabel = "QUERY", arity = "1..*", description = "LogsQL; words are joined.")
  private List<String> query = List.of();

  @Option(
      names = {"-o", "--output"},
      defaultValue = "TABLE",
      description =
          "table, json (one object per line) or csv. Default: table; with colours on a terminal.")
  private Output output = Output.TABLE;

  @Option(
      names = {"-s", "--start"},
      paramLabel = "TIME",
      description =
          "Start of the time range: 2026-11-21T09:00:00Z, 2026-11-21, or 15m for 15 minutes ago.")
  private @Nullable String start;

  @Option(
      names = {"-e", "--end"},
      paramLabel = "TIME",
      description = "End of the time range, exclusive; written like --start.")
  private @Nullable String end;

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "ROWS",
      description = "Print at most this many rows, of records the newest. Default: all.")
  private @Nullable Long limit;

  @Option(
      names = "--raw",
      description =
          "Print json and csv as stored. Otherwise control characters and characters that change"
              + " the direction of text are escaped in json and replaced in csv, and csv cells that"
              + " a spreadsheet would run as formulas get an apostrophe.")
  private boolean raw;

  @Option(names = "--no-color", description = "Use no colours; setting $NO_COLOR does the same.")
  private boolean noColor;

  @Mixin private ServerOptions server = new ServerOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String text = String.join(" ", query);
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("query", text);
    put(arguments, "start", start);
    put(arguments, "end", end);
    put(arguments, "limit", (limit == null) ? null : limit.toString());
    put(arguments, "formulas", raw ? "keep" : null);
    PrintWriter out = spec.commandLine().getOut();
    String accept = (output == Output.CSV) ? "text/csv" : "application/x-ndjson";
    try (HttpCalls calls = new HttpCalls(server);
        BufferedReader rows =
            new BufferedReader(
                new InputStreamReader(
                    calls.post("/api/v1/query", arguments, accept), StandardCharsets.UTF_8))) {
      if (output == Output.TABLE) {
        new RowTable(out, Colors.of(noColor)).print(rows);
      } else {
        for (String row = rows.readLine(); row != null; row = rows.readLine()) {
          out.println(
              raw ? row : (output == Output.JSON) ? Printable.json(row) : Printable.of(row));
        }
      }
      out.flush();
      return ExitCode.OK;
    } catch (HttpCalls.Refused ex) {
      QueryErrors.print(spec, text, ex);
      return ExitCode.SOFTWARE;
    }
  }

  private static void put(Map<String, String> arguments, String name, @Nullable String value) {
    if (value != null) {
      arguments.put(name, value);
    }
  }
}
