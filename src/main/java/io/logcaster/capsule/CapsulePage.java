package io.logcaster.capsule;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a capsule as an HTML page that needs nothing else. It has no scripts, and a policy that
 * forbids them; every text is escaped. The data is in it once more as JSON, in an element that
 * browsers do not run, for consoles that open the file.
 */
final class CapsulePage {

  private static final ObjectWriter DATA_WRITER = new JsonMapper().writer();

  /** Fields that have columns of their own, or say nothing without the server. */
  private static final Set<String> APART =
      Set.of("_time", "_msg", "level", "_stream", "_stream_id");

  static final String DATA = "<script type=\"application/json\" id=\"logcaster-capsule\">";

  /** Of the histogram, in its own units. */
  private static final int WIDTH = 1_000;

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--m:#5a6570;font:14px/20px system-ui,sans-serif}
      @media (prefers-color-scheme:dark){:root{--m:#9aa5af}}
      body{max-width:1200px;margin:0 auto;padding:16px 24px}
      h1{font-size:22px;line-height:28px;margin:0 0 4px}h2{font-size:15px;margin:24px 0 8px}
      pre,td,code{font:12.5px/18px ui-monospace,monospace}
      pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
      table{border-collapse:collapse;width:100%}
      th{font-weight:500;text-align:left;color:var(--m)}
      th,td{padding:4px 12px 4px 0;vertical-align:top;border-bottom:1px solid #8884}
      td{overflow-wrap:anywhere}.n{text-align:right;white-space:nowrap}.t{white-space:nowrap}
      .m{color:var(--m)}svg{width:100%;height:120px;background:#8881}rect{fill:#0b7d70}
      @media (max-width:720px){body{padding:12px}.t{white-space:normal}}
      @media print{:root{color-scheme:light;--m:#5a6570}body{max-width:none;padding:0}
      tr{break-inside:avoid}h2{break-after:avoid}}
      """;

  private final Writer out;
  private final CapsuleWords words;

  private CapsulePage(Writer out, CapsuleWords words) {
    this.out = out;
    this.words = words;
  }

  /** Writes a capsule's page piece by piece, so that its text is in memory only once. */
  static void write(Capsule capsule, CapsuleWords words, Writer out) throws IOException {
    new CapsulePage(out, words).write(capsule);
  }

  private void write(Capsule capsule) throws IOException {
    out.append("<!doctype html>\n<html lang=\"")
        .append(words.language())
        .append("\"><head><meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append("style-src 'sha256-")
        .append(sha256(STYLE))
        .append("'; base-uri 'none'; form-action 'none'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>");
    text(capsule.title());
    out.append("</title>\n<style>").append(STYLE).append("</style></head>\n<body>\n");
    element("h1", capsule.title());
    out.append("<p class=\"m\">");
    text(seconds(capsule.start()) + " – " + seconds(capsule.end()));
    text(", " + words.made().formatted(seconds(capsule.made())));
    text(redacted(capsule.redacted()));
    out.append("</p>\n");
    section(words.query());
    element("pre", capsule.query());
    if (!capsule.notes().isEmpty()) {
      section(words.notes());
      element("pre", capsule.notes());
    }
    histogram(capsule);
    patterns(capsule.patterns());
    alerts(capsule.alerts());
    records(capsule);
    out.append(DATA);
    DATA_WRITER.writeValue(new Data(out), capsule);
    out.append("</script>\n</body></html>\n");
  }

  private String redacted(Map<String, Long> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (kind, count) ->
            text.append(text.isEmpty() ? ", " + words.redacted() + " " : ", ")
                .append(kind)
                .append(' ')
                .append(count));
    return text.toString();
  }

  private void histogram(Capsule capsule) throws IOException {
    List<Capsule.Bar> bars = capsule.histogram();
    if (bars.isEmpty()) {
      return;
    }
    section(words.recordsPer().formatted(capsule.step()));
    long most = bars.stream().mapToLong(Capsule.Bar::records).max().orElse(1);
    // Times without records stay empty: each bar is where its time is in the range.
    long start = capsule.start().toEpochMilli();
    double range = Math.max(1, capsule.end().toEpochMilli() - start);
    double width = Math.clamp(capsule.stepMillis() * WIDTH / range, 1, WIDTH);
    out.append("<svg role=\"img\" aria-label=\"")
        .append(words.overTime())
        .append("\" viewBox=\"0 0 " + WIDTH)
        .append(" 100\" preserveAspectRatio=\"none\">");
    for (Capsule.Bar bar : bars) {
      long height = Math.max(1, bar.records() * 100 / Math.max(1, most));
      double x = (Instant.parse(bar.time()).toEpochMilli() - start) * WIDTH / range;
      out.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>",
              x,
              100 - height,
              Math.max(1, width * 0.9),
              height));
      text(bar.time() + ": " + bar.records());
      out.append("</title></rect>");
    }
    out.append("</svg>\n<p class=\"m\">");
    text(
        seconds(capsule.start())
            + " – "
            + seconds(capsule.end())
            + ", "
            + words.atMost().formatted(most));
    out.append("</p>\n");
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private void patterns(List<Capsule.Pattern> patterns) throws IOException {
    if (patterns.isEmpty()) {
      return;
    }
    section(words.patterns());
    out.append("<table><tr><th class=\"n\">");
    text(words.records());
    out.append("</th>");
    element("th", words.template());
    out.append("</tr>\n");
    for (Capsule.Pattern pattern : patterns) {
      out.append("<tr><td class=\"n\">").append(String.valueOf(pattern.records())).append("</td>");
      element("td", pattern.template());
      out.append("</tr>\n");
    }
    out.append("</table>\n");
  }

  private void alerts(List<Capsule.Change> alerts) throws IOException {
    if (alerts.isEmpty()) {
      return;
    }
    section(words.alerts());
    heads(words.time(), words.alert(), words.change(), words.reason());
    for (Capsule.Change change : alerts) {
      out.append("<tr><td class=\"t\">");
      text(change.time().toString());
      out.append("</td>");
      element("td", change.name() + " " + change.labels());
      element("td", change.from() + " → " + change.to());
      element("td", change.reason());
      out.append("</tr>\n");
    }
    out.append("</table>\n");
  }

  private void records(Capsule capsule) throws IOException {
    section(words.records());
    heads(words.time(), words.level(), words.record());
    for (Map<String, String> fields : capsule.records()) {
      out.append("<tr><td class=\"t\">");
      text(fields.getOrDefault("_time", ""));
      out.append("</td>");
      element("td", fields.getOrDefault("level", ""));
      out.append("<td><pre>");
      text(fields.getOrDefault("_msg", ""));
      out.append("</pre><span class=\"m\">");
      for (Map.Entry<String, String> field : fields.entrySet()) {
        if (!APART.contains(field.getKey())) {
          text(field.getKey() + "=" + field.getValue() + "  ");
        }
      }
      out.append("</span></td></tr>\n");
    }
    out.append("</table>\n");
    if (capsule.cut()) {
      element("p", words.cut());
    }
  }

  private void heads(String... names) throws IOException {
    out.append("<table><tr>");
    for (String name : names) {
      element("th", name);
    }
    out.append("</tr>\n");
  }

  private void section(String title) throws IOException {
    element("h2", title);
  }

  private void element(String name, String content) throws IOException {
    out.append('<').append(name).append('>');
    text(content);
    out.append("</").append(name).append(">\n");
  }

  private void text(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      switch (one) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append((one < ' ' && one != '\n' && one != '\t') ? '\uFFFD' : one);
      }
    }
  }

  /** The data as it stands within the page: no text in it can end its element. */
  private static final class Data extends FilterWriter {

    Data(Writer out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      if (one == '<') {
        out.write("\\u003c");
      } else {
        out.write(one);
      }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      int from = offset;
      for (int i = offset; i < offset + length; i++) {
        if (text[i] == '<') {
          out.write(text, from, i - from);
          out.write("\\u003c");
          from = i + 1;
        }
      }
      out.write(text, from, offset + length - from);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      write(text.toCharArray(), offset, length);
    }

    @Override
    public void close() {
      // The page goes on.
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("Every Java platform has SHA-256", ex);
    }
  }
}
