package io.logcaster.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The control database: rules, alerts, channels, tokens, searches and settings.
 *
 * @param url A PostgreSQL database that several nodes share, such as
 *     jdbc:postgresql://db:5432/logcaster; a file in the data directory without it.
 * @param user The user of the database.
 * @param password The user's password.
 * @param passwordFile A file with the password, instead of it.
 */
@ConfigurationProperties("logcaster.control")
record ControlProperties(
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    @Nullable Path passwordFile) {

  private static final String POSTGRES = "jdbc:postgresql:";

  ControlProperties {
    if (url != null && !url.startsWith(POSTGRES)) {
      throw new IllegalArgumentException(
          "logcaster.control.url must be like jdbc:postgresql://db:5432/logcaster");
    }
    if (password != null && passwordFile != null) {
      throw new IllegalArgumentException(
          "logcaster.control has password and password-file: give one of them");
    }
  }

  /** The password; empty without one. */
  String secret() {
    try {
      if (passwordFile != null) {
        return Files.readString(passwordFile).strip();
      }
      return (password == null) ? "" : password;
    } catch (IOException ex) {
      throw new InvalidSettingException(
          "logcaster.control.password-file", passwordFile.toString(), "it cannot be read");
    }
  }

  @Override
  public String toString() {
    return "ControlProperties[" + url + "]"; // never with the password
  }
}
