package io.logcaster.query;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Notices that a client closed its connection while its query runs. Tomcat would notice only on a
 * write, and a query over billions of records may have nothing to write for a long time. So this
 * valve stores the connection in the request, which can then be polled for input without blocking.
 */
final class ConnectionWatch extends ValveBase {

  private static final String ATTRIBUTE = ConnectionWatch.class.getName();

  /**
   * How often to poll: each poll costs a system call, and a closed connection is still noticed
   * soon.
   */
  private static final long INTERVAL_NANOS = 20_000_000;

  ConnectionWatch() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    request.setAttribute(ATTRIBUTE, request.getCoyoteRequest());
    getNext().invoke(request, response);
  }

  /**
   * Returns a check whether the client of a request is gone; thread-safe while the request runs.
   */
  static BooleanSupplier closed(HttpServletRequest request) {
    return (request.getAttribute(ATTRIBUTE) instanceof org.apache.coyote.Request connection)
        ? new Closed(connection)
        : () -> false;
  }

  private static final class Closed implements BooleanSupplier {

    private final org.apache.coyote.Request connection;

    private final ReentrantLock looking = new ReentrantLock();

    private volatile long next = System.nanoTime() + INTERVAL_NANOS;

    private volatile boolean closed;

    Closed(org.apache.coyote.Request connection) {
      this.connection = connection;
    }

    @Override
    public boolean getAsBoolean() {
      if (!closed && System.nanoTime() - next > 0 && looking.tryLock()) {
        try {
          next = System.nanoTime() + INTERVAL_NANOS;
          // At the end of the stream, Tomcat reports one available byte, so that reading it fails.
          connection.action(ActionCode.AVAILABLE, true);
          closed = connection.getAvailable() == 1;
        } finally {
          looking.unlock();
        }
      }
      return closed;
    }
  }
}
