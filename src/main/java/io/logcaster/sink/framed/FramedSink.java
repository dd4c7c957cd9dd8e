package io.logcaster.sink.framed;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.JsonString;
import io.logcaster.record.RecordBatch;
import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkException;
import io.logcaster.sink.socket.SinkSocket;
import io.logcaster.sink.text.RecordText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends frames of JSON lines. A round ends when the other server acknowledges its last frame: then
 * it has the records on disk.
 */
final class FramedSink implements Sink {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int HELLO = 1;
  private static final int DATA = 2;
  private static final int ACK = 3;
  private static final int ERROR = 4;

  private static final int MAGIC_AND_VERSION = 0xC14C4301;
  private static final int HEADER = 20;

  /** Half of what a server takes, so that the next record still fits. */
  private static final int FRAME = 512 << 10;

  private static final int MAX_RECORDS = 40_000;
  private static final int MAX_REPLY = 64 << 10;

  private final SinkSocket socket;
  private final String client;
  private final String token;
  private final RecordText text = RecordText.of("json");
  private final ByteBuilder lines = new ByteBuilder(FRAME + (64 << 10));
  private int records;
  private long sequence;

  /**
   * @param token empty for none
   */
  FramedSink(SinkSocket socket, String client, String token) {
    this.socket = socket;
    this.client = client;
    this.token = token;
  }

  @Override
  public void begin(long position) {
    lines.truncate(0);
    records = 0;
    socket.dropIfClosed();
  }

  @Override
  public void write(RecordBatch batch) throws SinkException {
    text.begin(batch);
    for (int row = 0; row < batch.size(); row++) {
      text.row(row, lines);
      lines.append((byte) '\n');
      if (++records >= MAX_RECORDS || lines.length() >= FRAME) {
        send();
      }
    }
  }

  private void send() throws SinkException {
    if (records == 0) {
      return;
    }
    try {
      if (!socket.isOpen()) {
        sequence = 0;
        ByteBuilder hello = new ByteBuilder(128);
        hello.append("{\"client\":");
        JsonString.append(client, hello);
        if (!token.isEmpty()) {
          hello.append(",\"token\":");
          JsonString.append(token, hello);
        }
        hello.append('}');
        frame(HELLO, 0, hello);
      }
      frame(DATA, ++sequence, lines);
      lines.truncate(0);
      records = 0;
    } catch (IOException ex) {
      throw socket.failed(ex);
    }
  }

  private void frame(int type, long number, ByteBuilder payload) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(payload.array(), 0, payload.length());
    byte[] header =
        ByteBuffer.allocate(HEADER)
            .putInt(MAGIC_AND_VERSION)
            .put((byte) type)
            .put((byte) 0)
            .putShort((short) 0)
            .putInt((int) number)
            .putInt(payload.length())
            .putInt((int) checksum.getValue())
            .array();
    socket.write(header, header.length);
    socket.write(payload.array(), payload.length());
  }

  @Override
  public void flush() throws SinkException {
    send();
    try {
      InputStream in = socket.open().getInputStream();
      while (true) {
        ByteBuffer header = ByteBuffer.wrap(read(in, HEADER));
        int length = header.getInt(12);
        if (header.getInt(0) != MAGIC_AND_VERSION || length < 0 || length > MAX_REPLY) {
          throw new IOException("it is not LogCaster, or this is not its TCP port");
        }
        byte[] payload = read(in, length);
        if (header.get(4) == ACK && (header.getInt(8) & 0xffffffffL) >= sequence) {
          return;
        }
        if (header.get(4) == ERROR) {
          throw refusal(payload);
        }
      }
    } catch (SocketTimeoutException ex) {
      throw socket.failed(new IOException("it did not acknowledge in time", ex));
    } catch (SinkException ex) {
      socket.close();
      throw ex;
    } catch (IOException ex) {
      throw socket.failed(ex);
    }
  }

  private static byte[] read(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      String said = new String(bytes, StandardCharsets.UTF_8).strip();
      throw said.isEmpty() ? new EOFException() : new IOException("it answered: " + said);
    }
    return bytes;
  }

  private static SinkException refusal(byte[] payload) {
    try {
      JsonNode error = JSON.readTree(payload);
      String code = error.path("code").asString("error");
      String said = "The receiver refused: " + code + ": " + error.path("detail").asString("");
      // Only this one is about the records themselves; fewer of them may be taken.
      if (code.equals("frame_too_large")) {
        return SinkException.permanent(said, null);
      }
      long millis = error.path("retryAfterMs").asLong(0);
      return SinkException.busy(said, (millis > 0) ? Duration.ofMillis(millis) : null);
    } catch (JacksonException ex) {
      return SinkException.temporary("The receiver refused, and did not say why", ex);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
