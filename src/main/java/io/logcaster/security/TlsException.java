package io.logcaster.security;

import java.nio.file.Path;

/** The files of the certificate cannot be used. */
final class TlsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final String remedy;

  /**
   * @param setting the setting that names the file
   * @param problem what is wrong; completes a sentence that starts with the file's name
   * @param remedy what to do about it
   */
  TlsException(String setting, Path file, String problem, String remedy) {
    super("%s: %s %s".formatted(setting, file, problem));
    this.file = file.toString();
    this.remedy = remedy;
  }

  String file() {
    return file;
  }

  String remedy() {
    return remedy;
  }
}
