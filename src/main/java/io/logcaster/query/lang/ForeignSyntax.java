package io.logcaster.query.lang;

import io.logcaster.query.ast.Keywords;
import io.logcaster.query.ast.PipeName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes what people write who know another query language, such as those of Splunk, Loki,
 * Kibana, Kusto and SQL, and says how it is written here.
 */
final class ForeignSyntax {

  /** Texts beyond this distance from an error have nothing to do with it. */
  private static final int NEIGHBOURHOOD = 200;

  private static final Pattern SQL = Pattern.compile("(?i)\\s*select\\s.*", Pattern.DOTALL);

  /** Errors that say what was read; others already say what is wrong. */
  private static final Pattern UNCLEAR =
      Pattern.compile(
          "Put '|A value that begins|There is no (?:pipe|filter)|A stream selector"
              + "|Unexpected|Expected");

  /** Errors at an operator, which may be that of a comparison. */
  private static final Pattern OPERATOR = Pattern.compile("Put '|A value that begins");

  private static final Pattern PIPE = Pattern.compile("\\|\\s*(\\w+)");

  /** Pipes of other languages, and what does the same. */
  private static final Map<String, String> PIPES =
      Map.ofEntries(
          Map.entry("json", "unpack_json"),
          Map.entry("spath", "unpack_json"),
          Map.entry("logfmt", "unpack_logfmt"),
          Map.entry("table", "fields host, app"),
          Map.entry("project", "fields host, app"),
          Map.entry("rex", "extract \"user <name> \""),
          Map.entry("parse", "extract \"user <name> \""),
          Map.entry("grok", "extract \"user <name> \""),
          Map.entry("regexp", "extract_regexp \"user (?P<name>\\w+)\""),
          Map.entry("dedup", "uniq by (host)"),
          Map.entry("distinct", "uniq by (host)"),
          Map.entry("timechart", "stats by (_time:5m) count()"),
          Map.entry("chart", "stats by (host) count()"),
          Map.entry("summarize", "stats by (host) count()"),
          Map.entry("aggregate", "stats by (host) count()"),
          Map.entry("group", "stats by (host) count()"),
          Map.entry("extend", "math a + b as c"),
          Map.entry("line_format", "format \"<host>: <_msg>\""),
          Map.entry("label_format", "format \"<host>\" as name"),
          Map.entry("take", "limit 10"),
          Map.entry("tail", "sort by (_time desc) limit 10"),
          Map.entry("search", "filter error"),
          Map.entry("lookup", "join by (id) (…)"),
          Map.entry("mvexpand", "unroll by (list)"));

  private static final Map<String, String> OPERATORS =
      Map.of("=~", ":~", "!~", ":!~", "==", ":=", "!=", ":!=", "=", ":=");

  /** A text that covers the error, and what to say of it. */
  private record Rule(Pattern pattern, Function<MatchResult, @Nullable String> advice) {

    Rule(String pattern, Function<MatchResult, @Nullable String> advice) {
      this(Pattern.compile(pattern), advice);
    }
  }

  private static final Rule COMPARISON =
      new Rule(
          "([\\w.@]+)\\s*(=~|!~|==|!=|>=|<=|=|>|<)\\s*(\"[^\"]*\"|'[^']*'|[\\w.*:/+-]+)?",
          ForeignSyntax::comparison);

  private static final List<Rule> RULES =
      List.of(
          new Rule("&&", (found) -> "Write 'and', or nothing at all, instead of '&&'"),
          new Rule("\\|\\|", (found) -> "Write 'or' instead of '||'"),
          new Rule(
              "([\\w.@]+):\\s*([\\[{])\\s*(\\S+) TO (\\S+?)\\s*([\\]}])", ForeignSyntax::range),
          new Rule(
              "stats\\s+([^|]+?)\\s+by\\s+\\(?\\s*([\\w., ]+?)\\s*(?:\\)|$|(?=\\|))",
              (found) ->
                  "The groups come first, in brackets: write 'stats by (%s) %s'"
                      .formatted(found.group(2), called(found.group(1)))),
          new Rule(
              "(?:rate|increase|(?:count|bytes|sum|avg|min|max|quantile)_over_time)\\s*\\(",
              (found) ->
                  "Counts over time are a pipe: write '… | stats by (_time:5m) count()', or"
                      + " rate()"),
          new Rule(
              "(\\w+)\\s*\\(",
              (found) ->
                  Keywords.STATS.contains(found.group(1))
                      ? "'%1$s' is a stats function: write '… | stats %1$s(…)'"
                          .formatted(found.group(1))
                      : null),
          new Rule(
              "sort\\s+(?:by\\s+)?-([\\w.]+)",
              (found) ->
                  "Write 'sort by (%s desc)' for the largest first".formatted(found.group(1))),
          new Rule(
              "@timestamp", (found) -> "The time of a record is the field '_time', as in _time:1h"),
          new Rule(
              "(?<![\\w/])/([^/\\s]+)/",
              (found) -> "A regular expression is written as ~\"%s\"".formatted(found.group(1))));

  private ForeignSyntax() {}

  /** The error with a better explanation, if there is one; its place stays. */
  static QuerySyntaxException explained(QuerySyntaxException error, String text) {
    int at = error.offset();
    if (!UNCLEAR.matcher(error.detail()).lookingAt()) {
      return error;
    }
    String advice = SQL.matcher(text).matches() ? sql() : pipe(text, at);
    if (advice == null && OPERATOR.matcher(error.detail()).lookingAt()) {
      advice = covering(COMPARISON, text, at);
    }
    for (int i = 0; i < RULES.size() && advice == null; i++) {
      advice = covering(RULES.get(i), text, at);
    }
    return (advice == null) ? error : new QuerySyntaxException(advice, text, at);
  }

  private static @Nullable String covering(Rule rule, String text, int at) {
    Matcher matcher = rule.pattern().matcher(text);
    matcher.region(Math.max(0, at - NEIGHBOURHOOD), Math.min(text.length(), at + NEIGHBOURHOOD));
    while (matcher.find() && matcher.start() <= at) {
      if (at <= matcher.end()) {
        String advice = rule.advice().apply(matcher);
        if (advice != null) {
          return advice;
        }
      }
    }
    return null;
  }

  private static String sql() {
    return "This is not SQL: filters select records and pipes compute, as in"
        + " level:=ERROR | stats by (host) count()";
  }

  private static @Nullable String pipe(String text, int at) {
    Matcher matcher = PIPE.matcher(text);
    while (matcher.find()) {
      if (matcher.start(1) == at) {
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        String same = PIPES.get(name);
        String near = (same == null) ? nearest(name) : same;
        return (near == null || near.equals(name))
            ? null
            : "There is no pipe '%s'; %s '%s'"
                    .formatted(matcher.group(1), (same == null) ? "did you mean" : "write", near)
                + ((same == null) ? "?" : "");
      }
    }
    return null;
  }

  private static @Nullable String nearest(String name) {
    return Arrays.stream(PipeName.values())
        .map((pipe) -> pipe.name().toLowerCase(Locale.ROOT))
        .filter((pipe) -> isTypo(name, pipe))
        .findFirst()
        .orElse(null);
  }

  /** Whether one letter is wrong, missing or too many, or two neighbours changed places. */
  private static boolean isTypo(String name, String pipe) {
    if (name.length() < 3 || Math.abs(name.length() - pipe.length()) > 1) {
      return false;
    }
    int same = 0;
    int shorter = Math.min(name.length(), pipe.length());
    while (same < shorter && name.charAt(same) == pipe.charAt(same)) {
      same++;
    }
    String left = name.substring(same);
    String right = pipe.substring(same);
    if (left.length() != right.length()) {
      return left.length() > right.length()
          ? left.substring(1).equals(right)
          : right.substring(1).equals(left);
    }
    return left.isEmpty()
        || left.substring(1).equals(right.substring(1))
        || (left.length() > 1
            && left.charAt(0) == right.charAt(1)
            && left.charAt(1) == right.charAt(0)
            && left.substring(2).equals(right.substring(2)));
  }

  private static @Nullable String comparison(MatchResult found) {
    String field = found.group(1).equals("@timestamp") ? "_time" : found.group(1);
    String operator = OPERATORS.getOrDefault(found.group(2), ":" + found.group(2));
    String value = (found.group(3) == null) ? "…" : found.group(3);
    if (field.equals("index") && operator.equals(":=")) {
      return "There are no indexes: leave out '%s', or select by a field as in app:=%s"
          .formatted(found.group(), value);
    }
    if (value.endsWith("*") && operator.equals(":=")) {
      operator = ":";
    }
    return "A field is compared with a colon: write '%s%s%s'".formatted(field, operator, value);
  }

  private static String range(MatchResult found) {
    boolean time = found.group(1).equals("@timestamp") || found.group(1).equals("_time");
    if (time) {
      return found.group(3).startsWith("now-")
          ? "Write '_time:%s' for records of that time until now"
              .formatted(found.group(3).substring(4))
          : "Write '_time:[%s, %s]'".formatted(found.group(3), found.group(4));
    }
    return "A range is written as '%s:range%s%s, %s%s'"
        .formatted(
            found.group(1),
            found.group(2).equals("[") ? "[" : "(",
            found.group(3),
            found.group(4),
            found.group(5).equals("]") ? "]" : ")");
  }

  /** A function with its brackets. */
  private static String called(String functions) {
    return functions.contains("(") ? functions : functions + "()";
  }
}
