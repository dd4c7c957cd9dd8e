package io.logcaster.sink.http;

import io.logcaster.sink.SinkException;
import io.logcaster.system.AddressGuard;
import io.logcaster.system.GuardedHttp;
import io.logcaster.system.GuardedHttp.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Posts bodies to one URL over one connection that is kept open. */
final class HttpPoster implements AutoCloseable {

  /** The answer to a bulk request has some hundred bytes for each record. */
  private static final int MAX_ANSWER = 64 << 20;

  private final URI url;
  private final Map<String, String> headers;
  private final Clock clock;
  private final GuardedHttp http;

  HttpPoster(
      URI url, Map<String, String> headers, AddressGuard guard, Duration timeout, Clock clock) {
    this.url = url;
    this.headers = headers;
    this.clock = clock;
    this.http = GuardedHttp.keepingOneConnection(guard, timeout, MAX_ANSWER);
  }

  /**
   * Sends a request.
   *
   * @return the body of an answer of success
   */
  byte[] post(byte[] body, int length, Map<String, String> more) throws SinkException {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(more);
    all.putAll(headers);
    Answer answer;
    try {
      answer = http.send("POST", url, all, body, length);
    } catch (IOException ex) {
      throw SinkException.temporary(String.valueOf(ex.getMessage()), ex);
    }
    if (!answer.isSuccess()) {
      throw refusal(answer);
    }
    return answer.body();
  }

  private SinkException refusal(Answer answer) {
    String said = answer.refusal("The receiver");
    return switch (answer.status()) {
      // It will never take these records: too many at once, or some that it does not understand.
      case 400, 413, 422 -> SinkException.permanent(said, null);
      case 408, 425, 429, 500, 502, 503, 504 -> SinkException.busy(said, answer.retryAfter(clock));
      case 301, 302, 303, 307, 308 ->
          SinkException.temporary(
              said + "; redirects are not followed, set the URL it leads to", null);
      // Wrong credentials or paths can be mended, so nothing is given up for them.
      default -> SinkException.temporary(said, null);
    };
  }

  @Override
  public void close() {
    http.close();
  }
}
