package io.logcaster.capsule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a capsule as an HTML page that needs nothing else. It has no scripts, and a policy that
 * forbids them; every text is escaped. The data is in it once more as JSON, in an element that
 * browsers do not run, for consoles that open the file.
 */
final class CapsulePage {

  private static final JsonMapper JSON = new JsonMapper();

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

  private final StringBuilder out = new StringBuilder(1 << 16);

  private CapsulePage() {}

  static String of(Capsule capsule) {
    CapsulePage page = new CapsulePage();
    page.write(capsule);
    return page.out.toString();
  }

  private void write(Capsule capsule) {
    out.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
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
    text(", made " + seconds(capsule.made()));
    text(redacted(capsule.redacted()));
    out.append("</p>\n");
    section("Query");
    element("pre", capsule.query());
    if (!capsule.notes().isEmpty()) {
      section("Notes");
      element("pre", capsule.notes());
    }
    histogram(capsule);
    patterns(capsule.patterns());
    alerts(capsule.alerts());
    records(capsule);
    out.append(DATA)
        .append(JSON.writeValueAsString(capsule).replace("<", "\\u003c"))
        .append("</script>\n</body></html>\n");
  }

  private static String redacted(Map<String, Long> counts) {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (kind, count) ->
            text.append(text.isEmpty() ? ", redacted: " : ", ")
                .append(kind)
                .append(' ')
                .append(count));
    return text.toString();
  }

  private void histogram(Capsule capsule) {
    List<Capsule.Bar> bars = capsule.histogram();
    if (bars.isEmpty()) {
      return;
    }
    section("Records per " + capsule.step());
    long most = bars.stream().mapToLong(Capsule.Bar::records).max().orElse(1);
    // Times without records stay empty: each bar is where its time is in the range.
    long start = capsule.start().toEpochMilli();
    double range = Math.max(1, capsule.end().toEpochMilli() - start);
    double width = Math.clamp(capsule.stepMillis() * WIDTH / range, 1, WIDTH);
    out.append("<svg role=\"img\" aria-label=\"Records over time\" viewBox=\"0 0 ")
        .append(WIDTH)
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
    text(seconds(capsule.start()) + " – " + seconds(capsule.end()) + ", at most " + most);
    out.append("</p>\n");
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private void patterns(List<Capsule.Pattern> patterns) {
    if (patterns.isEmpty()) {
      return;
    }
    section("Patterns");
    out.append("<table><tr><th class=\"n\">Records</th><th>Template</th></tr>\n");
    for (Capsule.Pattern pattern : patterns) {
      out.append("<tr><td class=\"n\">").append(pattern.records()).append("</td>");
      element("td", pattern.template());
      out.append("</tr>\n");
    }
    out.append("</table>\n");
  }

  private void alerts(List<Capsule.Change> alerts) {
    if (alerts.isEmpty()) {
      return;
    }
    section("Alerts");
    out.append("<table><tr><th>Time</th><th>Alert</th><th>Change</th><th>Reason</th></tr>\n");
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

  private void records(Capsule capsule) {
    section("Records");
    out.append("<table><tr><th>Time</th><th>Level</th><th>Record</th></tr>\n");
    for (Map<String, String> fields : capsule.records()) {
      out.append("<tr><td class=\"t\">");
      text(fields.getOrDefault("_time", ""));
      out.append("</td>");
      element("td", fields.getOrDefault("level", ""));
      out.append("<td><pre>");
      text(fields.getOrDefault("_msg", ""));
      out.append("</pre><span class=\"m\">");
      fields.forEach(
          (name, value) -> {
            if (!List.of("_time", "_msg", "level", "_stream", "_stream_id").contains(name)) {
              text(name + "=" + value + "  ");
            }
          });
      out.append("</span></td></tr>\n");
    }
    out.append("</table>\n");
    if (capsule.cut()) {
      element("p", "Long values or further records are left out.");
    }
  }

  private void section(String title) {
    element("h2", title);
  }

  private void element(String name, String content) {
    out.append('<').append(name).append('>');
    text(content);
    out.append("</").append(name).append(">\n");
  }

  private void text(String text) {
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
