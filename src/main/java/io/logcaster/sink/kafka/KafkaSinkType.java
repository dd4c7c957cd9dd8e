package io.logcaster.sink.kafka;

import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptions;
import io.logcaster.sink.SinkType;
import java.util.List;

/** A topic of Apache Kafka, or of another broker with the same protocol. */
public final class KafkaSinkType implements SinkType {

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public List<SinkOption> options() {
    return KafkaOptions.ALL;
  }

  @Override
  public Sink open(SinkOptions options, SinkContext context) {
    return new KafkaSink(KafkaOptions.of(options), context);
  }
}
