package io.logcaster.notice.channel;

import io.logcaster.system.ProblemException;
import io.logcaster.system.TrustedCertificates;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** The option of channels that says whose certificate their receiver has. */
final class TrustOption {

  private static final String NAME = "caCertificate";

  static final ChannelOption CA_CERTIFICATE =
      ChannelOption.optional(
              NAME,
              OptionType.LONG_TEXT,
              null,
              "the certificate, in PEM form, that signed the receiver's; by default those that"
                  + " Java trusts")
          .asAddress();

  private TrustOption() {}

  /**
   * Reads the option.
   *
   * @param secure whether the channel uses TLS
   * @return null if the option is not set
   * @throws ProblemException 400 if the text is no certificate, or there is no TLS
   */
  static @Nullable TrustedCertificates of(ChannelOptions options, boolean secure) {
    return options.has(NAME) ? orDefault(options, secure) : null;
  }

  /** As {@link #of}, but trusts what Java trusts if the option is not set. */
  static TrustedCertificates orDefault(ChannelOptions options, boolean secure) {
    String pem = options.has(NAME) ? options.text(NAME) : "";
    if (!pem.isEmpty() && !secure) {
      throw ProblemException.invalidProperty("options." + NAME, "is for connections with TLS");
    }
    try {
      return TrustedCertificates.of(pem);
    } catch (GeneralSecurityException ex) {
      throw ProblemException.invalidProperty(
          "options." + NAME, "cannot be used: " + ex.getMessage());
    }
  }
}
