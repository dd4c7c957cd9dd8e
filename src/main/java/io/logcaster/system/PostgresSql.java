package io.logcaster.system;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Statements as PostgreSQL wants them. Features write the SQL that H2 and PostgreSQL have in
 * common, with these exceptions:
 *
 * <ul>
 *   <li>{@code MERGE INTO t (columns) KEY (key) VALUES (…)} becomes an {@code INSERT} with {@code
 *       ON CONFLICT (key)}.
 *   <li>In migrations, {@code CHARACTER LARGE OBJECT} and {@code CLOB} become {@code TEXT}, and
 *       {@code TIMESTAMP(9)} the most precise one that there is.
 * </ul>
 */
final class PostgresSql {

  private static final Pattern MERGE =
      Pattern.compile(
          "\\s*MERGE\\s+INTO\\s+(\\w+)\\s*\\(([^)]*)\\)\\s*KEY\\s*\\(([^)]*)\\)\\s*(VALUES\\b.*)",
          Pattern.DOTALL);

  private static final Pattern LARGE_TEXT = Pattern.compile("\\b(CHARACTER LARGE OBJECT|CLOB)\\b");

  private PostgresSql() {}

  static String of(String sql) {
    Matcher merge = MERGE.matcher(sql);
    if (merge.matches()) {
      return insert(merge.group(1), names(merge.group(2)), names(merge.group(3)), merge.group(4));
    }
    return sql.contains("CREATE TABLE") || sql.contains("ALTER TABLE")
        ? LARGE_TEXT.matcher(sql).replaceAll("TEXT").replace("TIMESTAMP(9)", "TIMESTAMP(6)")
        : sql;
  }

  private static String insert(
      String table, List<String> columns, List<String> key, String values) {
    String changes =
        columns.stream()
            .filter((column) -> !key.contains(column))
            .map((column) -> column + " = EXCLUDED." + column)
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) %s ON CONFLICT (%s) DO %s"
        .formatted(
            table,
            String.join(", ", columns),
            values,
            String.join(", ", key),
            changes.isEmpty() ? "NOTHING" : "UPDATE SET " + changes);
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",")).map(String::strip).toList();
  }
}
