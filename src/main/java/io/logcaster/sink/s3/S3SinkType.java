package io.logcaster.sink.s3;

import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptions;
import io.logcaster.sink.SinkType;
import java.time.Duration;
import java.util.List;

/** An archive in object storage. */
public final class S3SinkType implements SinkType {

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public List<SinkOption> options() {
    return S3Options.ALL;
  }

  @Override
  public Sink open(SinkOptions options, SinkContext context) {
    return new S3Sink(S3Options.of(options, System.getenv()), context);
  }

  /** Few large objects are cheap to keep and quick to read: about 10 MB with usual records. */
  @Override
  public int batchSize() {
    return 200_000;
  }

  /** As long as an archive may be behind. */
  @Override
  public Duration linger() {
    return Duration.ofMinutes(5);
  }
}
