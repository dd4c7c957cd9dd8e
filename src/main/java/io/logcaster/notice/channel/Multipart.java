package io.logcaster.notice.channel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** A form with a file (RFC 7578). */
final class Multipart {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final String boundary =
      "logcaster-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

  Multipart field(String name, String type, String value) {
    head("name=\"%s\"".formatted(name), type);
    bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    return end();
  }

  Multipart file(String name, String fileName, String type, byte[] content) {
    head("name=\"%s\"; filename=\"%s\"".formatted(name, fileName), type);
    bytes.writeBytes(content);
    return end();
  }

  private void head(String disposition, String type) {
    ascii(
        "--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
            .formatted(boundary, disposition, type));
  }

  private Multipart end() {
    ascii("\r\n");
    return this;
  }

  private void ascii(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  HttpSender.Body body() {
    ascii("--" + boundary + "--\r\n");
    return new HttpSender.Body("multipart/form-data; boundary=" + boundary, bytes.toByteArray());
  }
}
