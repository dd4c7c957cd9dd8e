package io.logcaster.sink;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.logcaster.notice.secret.SecretOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An option of a type of sink.
 *
 * @param secret whether it is encrypted when stored, and never shown
 * @param address whether it decides where the secrets are sent to
 * @param fallback the default; null if there is none
 * @param choices the possible values; empty if there are others
 * @param help what it is, in a few words
 */
public record SinkOption(
    String name,
    SinkOptionType type,
    boolean required,
    boolean secret,
    boolean address,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object fallback,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> choices,
    String help)
    implements SecretOption {

  public static SinkOption required(String name, SinkOptionType type, String help) {
    return new SinkOption(name, type, true, false, false, null, List.of(), help);
  }

  /**
   * @param fallback as a user would write it; null if there is no default
   */
  public static SinkOption optional(
      String name, SinkOptionType type, @Nullable Object fallback, String help) {
    return new SinkOption(name, type, false, false, false, fallback, List.of(), help);
  }

  /** A text that is one of some words. */
  public static SinkOption choice(String name, String fallback, List<String> choices, String help) {
    return new SinkOption(name, SinkOptionType.TEXT, false, false, false, fallback, choices, help);
  }

  /** The same option, encrypted when stored. Only texts and maps can be secret. */
  public SinkOption asSecret() {
    return new SinkOption(name, type, required, true, address, fallback, choices, help);
  }

  /** The same option; when it changes, secrets have to be given again. */
  public SinkOption asAddress() {
    return new SinkOption(name, type, required, secret, true, fallback, choices, help);
  }
}
