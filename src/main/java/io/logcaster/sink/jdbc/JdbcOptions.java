package io.logcaster.sink.jdbc;

import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptionType;
import io.logcaster.sink.SinkOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * The options of a table.
 *
 * @param database where it is
 * @param username empty for none
 * @param password empty for none
 * @param table its name, perhaps with a schema
 * @param columns the user's own columns
 * @param fields the fields that go into them, in the same order
 * @param create whether the table is made if it does not exist
 */
record JdbcOptions(
    JdbcUrl database,
    String username,
    String password,
    String table,
    List<String> columns,
    List<String> fields,
    boolean create) {

  static final List<SinkOption> ALL =
      List.of(
          SinkOption.required(
                  "url",
                  SinkOptionType.TEXT,
                  "jdbc:postgresql://host:5432/database, jdbc:h2:file:/path or"
                      + " jdbc:h2:tcp://host/path")
              .asAddress(),
          SinkOption.optional("username", SinkOptionType.TEXT, null, "User of the database"),
          SinkOption.optional("password", SinkOptionType.TEXT, null, "The user's password")
              .asSecret(),
          SinkOption.optional("table", SinkOptionType.TEXT, "logs", "Table, perhaps with a schema"),
          SinkOption.optional(
              "columns",
              SinkOptionType.MAP,
              null,
              "Further columns, each with the field that goes into it"),
          SinkOption.optional(
              "create",
              SinkOptionType.FLAG,
              true,
              "Whether the table is made if it does not exist"));

  /** Names that need no quotes, so that people need none either when they read the table. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

  private static final Set<String> OWN =
      Set.of(
          "id",
          "time",
          "nanos",
          "seq",
          "severity",
          "level",
          "host",
          "app",
          "stream",
          "message",
          "fields");

  static JdbcOptions of(SinkOptions options, SinkContext context) {
    String table = options.text("table").strip();
    String[] parts = table.split("\\.", -1);
    boolean right = parts.length <= 2;
    for (String part : parts) {
      right = right && NAME.matcher(part).matches();
    }
    require(right, "table", "must be a name of letters, digits and _, perhaps behind a schema");
    SortedMap<String, String> more = options.map("columns");
    List<String> columns = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, String> column : more.entrySet()) {
      String name = column.getKey();
      require(
          NAME.matcher(name).matches() && !OWN.contains(name.toLowerCase(Locale.ROOT)),
          "columns",
          "must be names of letters, digits and _ other than %s, not '%s'"
              .formatted(String.join(" ", OWN.stream().sorted().toList()), name));
      columns.add(name);
      fields.add(column.getValue());
    }
    return new JdbcOptions(
        JdbcUrl.parse(options.text("url"), context),
        options.text("username"),
        options.text("password"),
        table,
        List.copyOf(columns),
        List.copyOf(fields),
        options.flag("create"));
  }

  private static void require(boolean right, String name, String reason) {
    if (!right) {
      throw SinkOptions.problem(name, reason);
    }
  }

  @Override
  public String toString() {
    return "JdbcOptions[" + database + ", " + table + "]"; // never with the password
  }
}
