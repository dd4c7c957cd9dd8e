package io.logcaster.notice.secret;

import io.logcaster.system.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Values of options of which some are secret: as they are stored, shown and sent back. */
public final class SecretOptions {

  /** What stands for a secret in answers. */
  public static final String MASK = "********";

  private SecretOptions() {}

  /**
   * Values with each secret replaced.
   *
   * @param change takes what the secret is, such as {@code headers/Authorization}, and the secret
   */
  public static SortedMap<String, Object> replaced(
      Collection<? extends SecretOption> options,
      Map<String, Object> values,
      BinaryOperator<String> change) {
    SortedMap<String, Object> changed = new TreeMap<>(values);
    for (SecretOption option : options) {
      Object value = changed.get(option.name());
      if (option.secret() && value instanceof Map<?, ?> map) {
        SortedMap<String, String> texts = new TreeMap<>();
        map.forEach(
            (key, text) ->
                texts.put(
                    key.toString(), change.apply(option.name() + "/" + key, String.valueOf(text))));
        changed.put(option.name(), texts);
      } else if (option.secret() && value != null) {
        changed.put(option.name(), change.apply(option.name(), value.toString()));
      }
    }
    return changed;
  }

  /** Values with {@link #MASK} in the place of each secret. */
  public static SortedMap<String, Object> masked(
      Collection<? extends SecretOption> options, Map<String, Object> values) {
    return replaced(options, values, (name, secret) -> MASK);
  }

  /**
   * Puts the stored secrets in the place of masks.
   *
   * @param known the stored values; empty if there are none of this kind
   * @param error why the stored secrets cannot be read; null if they can
   * @throws ProblemException 400 {@code invalid_property} if there is no secret for a mask, or if
   *     it would be sent to another address than before
   */
  public static SortedMap<String, Object> unmasked(
      Collection<? extends SecretOption> options,
      Map<String, Object> given,
      Map<String, Object> known,
      @Nullable String error) {
    SortedMap<String, String> secrets = new TreeMap<>();
    replaced(
        options,
        known,
        (name, secret) -> {
          secrets.put(name, secret);
          return secret;
        });
    return replaced(
        options,
        given,
        (name, secret) -> {
          if (!secret.equals(MASK)) {
            return secret;
          }
          String kept = secrets.get(name);
          if (kept == null) {
            throw problem(name, "must be given: there is none to keep");
          }
          if (error != null) {
            throw problem(name, "must be given again: " + error);
          }
          requireSameAddress(options, given, known, name);
          return kept;
        });
  }

  /** A text without the secrets among the values, for messages. */
  public static String redacted(
      Collection<? extends SecretOption> options, Map<String, Object> values, String text) {
    List<String> secrets = new ArrayList<>();
    replaced(
        options,
        values,
        (name, secret) -> {
          secrets.add(secret);
          return secret;
        });
    String safe = text;
    for (String secret : secrets) {
      // Shorter ones occur in every text, and say nothing.
      if (secret.length() > 3) {
        safe = safe.replace(secret, "***");
      }
    }
    return safe;
  }

  /** Or whoever may change the options could have the secrets sent to a place of his own. */
  private static void requireSameAddress(
      Collection<? extends SecretOption> options,
      Map<String, Object> given,
      Map<String, Object> known,
      String secret) {
    for (SecretOption option : options) {
      Object before = known.getOrDefault(option.name(), option.fallback());
      Object after = given.getOrDefault(option.name(), option.fallback());
      if (option.address() && !String.valueOf(before).equals(String.valueOf(after))) {
        throw problem(
            secret, "must be given again, because '%s' has changed".formatted(option.name()));
      }
    }
  }

  private static ProblemException problem(String name, String reason) {
    return ProblemException.invalidProperty("options." + name, reason);
  }
}
