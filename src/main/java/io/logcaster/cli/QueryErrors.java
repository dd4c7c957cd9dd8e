package io.logcaster.cli;

import io.logcaster.system.Printable;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the errors of a query with their position. */
final class QueryErrors {

  private QueryErrors() {}

  /** Prints the server's message below the line of the query that it is about. */
  static void print(CommandSpec spec, String query, HttpCalls.Refused error) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(spec.qualifiedName() + ": " + Printable.of(String.valueOf(error.getMessage())));
    String[] lines = query.split("\n", -1);
    if (error.line() >= 1 && error.line() <= lines.length && error.column() >= 1) {
      String line = Printable.of(lines[error.line() - 1]);
      int column = Math.min(error.column() - 1, line.length());
      err.println("  " + line);
      err.println("  " + line.substring(0, column).replaceAll("[^\t]", " ") + "^");
    }
    err.flush();
  }
}
