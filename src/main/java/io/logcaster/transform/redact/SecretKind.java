package io.logcaster.transform.redact;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is looked for. */
public enum SecretKind {
  /** Card numbers of the large brands with a correct check digit. */
  CARD,
  /** Addresses of people. */
  EMAIL,
  /** IPv4 and IPv6 addresses, but not those of the machine itself. */
  IP,
  /** Bearer tokens, Basic credentials, and JSON web tokens. */
  BEARER,
  /** The password between {@code //user:} and {@code @}, and secret arguments of URLs. */
  URL_PASSWORD,
  /** Keys of AWS, Google, Azure, GitHub, GitLab, Slack, Stripe and others; private keys. */
  CLOUD_KEY;

  /** The kind's place in arrays of counts. */
  @SuppressWarnings("EnumOrdinal") // never kept
  int index() {
    return ordinal();
  }

  /** The name in settings, masks and counters. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with a name. */
  public static Optional<SecretKind> of(String key) {
    return Arrays.stream(values()).filter((kind) -> kind.key().equals(key)).findFirst();
  }
}
