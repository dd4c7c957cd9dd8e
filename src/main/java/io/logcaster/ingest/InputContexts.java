package io.logcaster.ingest;

import io.logcaster.delivery.DeliveryNotes;
import io.logcaster.pipeline.Intake;
import io.logcaster.pipeline.Ledger;
import io.logcaster.record.Cardinality;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Creates the contexts of all inputs. */
@Component
public final class InputContexts {

  private final Intake intake;
  private final Ledger ledger;
  private final IngestProperties properties;
  private final Clock clock;
  private final Cardinality cardinality;
  private final DeliveryNotes deliveries;

  InputContexts(
      Intake intake,
      Ledger ledger,
      IngestProperties properties,
      Clock clock,
      DeliveryNotes deliveries) {
    this.deliveries = deliveries;
    this.intake = intake;
    this.ledger = ledger;
    this.properties = properties;
    this.clock = clock;
    this.cardinality = new Cardinality(properties.streamLimit(), properties.fieldLimit());
  }

  /**
   * Creates a context with its own counters.
   *
   * @param id the input's name, such as {@code tcp}
   */
  public InputContext open(String id) {
    return new InputContext(
        intake,
        ledger.open(id),
        properties.streamFields(),
        properties.zone(),
        Map.of(),
        clock,
        cardinality,
        deliveries);
  }

  /** The limits on streams and field names, shared by all inputs. */
  Cardinality cardinality() {
    return cardinality;
  }
}
