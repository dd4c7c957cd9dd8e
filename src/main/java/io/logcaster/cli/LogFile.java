package io.logcaster.cli;

import com.github.luben.zstd.ZstdInputStream;
import io.logcaster.ingest.OpenLines;
import io.logcaster.ingest.Transcoder;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** An open file of lines, plain or compressed with gzip or zstd, as its first bytes show. */
final class LogFile implements Closeable {

  private static final int BUFFER = 256 << 10;

  /** How its content is compressed. */
  enum Packing {
    NONE,
    GZIP,
    ZSTD
  }

  private final Path path;
  private final FileChannel channel;
  private final String inode;
  private final Packing packing;

  private LogFile(Path path, FileChannel channel, String inode) throws IOException {
    this.path = path;
    this.channel = channel;
    this.inode = inode;
    this.packing = packing(head(4));
  }

  static LogFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new LogFile(path, channel, inode(path));
    } catch (IOException | RuntimeException ex) {
      channel.close();
      throw ex;
    }
  }

  /** The file system's key of the file at a path; empty if it has none. */
  private static String inode(Path path) throws IOException {
    return Objects.toString(Files.readAttributes(path, BasicFileAttributes.class).fileKey(), "");
  }

  private static Packing packing(byte[] first) {
    if (first.length >= 2 && first[0] == 0x1f && first[1] == (byte) 0x8b) {
      return Packing.GZIP;
    }
    boolean zstd =
        first.length >= 4
            && first[0] == 0x28
            && first[1] == (byte) 0xb5
            && first[2] == 0x2f
            && first[3] == (byte) 0xfd;
    return zstd ? Packing.ZSTD : Packing.NONE;
  }

  Path path() {
    return path;
  }

  /** The key of the file on this machine, which a rename does not change. */
  String key() {
    return inode.isEmpty() ? path.toAbsolutePath().toString() : inode;
  }

  /** Whether the file at the path is still this one. */
  boolean isInPlace() throws IOException {
    return inode(path).equals(inode);
  }

  boolean isPacked() {
    return packing != Packing.NONE;
  }

  long size() throws IOException {
    return channel.size();
  }

  /** How many bytes of the file on disk were read. */
  long position() throws IOException {
    return channel.position();
  }

  /** The first bytes. */
  byte[] head(int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    while (target.hasRemaining() && channel.read(target, target.position()) >= 0) {
      // until it is full or the file ends
    }
    return Arrays.copyOf(target.array(), target.position());
  }

  /** The encoding of the content, as its first bytes show. */
  Transcoder transcoder() throws IOException {
    try (InputStream content = content(0)) {
      byte[] first = content.readNBytes(Transcoder.MARK_LENGTH);
      return Transcoder.ofWhole(first, 0, first.length);
    }
  }

  /** The end of the last whole line before a position; 0 if there is none. */
  long endOfLines(long before) throws IOException {
    Transcoder transcoder = transcoder();
    ByteBuffer block = ByteBuffer.allocate(BUFFER);
    // In wide text characters begin at even positions, as the mark is as long as one.
    for (long end = transcoder.isWide() ? before & ~1L : before; end > 0; ) {
      long from = Math.max(0, end - BUFFER);
      block.clear().limit((int) (end - from));
      while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
        // until the block is whole
      }
      for (int i = block.position() - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          int line = i - (transcoder.isWide() ? i & 1 : 0);
          int ended = transcoder.nextLine(block.array(), line, block.position());
          if (ended == line + (transcoder.isWide() ? 2 : 1)) {
            return from + ended;
          }
        }
      }
      end = from;
    }
    return 0;
  }

  /**
   * The end of the last line before a position of which no part is missing.
   *
   * @param end the end of a line, as {@link #endOfLines} finds it
   * @return the same position if parts of it are missing all through the last lines
   */
  long endOfWholeLines(long end) throws IOException {
    Transcoder transcoder = transcoder();
    if (transcoder.isWide() || end == 0) {
      return end;
    }
    long from = Math.max(0, end - BUFFER);
    ByteBuffer block = ByteBuffer.allocate((int) (end - from));
    while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
      // until the block is whole
    }
    byte[] bytes = block.array();
    OpenLines open = new OpenLines();
    int whole = 0;
    // The first line is broken, but for that of the file.
    for (int line = (from == 0) ? 0 : transcoder.nextLine(bytes, 0, bytes.length), next = line;
        next >= 0 && next < bytes.length;
        line = next) {
      next = transcoder.nextLine(bytes, line, bytes.length);
      if (next > 0) {
        open.add(bytes, line, next);
        whole = open.isAny() ? whole : next;
      }
    }
    return (whole == 0) ? end : from + whole;
  }

  /** The unpacked content from an offset on. Only one stream is read at a time. */
  InputStream content(long offset) throws IOException {
    if (packing == Packing.NONE) {
      channel.position(offset);
      return bytes();
    }
    channel.position(0);
    InputStream file = new BufferedInputStream(bytes(), BUFFER);
    InputStream content =
        (packing == Packing.GZIP)
            ? new GZIPInputStream(file, BUFFER)
            : new ZstdInputStream(file).setContinuous(false);
    content.skipNBytes(offset);
    return content;
  }

  /** The file from its current position on, as a stream whose end is not that of the file. */
  private InputStream bytes() {
    return new FilterInputStream(Channels.newInputStream(channel)) {
      @Override
      public void close() {
        // keeps the file open
      }
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
