package io.logcaster.notice.channel;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes notices to the server's log. */
final class LogChannel implements Channel {

  static final List<ChannelOption> OPTIONS = List.of();

  private static final Logger LOG = LoggerFactory.getLogger("io.logcaster.notice");

  @Override
  public void send(Notice notice) {
    String title = NoticeText.title(notice);
    if (notice.alerts().isEmpty()) {
      LOG.info("{}", title);
    }
    for (NoticeAlert alert : notice.alerts()) {
      StringBuilder text = new StringBuilder();
      NoticeText.facts(alert)
          .forEach(
              (fact) -> text.append(", ").append(fact.name()).append(": ").append(fact.value()));
      if (alert.firing()) {
        LOG.warn("{}{}", title, text);
      } else {
        LOG.info("{}{}", title, text);
      }
    }
  }
}
