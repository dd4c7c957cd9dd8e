package io.logcaster.query;

import io.logcaster.record.ByteBuilder;
import io.logcaster.record.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes rows as they are found: NDJSON, a JSON array or CSV. The response begins with the first
 * rows, so that an earlier error can still set the status.
 */
abstract class RowWriter implements RowConsumer, AutoCloseable {

  /**
   * Bytes that are written at once: enough to be worth a system call, few enough to arrive soon.
   */
  private static final int CHUNK = 32 * 1024;

  private static final String CSV = "text/csv;charset=UTF-8";

  private final HttpServletResponse response;

  private final String type;

  private final ByteBuilder text = new ByteBuilder(CHUNK * 2);

  private boolean started;

  private RowWriter(HttpServletResponse response, String type) {
    this.response = response;
    this.type = type;
  }

  /** Creates a writer of the requested format. The select paths offer NDJSON and CSV only. */
  static RowWriter of(HttpServletRequest request, HttpServletResponse response, ParsedQuery query) {
    String accept = String.valueOf(request.getHeader("Accept"));
    // A link cannot set headers and names the format as an argument.
    String format = request.getParameter("format");
    if ("csv".equals(format) || (format == null && accept.startsWith("text/csv"))) {
      List<String> columns = CsvColumns.of(query.tree());
      CsvText csv = CsvText.of(request);
      return columns.isEmpty() ? new SpooledCsv(response, csv) : new Csv(response, csv, columns);
    }
    boolean own = request.getRequestURI().startsWith(request.getContextPath() + "/api/");
    if (own
        && ("json".equals(format) || (format == null && accept.startsWith("application/json")))) {
      return new JsonArray(response, !query.ordersFields());
    }
    return new JsonLines(
        response, own ? "application/x-ndjson" : "application/stream+json", !query.ordersFields());
  }

  @Override
  public boolean accept(ResultRows rows) {
    try {
      append(rows, text);
      if (text.length() >= CHUNK || (!started && text.length() > 0)) {
        flush();
      }
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
    return true;
  }

  /** Appends rows, or as much of them as can be written now. */
  abstract void append(ResultRows rows, ByteBuilder target) throws IOException;

  /**
   * Appends a last row that says why rows are missing: in a stream, nothing else reaches the
   * client.
   *
   * @param code the stable code of the error
   * @param text the error for people
   */
  void error(String code, String text) throws IOException {
    ByteBuilder row = new ByteBuilder(256);
    row.append("{\"_error\":");
    JsonString.append(text, row);
    row.append(",\"_error_code\":");
    JsonString.append(code, row);
    row.append("}");
    appendError(row, this.text);
  }

  /** Appends a row of an error, given as JSON. */
  void appendError(ByteBuilder row, ByteBuilder target) {
    target.append(row.array(), 0, row.length()).append("\n");
  }

  /** Whether something was written, so that only a row can report an error. */
  boolean hasBegun() {
    return started;
  }

  void end(ByteBuilder target) {
    // Most formats have no footer.
  }

  ByteBuilder text() {
    return text;
  }

  /** Writes the remaining text. */
  void finish() throws IOException {
    end(text);
    flush();
  }

  @Override
  public void close() throws IOException {
    // Most formats hold no resources.
  }

  private void flush() throws IOException {
    write(text);
    text.truncate(0);
  }

  /** Writes the headers if nothing was written yet, then a text. */
  final void write(ByteBuilder text) throws IOException {
    if (!started) {
      response.setContentType(type);
      // A proxy that buffers the response would undo the streaming.
      response.setHeader("X-Accel-Buffering", "no");
      response.setHeader("Cache-Control", "no-store");
      started = true;
    }
    OutputStream out = response.getOutputStream();
    out.write(text.array(), 0, text.length());
    out.flush();
  }

  private static final class JsonLines extends RowWriter {

    private final boolean byName;

    JsonLines(HttpServletResponse response, String type, boolean byName) {
      super(response, type);
      this.byName = byName;
    }

    @Override
    void append(ResultRows rows, ByteBuilder target) {
      rows.appendJsonLines(byName, target);
    }
  }

  private static final class JsonArray extends RowWriter {

    private final boolean byName;

    private boolean any;

    JsonArray(HttpServletResponse response, boolean byName) {
      super(response, "application/json");
      this.byName = byName;
    }

    @Override
    void append(ResultRows rows, ByteBuilder target) {
      ByteBuilder lines = new ByteBuilder(CHUNK);
      rows.appendJsonLines(byName, lines);
      int start = 0;
      for (int i = 0; i < lines.length(); i++) {
        // A line break within a value is escaped.
        if (lines.array()[i] == '\n') {
          target.append(any ? ",\n" : "[").append(lines.array(), start, i);
          any = true;
          start = i + 1;
        }
      }
    }

    @Override
    void appendError(ByteBuilder row, ByteBuilder target) {
      target.append(any ? ",\n" : "[").append(row.array(), 0, row.length());
      any = true;
    }

    @Override
    void end(ByteBuilder target) {
      target.append(any ? "]\n" : "[]\n");
    }
  }

  private static final class Csv extends RowWriter {

    private final CsvText csv;

    private final List<String> columns;

    Csv(HttpServletResponse response, CsvText csv, List<String> columns) {
      super(response, CSV);
      this.csv = csv;
      this.columns = columns;
      csv.row(columns, text());
    }

    @Override
    void append(ResultRows rows, ByteBuilder target) {
      rows.appendCsv(csv, columns, target);
    }

    @Override
    void error(String code, String text) {
      CsvText.SAFE.row(List.of(code + ": " + text), text());
    }
  }

  private static final class SpooledCsv extends RowWriter {

    private final CsvSpool spool;

    SpooledCsv(HttpServletResponse response, CsvText csv) {
      super(response, CSV);
      spool = new CsvSpool(csv);
    }

    @Override
    void append(ResultRows rows, ByteBuilder target) throws IOException {
      spool.add(rows);
    }

    @Override
    void error(String code, String text) {
      CsvText.SAFE.row(List.of(code + ": " + text), text());
    }

    @Override
    void finish() throws IOException {
      spool.writeTo(this::write);
      super.finish();
    }

    @Override
    public void close() throws IOException {
      spool.close();
    }
  }
}
