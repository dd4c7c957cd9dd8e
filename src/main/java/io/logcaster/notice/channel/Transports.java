package io.logcaster.notice.channel;

import io.logcaster.system.AddressGuard;
import java.time.Clock;
import java.time.Duration;

/**
 * How channels connect.
 *
 * @param timeout the limit of one attempt
 */
public record Transports(AddressGuard guard, Duration timeout, Clock clock) {

  HttpSender http() {
    return new HttpSender(guard, timeout, clock);
  }
}
