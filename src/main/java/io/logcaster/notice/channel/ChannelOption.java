package io.logcaster.notice.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.notice.secret.SecretOption;
import org.jspecify.annotations.Nullable;

/**
 * An option of a kind of channel.
 *
 * @param secret whether it is encrypted when stored, and never shown
 * @param address whether it decides where the secrets are sent to
 * @param fallback the default; null if there is none
 * @param help what it is, in a few words
 */
public record ChannelOption(
    String name,
    OptionType type,
    boolean required,
    boolean secret,
    boolean address,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object fallback,
    String help)
    implements SecretOption {

  static ChannelOption required(String name, OptionType type, String help) {
    return new ChannelOption(name, type, true, false, false, null, help);
  }

  static ChannelOption optional(
      String name, OptionType type, @Nullable Object fallback, String help) {
    return new ChannelOption(name, type, false, false, false, fallback, help);
  }

  ChannelOption asSecret() {
    return new ChannelOption(name, type, required, true, address, fallback, help);
  }

  ChannelOption asAddress() {
    return new ChannelOption(name, type, required, secret, true, fallback, help);
  }
}
