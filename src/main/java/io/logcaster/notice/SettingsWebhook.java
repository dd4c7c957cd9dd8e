package io.logcaster.notice;

import io.logcaster.notice.channel.Channel;
import io.logcaster.notice.channel.DeliveryException;
import io.logcaster.notice.channel.JsonPost;
import io.logcaster.notice.channel.Notice;
import io.logcaster.notice.channel.NoticeAlert;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The webhook of the settings {@code logcaster.alert.webhook.*}: posts each alert for itself, in
 * the form of the history's items, with an id of its own. Whoever writes settings governs this
 * machine, so that any address is allowed.
 */
final class SettingsWebhook implements Channel {

  /** Its id among the channels. */
  static final String ID = "settings";

  private final JsonPost post;

  SettingsWebhook(JsonPost post) {
    this.post = post;
  }

  @Override
  public void send(Notice notice) throws DeliveryException {
    int number = 0;
    for (NoticeAlert alert : notice.alerts()) {
      number++;
      post.send(notice.id() + "-" + number, change(alert));
    }
  }

  private static Map<String, Object> change(NoticeAlert alert) {
    Map<String, Object> change = new LinkedHashMap<>();
    change.put("rule", alert.rule());
    change.put("name", alert.name());
    change.put("severity", alert.severity());
    change.put("labels", alert.labels());
    change.put("from", alert.firing() ? alert.from() : "FIRING");
    change.put("to", alert.firing() ? "FIRING" : "INACTIVE");
    change.put("value", alert.value());
    if (alert.threshold() != null) {
      change.put("threshold", alert.threshold());
    }
    change.put("reason", alert.reason());
    change.put("since", alert.since());
    Instant until = alert.until();
    change.put("time", until == null ? alert.since() : until);
    return change;
  }
}
