package io.logcaster.ingest.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DatagramReceiverTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** Large, so that a few fill a slab, and yet few enough at once for any system's buffer. */
  private static final int SIZE = 30_000;

  /** As many as fill several slabs. */
  private static final int COUNT = 40;

  private final DatagramReceiver receiver;

  DatagramReceiverTest() throws IOException {
    receiver = new DatagramReceiver(new InetSocketAddress(LOOPBACK, 0), 1 << 20);
    receiver.begin();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void datagrams_overManySlabs_areReadInOrderWithTheirSenders() throws Exception {
    List<Byte> read = new ArrayList<>();
    byte[] bytes = new byte[DatagramSlab.BYTES];
    try (DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
      for (int i = 0; i < COUNT; i++) {
        send(client, (byte) i);
        DatagramSlab slab = receiver.take(1, TimeUnit.MINUTES);
        assertThat(slab).isNotNull();
        slab.copyTo(bytes);
        for (int d = 0; d < slab.count(); d++) {
          assertThat(slab.to(d) - slab.from(d)).isEqualTo(SIZE);
          assertThat(slab.sender(d)).isEqualTo(client.getLocalSocketAddress());
          read.add(bytes[slab.to(d) - 1]);
        }
        receiver.release(slab);
      }
    }
    assertThat(read).hasSize(COUNT).isSorted();
  }

  @Test
  void close_freesSlabs_thatWaitAndThatAreReturnedLater() throws Exception {
    try (DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
      send(client, (byte) 1);
      DatagramSlab slab = receiver.take(1, TimeUnit.MINUTES);
      assertThat(slab).isNotNull();
      send(client, (byte) 2);
      await().until(receiver::hasWaiting);

      receiver.close();
      receiver.release(slab);

      assertThat(receiver.hasWaiting()).isFalse();
      byte[] bytes = new byte[DatagramSlab.BYTES];
      assertThatThrownBy(() -> slab.copyTo(bytes)).isInstanceOf(IllegalStateException.class);
    }
  }

  private void send(DatagramSocket client, byte content) throws IOException {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, content);
    client.send(new DatagramPacket(bytes, SIZE, LOOPBACK, receiver.port()));
  }
}
