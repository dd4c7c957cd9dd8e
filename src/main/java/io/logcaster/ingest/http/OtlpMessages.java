package io.logcaster.ingest.http;

import io.logcaster.ingest.RecordWriter;
import io.logcaster.pipeline.InputMetrics;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests of OTLP that arrive as messages of a queue, such as those of the OpenTelemetry
 * Collector's exporter for Kafka. A record that is malformed is rejected and counted; nobody waits
 * for an answer. Not thread-safe.
 */
public final class OtlpMessages {

  private static final long PAUSE_MILLIS = 50;

  private final InputMetrics metrics;
  private final int maxRecordSize;
  private final OtlpRecord.Parser parser;
  private final Output output;

  private static final class Output implements OtlpOutput {

    private final RecordWriter writer;
    private final InputMetrics metrics;

    Output(RecordWriter writer, InputMetrics metrics) {
      this.writer = writer;
      this.metrics = metrics;
    }

    @Override
    public RecordWriter writer() {
      return writer;
    }

    @Override
    public @Nullable String end(long number) {
      writer.end();
      return null;
    }

    @Override
    public void reject(long number, String reason) {
      writer.builder().rollback();
      metrics.reject("parse_error", 1);
    }
  }

  /**
   * @param maxRecordSize a longer message of a record is cut, in bytes
   */
  public OtlpMessages(RecordWriter writer, InputMetrics metrics, int maxRecordSize) {
    this.metrics = metrics;
    this.maxRecordSize = maxRecordSize;
    this.parser = OtlpRecord.Parser.of(writer, maxRecordSize);
    this.output = new Output(writer, metrics);
  }

  /**
   * Writes the records of a message. Waits while there is no memory for reading it.
   *
   * @param json whether it is in OTLP's JSON, rather than in protocol buffers
   * @return why the message, or the rest of it, is no request of OTLP; null where it is one
   */
  public @Nullable String read(byte[] message, boolean json) throws InterruptedException {
    while (true) {
      try (WholeBody body = WholeBody.of(message)) {
        OtlpRecord record = new OtlpRecord(output, parser, maxRecordSize);
        if (json) {
          new OtlpJson(record).read(body);
        } else {
          new OtlpProtobuf(record).read(body);
        }
        return null;
      } catch (RefusedException ex) {
        output.writer().builder().rollback();
        metrics.reject("parse_error", 1);
        return ex.message();
      } catch (OverloadedException ex) {
        // Memory is asked for before the first record is written.
        if (ex.isTooLarge()) {
          metrics.reject("too_large", 1);
          return ex.getMessage();
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }
}
