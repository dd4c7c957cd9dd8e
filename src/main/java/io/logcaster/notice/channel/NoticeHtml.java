package io.logcaster.notice.channel;

import static io.logcaster.notice.channel.NoticeText.html;

import io.logcaster.system.Printable;

/** A notice as a page of HTML for mail programs, which know little of style sheets. */
final class NoticeHtml {

  private static final String FONT = "font-family:system-ui,Segoe UI,Helvetica,Arial,sans-serif";

  private NoticeHtml() {}

  /**
   * @param chart whether an image with the content id {@code chart} is attached
   */
  static String page(Notice notice, boolean chart) {
    StringBuilder page = new StringBuilder(4_096);
    page.append("<!doctype html><html><body style=\"margin:16px;color:#202124;")
        .append(FONT)
        .append(";font-size:14px\"><div style=\"border-left:4px solid #")
        .append("%06x".formatted(NoticeText.colour(notice)))
        .append(";padding-left:12px;font-size:17px;font-weight:600\">")
        .append(html(NoticeText.title(notice)))
        .append("</div>");
    if (!notice.summary().isEmpty()) {
      page.append("<p style=\"white-space:pre-wrap\">")
          .append(html(Printable.of(notice.summary())))
          .append("</p>");
    }
    if (chart) {
      page.append("<p><img src=\"cid:chart\" width=\"480\" height=\"140\" alt=\"Value of ")
          .append(html(Printable.line(notice.first().name())))
          .append("\"></p>");
    }
    notice.alerts().forEach((alert) -> alert(page, alert));
    page.append("<p>").append(NoticeText.omitted(notice)).append("</p></body></html>");
    return page.toString();
  }

  private static void alert(StringBuilder page, NoticeAlert alert) {
    page.append("<p style=\"margin-bottom:4px\"><b>")
        .append(html(NoticeText.heading(alert)))
        .append("</b></p><table style=\"border-collapse:collapse;font-size:14px\">");
    for (NoticeText.Fact fact : NoticeText.facts(alert)) {
      page.append("<tr><td style=\"padding:1px 12px 1px 0;color:#5f6368\">")
          .append(html(fact.name()))
          .append("</td><td>")
          .append(html(fact.value()))
          .append("</td></tr>");
    }
    page.append("</table>");
    if (!alert.records().isEmpty()) {
      page.append(
          "<pre style=\"background:#f1f3f4;padding:8px;font-size:12px;white-space:pre-wrap\">");
      NoticeText.records(alert).forEach((record) -> page.append(html(record)).append('\n'));
      page.append("</pre>");
    }
    if (!alert.link().isEmpty()) {
      page.append("<p><a href=\"").append(html(alert.link())).append("\">Show the records</a></p>");
    }
  }
}
