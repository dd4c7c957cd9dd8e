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

  /** Posts a value; returns when the receiver has accepted it. */
  public void send(Object value) throws DeliveryException {
    http.post(url, Map.of(), HttpSender.Body.json(value));
  }
}
