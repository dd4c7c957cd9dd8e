package io.logcaster.query.peer;

import com.github.luben.zstd.Zstd;
import io.logcaster.query.exec.Peers;
import io.logcaster.query.exec.frame.BadStateException;
import io.logcaster.query.exec.frame.FrameCodec;
import io.logcaster.query.exec.frame.StateInput;
import io.logcaster.query.exec.frame.StateOutput;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node answers to a {@link PartialQuery}: messages, each a type (a byte), the length of its
 * payload and the stored length of its payload (four bytes each, big-endian), and the payload,
 * which is compressed with zstd where the lengths differ. Numbers and texts in payloads are those
 * of {@link StateOutput}. Types:
 *
 * <ol start="0">
 *   <li>beat: the query goes on; no payload
 *   <li>hello, once and first: the version of this format, the id of the node, its LogCaster's
 *       version
 *   <li>rows, as {@link FrameCodec} writes them
 *   <li>state: that of the last operator
 *   <li>end: the counts of the scan, and the places that could not be read
 *   <li>error: a code and a detail; the answer ends without an end
 * </ol>
 */
public final class AnswerStream {

  static final int BEAT = 0;
  static final int HELLO = 1;
  static final int ROWS = 2;
  static final int STATE = 3;
  static final int END = 4;
  static final int ERROR = 5;

  /** Far more than the state of a query that keeps to its memory limit. */
  private static final int MAX_LENGTH = 1 << 30;

  private AnswerStream() {}

  /** A message as it was read. */
  sealed interface Message {

    record Beat() implements Message {}

    record Hello(long version, String id, String product) implements Message {}

    record Content(Peers.Part part) implements Message {}

    record Failure(String code, String detail) implements Message {}
  }

  /** Reads messages. Not thread-safe. */
  static final class Reader implements AutoCloseable {

    private final DataInputStream in;

    Reader(InputStream in) {
      this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
    }

    /**
     * The next message.
     *
     * @throws EOFException if the stream ends
     * @throws IOException if it cannot be read or is not such a stream
     */
    Message next() throws IOException {
      int type = in.readUnsignedByte();
      int length = in.readInt();
      int stored = in.readInt();
      if (type > ERROR || length < 0 || length > MAX_LENGTH || stored < 0 || stored > length) {
        throw new IOException("the answer is not that of a LogCaster");
      }
      // In steps, so that a wrong length does not take memory that never fills.
      byte[] payload = in.readNBytes(stored);
      if (payload.length < stored) {
        throw new EOFException("the answer ends early");
      }
      try {
        return read(type, (stored == length) ? payload : Zstd.decompress(payload, length));
      } catch (BadStateException | com.github.luben.zstd.ZstdException ex) {
        throw new IOException("the answer is damaged: " + ex.getMessage(), ex);
      }
    }

    private static Message read(int type, byte[] payload) {
      StateInput state = new StateInput(payload);
      return switch (type) {
        case BEAT -> new Message.Beat();
        case HELLO -> new Message.Hello(state.number(), state.string(), state.string());
        case ROWS -> new Message.Content(new Peers.Part.Rows(FrameCodec.read(state)));
        case STATE -> new Message.Content(new Peers.Part.State(state, payload.length));
        case ERROR -> new Message.Failure(state.string(), state.string());
        default -> new Message.Content(end(state));
      };
    }

    private static Peers.Part end(StateInput state) {
      List<Long> counts = new ArrayList<>();
      int numbers = state.count();
      for (int i = 0; i < numbers; i++) {
        counts.add(state.number());
      }
      List<String> damage = new ArrayList<>();
      int places = state.count();
      for (int i = 0; i < places; i++) {
        damage.add(state.string());
      }
      return new Peers.Part.Ended(counts, damage);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
