package io.logcaster.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A body of {@code _bulk}: an action before each line. */
final class ElasticsearchBody implements BenchBody {

  private static final byte[] ACTION =
      "{\"create\":{\"_index\":\"logs-bench\"}}\n".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[2 << 20];

  @Override
  public String path() {
    return "/_bulk";
  }

  @Override
  public String contentType() {
    return "application/x-ndjson";
  }

  @Override
  public int make(byte[] lines, int length) {
    int used = 0;
    int from = 0;
    while (from < length) {
      int end = from;
      while (lines[end] != '\n') {
        end++;
      }
      end++;
      if (used + ACTION.length + end - from > bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      System.arraycopy(ACTION, 0, bytes, used, ACTION.length);
      used += ACTION.length;
      System.arraycopy(lines, from, bytes, used, end - from);
      used += end - from;
      from = end;
    }
    return used;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }
}
