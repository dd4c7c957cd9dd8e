package io.logcaster.ingest.kafka;

import io.logcaster.cluster.KafkaFailures;
import io.logcaster.cluster.consumer.GroupInput;
import io.logcaster.ingest.InputContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads topics that other programs write, for as long as it is open. */
public final class KafkaInput extends GroupInput {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaInput.class);

  private static final long TIMEOUT_SECONDS = 15;

  private final KafkaProperties properties;
  private final InputContext context;
  private final int maxRecordSize;

  /**
   * @param maxRecordSize a longer message is cut
   */
  public KafkaInput(KafkaProperties properties, InputContext context, int maxRecordSize) {
    super(
        "kafka-input",
        properties.format().text(),
        properties.topics(),
        properties.brokers(),
        context);
    this.properties = properties;
    this.context = context;
    this.maxRecordSize = maxRecordSize;
  }

  @Override
  protected Member join(BooleanSupplier isOpen) throws IOException, InterruptedException {
    TopicReader reader =
        new TopicReader(
            properties,
            topicIds(),
            context,
            new MessageDecoder(context, properties, maxRecordSize),
            isOpen);
    LOG.info("Reading {} in the group '{}'", properties.topics(), properties.group());
    return reader;
  }

  /** The identities of the topics by their names. */
  private Map<String, String> topicIds() throws IOException, InterruptedException {
    try (Admin admin = Admin.create(properties.clientSettings())) {
      Map<String, String> ids = new HashMap<>();
      admin
          .describeTopics(properties.topics())
          .allTopicNames()
          .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
          .forEach((name, topic) -> ids.put(name, topic.topicId().toString()));
      return ids;
    } catch (ExecutionException ex) {
      throw new IOException(KafkaFailures.reason(ex), ex);
    } catch (TimeoutException ex) {
      throw new IOException("The brokers do not answer", ex);
    }
  }
}
