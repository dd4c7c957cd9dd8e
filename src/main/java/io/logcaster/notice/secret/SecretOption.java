package io.logcaster.notice.secret;

import org.jspecify.annotations.Nullable;

/** An option of a channel or a sink, which may be a secret. */
public interface SecretOption {

  String name();

  /** Whether it is encrypted when stored, and never shown. */
  boolean secret();

  /** Whether it decides where the secrets are sent to. */
  boolean address();

  /** The default; null if there is none. */
  @Nullable Object fallback();
}
