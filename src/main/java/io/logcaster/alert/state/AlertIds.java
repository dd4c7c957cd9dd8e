package io.logcaster.alert.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The ids of alerts: 32 hexadecimal digits, always the same for the same rule and labels. */
public final class AlertIds {

  private static final int BYTES = 16;

  private AlertIds() {}

  public static String of(String rule, Map<String, String> labels) {
    String text = rule + '\n' + LabelsJson.print(labels);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("Every Java runtime has SHA-256", ex);
    }
  }
}
