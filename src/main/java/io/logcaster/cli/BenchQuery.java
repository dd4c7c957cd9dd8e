package io.logcaster.cli;

import java.util.List;

/**
 * A query to be timed.
 *
 * @param name what kind it is
 * @param text in LogsQL
 */
record BenchQuery(String name, String text) {

  static List<BenchQuery> parse(List<String> lines) {
    return lines.stream().filter((line) -> !line.isBlank()).map(BenchQuery::parse).toList();
  }

  private static BenchQuery parse(String line) {
    String[] parts = line.split("\t", 2);
    if (parts.length < 2) {
      throw new CommandFailure("no name, tab and query: " + line);
    }
    return new BenchQuery(parts[0], parts[1]);
  }

  String line() {
    return name + "\t" + text;
  }

  /** Whether servers may choose among rows of one rank, so that right answers can differ. */
  boolean isOrdered() {
    return text.contains("limit ");
  }
}
