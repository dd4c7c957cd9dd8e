package io.logcaster.cli;

import io.logcaster.system.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code logcaster tail}: shows records as they are stored. */
@Command(
    name = "tail",
    description = "Shows the records that a query selects, as they are stored, until Ctrl-C.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  logcaster tail",
      "  logcaster tail 'level:>=WARN app:=billing' --fields user,order",
      "  logcaster tail 'status:>=500 | fields _time, path, status' --json | jq .path",
      "",
      "It reconnects by itself; records stored in the meantime are not shown.",
      "Exit codes: 0 done, 1 failed, 2 called wrongly."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TailCommand implements Callable<Integer> {

  /** The delays before attempts to reconnect, in milliseconds. */
  private static final int[] PAUSES = {100, 500, 1_000, 2_000, 5_000};

  private static final JsonMapper JSON = new JsonMapper();

  @Parameters(
      paramLabel = "QUERY",
      arity = "0..*",
      description =
          "LogsQL with pipes that work row by row; words are joined. Default: everything.")
  private List<String> query = List.of();

  @Option(
      names = {"-f", "--fields"},
      split = ",",
      paramLabel = "NAME",
      description = "Show only these fields in addition to time, level and message.")
  private List<String> fields = List.of();

  @Option(names = "--json", description = "Print each record as a line of JSON.")
  private boolean asJson;

  @Option(names = "--no-color", description = "Use no colours; setting $NO_COLOR does the same.")
  private boolean noColor;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "RECORDS",
      defaultValue = "0",
      description = "End after this many records; 0: never.")
  private long count;

  @Mixin private ServerOptions server = new ServerOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private long shown;

  @Override
  public Integer call() throws InterruptedException, IOException {
    String text = query.isEmpty() ? "*" : String.join(" ", query);
    PrintWriter out = spec.commandLine().getOut();
    RecordLines lines = new RecordLines(Colors.of(noColor), List.copyOf(fields));
    boolean wasConnected = false;
    int failures = 0;
    try (HttpCalls calls = new HttpCalls(server)) {
      while (true) {
        try (BufferedReader events =
            new BufferedReader(
                new InputStreamReader(
                    calls.post("/api/v1/tail", Map.of("query", text), "text/event-stream"),
                    StandardCharsets.UTF_8))) {
          wasConnected = true;
          failures = 0;
          if (show(events, out, lines)) {
            return ExitCode.OK;
          }
          note("the server has ended the stream; reconnecting");
        } catch (HttpCalls.Refused ex) {
          if (ex.status() < 500 && ex.status() != 429) {
            QueryErrors.print(spec, text, ex);
            return ExitCode.SOFTWARE;
          }
          note(FailureHandler.text(ex));
        } catch (IOException ex) {
          if (!wasConnected) {
            throw ex;
          }
          if (failures == 0) {
            note("the connection is lost (" + ex.getMessage() + "); reconnecting");
          }
        }
        Thread.sleep(PAUSES[Math.min(failures++, PAUSES.length - 1)]);
      }
    }
  }

  private void note(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + Printable.of(text));
    err.flush();
  }

  /** Shows a stream of server-sent events; returns true once --count records were shown. */
  private boolean show(BufferedReader events, PrintWriter out, RecordLines lines)
      throws IOException {
    String event = "";
    StringBuilder data = new StringBuilder();
    for (String line = events.readLine(); line != null; line = events.readLine()) {
      if (line.startsWith("event:")) {
        event = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.append(line, 5, line.length()).append('\n');
      } else if (line.isEmpty()) {
        if (event.equals("records") && records(JSON.readTree(data.toString()), out, lines)) {
          return true;
        } else if (event.equals("gap")) {
          long dropped = JSON.readTree(data.toString()).path("dropped").asLong();
          note(dropped + " records are not shown: they came faster than this terminal takes them");
        }
        event = "";
        data.setLength(0);
      }
    }
    return false;
  }

  private boolean records(JsonNode records, PrintWriter out, RecordLines lines) {
    for (JsonNode record : records) {
      out.println(asJson ? Printable.json(record.toString()) : lines.line(record));
      if (count > 0 && ++shown >= count) {
        out.flush();
        return true;
      }
    }
    out.flush();
    return false;
  }
}
