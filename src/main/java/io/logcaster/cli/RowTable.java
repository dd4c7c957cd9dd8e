package io.logcaster.cli;

import io.logcaster.system.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints rows of JSON as a table. The first rows decide columns and widths, so that millions of
 * rows take no memory; a field that appears later is appended to its row as {@code name=value}.
 */
final class RowTable {

  /** How many rows decide columns and widths. */
  private static final int LOOK_AHEAD = 1_000;

  /** The widest padding; the last column is never padded. */
  private static final int MAX_WIDTH = 60;

  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> FIRST = List.of("_time", "level");

  /** Fields that only repeat others. */
  private static final Set<String> LEFT_OUT = Set.of("_stream", "_stream_id");

  private final PrintWriter out;
  private final Colors colors;
  private final Map<String, Integer> widths = new LinkedHashMap<>();
  private String last = "";

  RowTable(PrintWriter out, Colors colors) {
    this.out = out;
    this.colors = colors;
  }

  /** Prints all rows. */
  void print(BufferedReader rows) throws IOException {
    List<JsonNode> ahead = new ArrayList<>();
    String row = rows.readLine();
    while (row != null && ahead.size() < LOOK_AHEAD) {
      ahead.add(JSON.readTree(row));
      row = rows.readLine();
    }
    if (ahead.isEmpty()) {
      return;
    }
    arrange(ahead);
    header();
    ahead.forEach(this::print);
    for (; row != null; row = rows.readLine()) {
      print(JSON.readTree(row));
    }
  }

  /** Time and level come first, the message last. */
  private void arrange(List<JsonNode> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach((row) -> names.addAll(row.propertyNames()));
    Set<String> order = new LinkedHashSet<>(FIRST);
    order.retainAll(names);
    boolean message = names.remove("_msg");
    order.addAll(names);
    if (message) {
      order.removeAll(LEFT_OUT);
      order.add("_msg");
    }
    for (String name : order) {
      int width = name.length();
      for (JsonNode row : rows) {
        width = Math.max(width, text(row, name).length());
      }
      widths.put(name, Math.min(width, MAX_WIDTH));
      last = name;
    }
  }

  private static String text(JsonNode row, String name) {
    return Printable.of(row.path(name).asString("")).replace("\n", "\\n").replace("\t", " ");
  }

  private void header() {
    StringBuilder line = new StringBuilder();
    widths.forEach(
        (name, width) -> line.append(pad(Printable.line(name), width, name.equals(last))));
    out.println(colors.bold(line.toString().stripTrailing()));
  }

  private void print(JsonNode row) {
    StringBuilder line = new StringBuilder();
    String level = row.path("level").asString("");
    widths.forEach(
        (name, width) -> {
          String cell = pad(text(row, name), width, name.equals(last));
          line.append(name.equals("level") ? colors.level(level, cell) : cell);
        });
    for (String name : row.propertyNames()) {
      if (!widths.containsKey(name) && !LEFT_OUT.contains(name)) {
        line.append(' ').append(colors.dim(Printable.line(name) + "=" + text(row, name)));
      }
    }
    out.println(line.toString().stripTrailing());
  }

  private static String pad(String text, int width, boolean last) {
    return last ? text : text + " ".repeat(Math.max(0, width - text.length()) + 2);
  }
}
