package io.logcaster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.record.DeliveryMark;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private final Deliveries deliveries = new Deliveries(10);

  @Test
  void uploads_displaceEachOther_notTheClients() {
    IntStream.range(0, 4).forEach((i) -> deliveries.put("client " + i, i));
    IntStream.range(0, 100).forEach((i) -> deliveries.put(DeliveryMark.UPLOAD + i, i));
    assertThat(deliveries.all()).hasSize(10).containsEntry("client 0", 0L);
    assertThat(deliveries.last(DeliveryMark.UPLOAD + 94)).isEqualTo(94);
    assertThat(deliveries.last(DeliveryMark.UPLOAD + 93)).isEqualTo(-1);
  }

  @Test
  void clients_displaceUploads_asLongAsThereAreMany() {
    IntStream.range(0, 10).forEach((i) -> deliveries.put(DeliveryMark.UPLOAD + i, i));
    IntStream.range(0, 20).forEach((i) -> deliveries.put("client " + i, i));
    // The last half of the uploads is as good as any client: the oldest one goes.
    assertThat(deliveries.all().keySet())
        .containsExactlyElementsOf(IntStream.range(10, 20).mapToObj((i) -> "client " + i).toList());
  }
}
