package io.logcaster.ingest.tcp;

import io.logcaster.ingest.LargeMessages;
import io.logcaster.ingest.forward.ForwardProperties;
import io.logcaster.ingest.forward.ForwardSecurity;
import io.logcaster.ingest.framed.FramedClients;
import io.logcaster.security.SecurityTesting;

/** What TCP ports share, for tests. */
public final class TcpTesting {

  private TcpTesting() {}

  /** Nobody needs credentials, and there is no certificate. */
  public static TcpServices open() {
    return new TcpServices(
        SecurityTesting.open(),
        SecurityTesting.noTls(),
        new FramedClients(),
        new ForwardSecurity(new ForwardProperties(null, null, null)),
        new LargeMessages());
  }
}
