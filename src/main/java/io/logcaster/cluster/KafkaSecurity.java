package io.logcaster.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Kafka's brokers are spoken to.
 *
 * @param protocol Plaintext, ssl, sasl_plaintext or sasl_ssl.
 * @param mechanism How the password is proven: plain, scram-sha-256 or scram-sha-512.
 * @param username User of SASL.
 * @param password The user's password.
 * @param passwordFile A file with the password, instead of it.
 * @param ca A file with the certificates, in PEM, of the authorities to trust; the machine's
 *     without it.
 * @param certificate A file with the own certificate, in PEM.
 * @param privateKey A file with its private key, in PEM, unencrypted.
 */
public record KafkaSecurity(
    @DefaultValue("plaintext") Protocol protocol,
    @DefaultValue("scram-sha-512") Mechanism mechanism,
    @Nullable String username,
    @Nullable String password,
    @Nullable Path passwordFile,
    @Nullable Path ca,
    @Nullable Path certificate,
    @Nullable Path privateKey) {

  /** No encryption and no password. */
  public static final KafkaSecurity NONE =
      new KafkaSecurity(
          Protocol.PLAINTEXT, Mechanism.SCRAM_SHA_512, null, null, null, null, null, null);

  /** Encryption and authentication, by Kafka's names. */
  public enum Protocol {
    PLAINTEXT,
    SSL,
    SASL_PLAINTEXT,
    SASL_SSL;

    boolean hasPassword() {
      return this == SASL_PLAINTEXT || this == SASL_SSL;
    }

    boolean isEncrypted() {
      return this == SSL || this == SASL_SSL;
    }
  }

  /** How a password is proven. */
  public enum Mechanism {
    PLAIN,
    SCRAM_SHA_256,
    SCRAM_SHA_512
  }

  public KafkaSecurity {
    boolean named = username != null && (password != null || passwordFile != null);
    require(
        !protocol.hasPassword() || named,
        "username and password are required with security.protocol " + name(protocol));
    require(
        protocol.hasPassword() || (username == null && password == null && passwordFile == null),
        "username and password go with security.protocol sasl_ssl or sasl_plaintext");
    require(password == null || passwordFile == null, "give password or password-file, not both");
    require(
        protocol.isEncrypted() || (ca == null && certificate == null),
        "ca and certificate go with security.protocol ssl or sasl_ssl");
    require(
        (certificate == null) == (privateKey == null),
        "certificate and private-key go together: set both or neither");
  }

  private static void require(boolean right, String reason) {
    if (!right) {
      throw new IllegalArgumentException(reason);
    }
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a client of Kafka is configured with.
   *
   * @throws IOException if a file cannot be read
   */
  public Map<String, Object> clientSettings() throws IOException {
    Map<String, Object> settings = new HashMap<>();
    settings.put("security.protocol", protocol.name());
    if (protocol.hasPassword()) {
      settings.put("sasl.mechanism", mechanism.name().replace('_', '-'));
      settings.put(
          "sasl.jaas.config",
          "org.apache.kafka.common.security.%s required username=%s password=%s;"
              .formatted(
                  mechanism == Mechanism.PLAIN
                      ? "plain.PlainLoginModule"
                      : "scram.ScramLoginModule",
                  quoted(String.valueOf(username)),
                  quoted(
                      (passwordFile != null)
                          ? Files.readString(passwordFile).strip()
                          : String.valueOf(password))));
    }
    if (ca != null) {
      settings.put("ssl.truststore.type", "PEM");
      settings.put("ssl.truststore.certificates", Files.readString(ca));
    }
    if (certificate != null && privateKey != null) {
      settings.put("ssl.keystore.type", "PEM");
      settings.put("ssl.keystore.certificate.chain", Files.readString(certificate));
      settings.put("ssl.keystore.key", Files.readString(privateKey));
    }
    return settings;
  }

  /** As the configuration of JAAS wants it. */
  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Override
  public String toString() {
    return "KafkaSecurity[" + protocol + "]"; // never with the password
  }
}
