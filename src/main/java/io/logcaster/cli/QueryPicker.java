package io.logcaster.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Picks words of messages by their frequency and makes a table of queries with them. */
final class QueryPicker {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");

  /** A word in front of a number, with what stands between. */
  private static final Pattern NUMBERED = Pattern.compile("([A-Za-z_]{3,}[ =:])[0-9]{2,}");

  /** A word that no program writes. */
  private static final String ABSENT = "qzxjvwkqzx";

  private final List<String> messages;

  /** In how many messages each word is. */
  private final Map<String, Integer> counts = new HashMap<>();

  QueryPicker(List<String> messages) {
    this.messages = messages;
    for (String message : messages) {
      for (String word : new HashSet<>(words(message))) {
        counts.merge(word, 1, Integer::sum);
      }
    }
  }

  private static List<String> words(String message) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(message);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }

  List<BenchQuery> pick() {
    // In quotes throughout: a word of the data may be one of the language, too.
    String frequent = word(0.1, Set.of());
    String medium = word(0.01, Set.of(frequent));
    String another = word(0.05, Set.of(frequent, medium));
    String rare = rare();
    String[] pair = pair();
    String numbered = numbered();
    String inner = frequent.substring(1, frequent.length() - 1);
    List<BenchQuery> queries = new ArrayList<>();
    count(queries, "frequent token", quoted(frequent));
    count(queries, "medium token", quoted(medium));
    count(queries, "rare token", quoted(rare));
    count(queries, "absent token", ABSENT);
    queries.add(new BenchQuery("rare token, 10 rows", quoted(rare) + " | limit 10"));
    count(queries, "phrase", quoted(pair[2]));
    count(queries, "two words AND", quoted(pair[0]) + " " + quoted(pair[1]));
    count(queries, "two words OR", quoted(medium) + " or " + quoted(another));
    count(queries, "NOT", quoted(frequent) + " !" + quoted(pair[1]));
    count(queries, "substring", "~\"" + inner + '"');
    count(queries, "case-insensitive", "i(" + quoted(frequent.toUpperCase(Locale.ROOT)) + ")");
    count(queries, "regexp, literal", "~\"" + numbered + "[0-9]+\"");
    count(queries, "regexp, alternatives", "~\"(" + medium + "|" + another + ").*[0-9]{3}\"");
    count(queries, "regexp, no literal", "~\"[0-9a-f]{6,}[^0-9a-f]\"");
    queries.add(new BenchQuery("by level", "* | stats by (level) count() n"));
    queries.add(new BenchQuery("by app, level", "* | stats by (app, level) count() n"));
    queries.add(new BenchQuery("by minute", "* | stats by (_time:1m) count() n"));
    queries.add(
        new BenchQuery("token by minute", quoted(frequent) + " | stats by (_time:1m) count() n"));
    queries.add(
        new BenchQuery(
            "quantiles", "* | len(_msg) as l | stats quantile(0.5, l) p50, quantile(0.99, l) p99"));
    queries.add(new BenchQuery("uniq", "* | uniq by (host, app)"));
    queries.add(new BenchQuery("top", "* | top 10 by (app)"));
    queries.add(
        new BenchQuery(
            "sort", quoted(another) + " | len(_msg) as l | sort by (l desc, _msg) limit 10"));
    queries.add(new BenchQuery("last 100", "* | sort by (_time desc) limit 100"));
    queries.add(new BenchQuery("last 100 errors", "level:=ERROR | sort by (_time desc) limit 100"));
    queries.add(
        new BenchQuery(
            "patterns",
            quoted(another) + " | collapse_nums at _msg | top 10 by (_msg) | fields hits"));
    return queries;
  }

  private static String quoted(String words) {
    return '"' + words + '"';
  }

  private static void count(List<BenchQuery> queries, String name, String filter) {
    queries.add(new BenchQuery(name, filter + " | stats count() n"));
  }

  /** The word of letters whose share of messages is nearest to a given one. */
  private String word(double share, Set<String> taken) {
    double wanted = share * messages.size();
    return counts.entrySet().stream()
        .filter((entry) -> entry.getKey().matches("[A-Za-z]{5,}"))
        .filter((entry) -> !taken.contains(entry.getKey()))
        .min(nearest(wanted))
        .map(Map.Entry::getKey)
        .orElseThrow(() -> new CommandFailure("the records have too few words to pick from"));
  }

  /** Orders texts by how near the logarithm of their count is to a wanted one. */
  private static Comparator<Map.Entry<String, Integer>> nearest(double wanted) {
    return Comparator.comparingDouble(
            (Map.Entry<String, Integer> entry) -> Math.abs(Math.log(entry.getValue() / wanted)))
        .thenComparing(Map.Entry::getKey);
  }

  /** The longest word that only one message has. */
  private String rare() {
    return counts.entrySet().stream()
        .filter(
            (entry) -> entry.getValue() == 1 && entry.getKey().matches("[0-9]{5,12}|[A-Za-z_]+"))
        .map(Map.Entry::getKey)
        .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .orElse(ABSENT);
  }

  /** Two words that follow each other in about one message of twenty, and the text with both. */
  private String[] pair() {
    Map<String, Integer> pairs = new HashMap<>();
    Pattern two = Pattern.compile("([A-Za-z]{3,}) ([A-Za-z]{4,})");
    for (String message : messages) {
      Matcher matcher = two.matcher(message);
      int at = 0;
      Set<String> seen = new HashSet<>();
      while (matcher.find(at)) {
        seen.add(matcher.group());
        at = matcher.start(2);
      }
      seen.forEach((pair) -> pairs.merge(pair, 1, Integer::sum));
    }
    double wanted = 0.05 * messages.size();
    String text =
        pairs.entrySet().stream()
            .min(nearest(wanted))
            .map(Map.Entry::getKey)
            .orElseThrow(() -> new CommandFailure("the records have no two words in a row"));
    String[] words = text.split(" ", 2);
    return new String[] {words[0], words[1], text};
  }

  /** The most frequent text in front of a number, as a regular expression. */
  private String numbered() {
    Map<String, Integer> found = new HashMap<>();
    for (String message : messages) {
      Matcher matcher = NUMBERED.matcher(message);
      if (matcher.find()) {
        found.merge(matcher.group(1), 1, Integer::sum);
      }
    }
    return found.entrySet().stream()
        .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .orElse(word(0.1, Set.of()));
  }
}
