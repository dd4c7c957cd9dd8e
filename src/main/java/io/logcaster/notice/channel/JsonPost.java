package io.logcaster.notice.channel;

import java.net.URI;
import java.util.Map;

/** Posts JSON to a URL. Thread-safe. */
public final class JsonPost {

  private final HttpSender http;
  private final String url;

  public JsonPost(URI url, Transports transports) {
    this.http = transports.http();
    this.url = url.toString();
  }

  /**
   * Posts a value; returns when the receiver has accepted it.
   *
   * @param id the same in each attempt, so that a receiver recognises what it has already
   */
  public void send(String id, Object value) throws DeliveryException {
    http.post(url, Map.of(WebhookChannel.ID_HEADER, id), HttpSender.Body.json(value));
  }
}
