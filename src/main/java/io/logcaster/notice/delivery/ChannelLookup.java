package io.logcaster.notice.delivery;

import io.logcaster.notice.channel.Channel;
import io.logcaster.notice.channel.DeliveryException;
import java.util.function.UnaryOperator;

/** Finds the channel that a notice waits for. */
@FunctionalInterface
public interface ChannelLookup {

  /**
   * A channel that is ready.
   *
   * @param attempts how often a notice is tried
   * @param redact removes the channel's secrets from a text
   */
  record Ready(Channel channel, int attempts, UnaryOperator<String> redact) {}

  /**
   * Opens a channel.
   *
   * @throws DeliveryException if it is unknown or disabled, or its secrets cannot be read
   */
  Ready open(String id) throws DeliveryException;
}
