package io.logcaster.query;

import io.logcaster.record.ByteBuilder;
import io.logcaster.system.ProblemException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Holds rows of CSV whose columns the query does not name, so that they are known only after the
 * last row. Few rows wait in memory, more in a temporary file, each with the columns known at its
 * time: chunks of {@code columns u32 | length u32 | rows}. Rows are filled up to all columns when
 * they are written.
 */
final class CsvSpool implements AutoCloseable {

  /** Bytes that wait in memory: a page of rows needs no file, and a server can afford it. */
  static final int MEMORY = 1 << 20;

  private static final int CHUNK = 64 * 1024;

  /** Bytes that wait in a file at most; the error names a better way for larger exports. */
  private static final long MAX_BYTES = 1L << 30;

  private final CsvText csv;

  private final long most;

  private final Set<String> columns = new LinkedHashSet<>();

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();

  private DataOutputStream out = new DataOutputStream(memory);

  private @Nullable Path file;

  private long length;

  CsvSpool(CsvText csv) {
    this(csv, MAX_BYTES);
  }

  CsvSpool(CsvText csv, long most) {
    this.csv = csv;
    this.most = most;
  }

  void add(ResultRows rows) throws IOException {
    columns.addAll(rows.presentNames());
    ByteBuilder text = new ByteBuilder(CHUNK);
    rows.appendCsv(csv, List.copyOf(columns), text);
    length += text.length();
    if (length > most) {
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "csv_too_large",
          "More than "
              + (most >> 20)
              + " MB of rows would wait until their columns are known. Name the columns at the end"
              + " of the query, such as '| fields _time, level, _msg': then rows come at once");
    }
    if (file == null && length > MEMORY) {
      toFile();
    }
    out.writeInt(columns.size());
    out.writeInt(text.length());
    out.write(text.array(), 0, text.length());
  }

  private void toFile() throws IOException {
    Path path = Files.createTempFile("logcaster-", ".csv");
    file = path;
    OutputStream stream = Files.newOutputStream(path);
    memory.writeTo(stream);
    memory.reset();
    out = new DataOutputStream(new BufferedOutputStream(stream, CHUNK));
  }

  /** Takes rows of CSV, some at a time. */
  @FunctionalInterface
  interface Target {

    void write(ByteBuilder text) throws IOException;
  }

  /** Hands over the header and all rows; the text is valid only during the call. */
  void writeTo(Target target) throws IOException {
    out.flush();
    List<String> all = new ArrayList<>(columns);
    if (all.isEmpty()) {
      return;
    }
    ByteBuilder text = new ByteBuilder(CHUNK);
    csv.row(all, text);
    target.write(text);
    Path path = file;
    try (DataInputStream in =
        new DataInputStream(
            (path == null)
                ? new ByteArrayInputStream(memory.toByteArray())
                : new BufferedInputStream(Files.newInputStream(path), CHUNK))) {
      for (int known = next(in); known >= 0; known = next(in)) {
        byte[] rows = in.readNBytes(in.readInt());
        text.truncate(0);
        CsvText.fill(rows, all.size() - known, text);
        target.write(text);
      }
    }
  }

  /** The number of columns of the next chunk, -1 at the end. */
  private static int next(InputStream in) throws IOException {
    byte[] number = in.readNBytes(Integer.BYTES);
    return (number.length == 0) ? -1 : ByteBuffer.wrap(number).getInt();
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }
}
