package io.logcaster.ingest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.ingest.InputContext;
import io.logcaster.record.LogRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.context.properties.bind.Binder;

@Execution(ExecutionMode.CONCURRENT)
class EarlyConnectionsTest extends TcpInputFixture {

  @Test
  void linesSentBeforeTheInputStarts_areRecords() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    ServerSocket early = TcpInput.listen(new InetSocketAddress(loopback, 0));
    TcpInput input =
        new TcpInput(
            new Binder().bindOrCreate("logcaster.tcp", TcpProperties.class).options(loopback),
            TcpTesting.open(),
            new InputContext(intake, metrics, List.of("host", "app"), ZoneOffset.UTC, clock));
    input.adopt(() -> early);
    try (Socket sender = new Socket(loopback, early.getLocalPort())) {
      send(sender, "one\ntwo\n");
      input.start();
      assertThat(input.localAddress()).isEqualTo(early.getLocalSocketAddress());
      awaitRecords(2);
    } finally {
      input.stop();
    }
    assertThat(intake.records().stream().map(LogRecord::message)).containsExactly("one", "two");
  }
}
