package io.logcaster.storage.wal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.logcaster.record.PackedBatch;
import io.logcaster.record.RecordBatch;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes many batches that {@link BatchCodec} wrote, and leaves them the form they had, so that
 * they are logged as they are. Not thread-safe, because it reuses its buffer.
 */
public final class BatchDecoder implements AutoCloseable {

  /** A larger buffer is not kept: usual batches are smaller. */
  private static final int KEPT_BYTES = 4 << 20;

  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private byte[] raw = new byte[1 << 16];

  /**
   * Decodes a batch.
   *
   * @param bytes have the compressed batch from {@code from} on
   * @param rawLength its length before compression
   * @throws IOException if the bytes are not a batch
   */
  public RecordBatch decode(byte[] bytes, int from, int rawLength) throws IOException {
    int length = bytes.length - from;
    // Checked before memory is allocated: a wrong length could exceed the heap.
    if (Zstd.getFrameContentSize(bytes, from, length) != rawLength) {
      throw new IOException("The batch does not decompress to its length");
    }
    byte[] target = raw;
    if (target.length < rawLength) {
      target = new byte[rawLength];
      raw = (rawLength <= KEPT_BYTES) ? target : raw;
    }
    try {
      int size = decompressor.decompressByteArray(target, 0, rawLength, bytes, from, length);
      if (size != rawLength) {
        throw new IOException("The batch does not decompress to its length");
      }
      BatchReader reader = new BatchReader(target, rawLength);
      RecordBatch batch = reader.batch();
      return reader.isByStream()
          ? batch.packedAs(
              new PackedBatch(Arrays.copyOfRange(bytes, from, bytes.length), rawLength))
          : batch;
    } catch (RuntimeException ex) {
      throw new IOException("The bytes are not a batch: " + ex.getMessage(), ex);
    }
  }

  @Override
  public void close() {
    decompressor.close();
  }
}
