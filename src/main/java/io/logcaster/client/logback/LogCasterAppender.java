package io.logcaster.client.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import io.logcaster.client.ClientListener;
import io.logcaster.client.ClientMetrics;
import io.logcaster.client.LogCasterClient;
import io.logcaster.client.LogCasterClientBuilder;
import io.logcaster.client.Overflow;
import io.logcaster.client.QueueFullException;
import io.logcaster.client.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Sends each event as one record: time, level and message; {@code logger} and {@code thread}; the
 * MDC and slf4j's key-value pairs under their own names; markers as {@code marker}; an exception as
 * {@code exception.type}, {@code exception.message} and {@code exception.stacktrace}.
 *
 * <pre>{@code
 * <appender name="LOGCASTER" class="io.logcaster.client.logback.LogCasterAppender">
 *   <server>logs.example.org:5140</server>
 *   <field>app=shop</field>
 * </appender>
 * }</pre>
 *
 * <p>Events are sent in the background. An event for which there is no room is dropped, unless
 * {@code <overflow>} says otherwise; problems and drops are reported as Logback status messages.
 */
public final class LogCasterAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private static final long DEFAULT_SPOOL_BYTES = 1L << 30;

  private final LogCasterClientBuilder builder = LogCasterClient.builder().name("logback");
  private @Nullable LogCasterClient client;
  private boolean includeMdc = true;
  private boolean includeThread = true;
  private boolean includeCaller;
  private boolean tls;
  private @Nullable String certificates;
  private @Nullable String trustStore;
  private @Nullable String trustStorePassword;
  private @Nullable String spool;
  private long spoolBytes = DEFAULT_SPOOL_BYTES;

  /** Adds a server, {@code host:port}; if one fails, the next is tried. */
  public void addServer(String address) {
    attempt(() -> builder.server(address));
  }

  /** Adds a field to every record, {@code name=value}. */
  public void addField(String field) {
    int equals = field.indexOf('=');
    if (equals <= 0) {
      addError("<field>" + field + "</field> is not of the form name=value");
      return;
    }
    attempt(
        () -> builder.field(field.substring(0, equals).trim(), field.substring(equals + 1).trim()));
  }

  public void setToken(String token) {
    builder.token(token);
  }

  /**
   * Enables TLS. Trusts the configured certificates, the trust store, or otherwise the certificate
   * authorities of the Java installation.
   */
  public void setTls(boolean tls) {
    this.tls = tls;
  }

  /** Sets a PEM file with the certificates to trust. */
  public void setCertificates(String certificates) {
    this.certificates = certificates;
  }

  public void setTrustStore(String trustStore) {
    this.trustStore = trustStore;
  }

  public void setTrustStorePassword(String trustStorePassword) {
    this.trustStorePassword = trustStorePassword;
  }

  /**
   * Sets what happens to an event for which there is no room: DROP_NEWEST, DROP_OLDEST or BLOCK.
   */
  public void setOverflow(Overflow overflow) {
    builder.overflow(overflow);
  }

  public void setQueueSize(FileSize size) {
    builder.queueBytes(size.getSize());
  }

  public void setBatchSize(FileSize size) {
    attempt(() -> builder.batchBytes((int) Math.min(Integer.MAX_VALUE, size.getSize())));
  }

  /** Sets how long an event may wait for others to be sent with it. */
  public void setLinger(Duration linger) {
    builder.linger(java.time.Duration.ofMillis(linger.getMilliseconds()));
  }

  /** Sets how long to wait for the last acknowledgements when the application ends. */
  public void setCloseTimeout(Duration timeout) {
    builder.closeTimeout(java.time.Duration.ofMillis(timeout.getMilliseconds()));
  }

  public void setRateLimit(int recordsPerSecond) {
    attempt(() -> builder.rateLimit(recordsPerSecond));
  }

  /**
   * Sets a directory for unacknowledged events, so that they survive the end of the application.
   */
  public void setSpool(String directory) {
    this.spool = directory;
  }

  public void setSpoolSize(FileSize size) {
    spoolBytes = size.getSize();
  }

  public void setIncludeMdc(boolean include) {
    includeMdc = include;
  }

  public void setIncludeThread(boolean include) {
    includeThread = include;
  }

  /** Adds {@code caller.class}, {@code caller.method} and {@code caller.line}, which is slow. */
  public void setIncludeCaller(boolean include) {
    includeCaller = include;
  }

  private void attempt(Runnable setting) {
    try {
      setting.run();
    } catch (IllegalArgumentException ex) {
      addError(ex.getMessage());
    }
  }

  /** The counters of the events; null before the start. */
  public @Nullable ClientMetrics metrics() {
    LogCasterClient running = client;
    return (running != null) ? running.metrics() : null;
  }

  @Override
  public void start() {
    try {
      String pem = certificates;
      String store = trustStore;
      if (pem != null) {
        builder.tls(Path.of(pem));
      } else if (store != null) {
        String password = trustStorePassword;
        builder.tls(Path.of(store), (password != null) ? password.toCharArray() : new char[0]);
      } else if (tls) {
        builder.tls();
      }
      String directory = spool;
      if (directory != null) {
        builder.spool(Path.of(directory), spoolBytes);
      }
      client = builder.listener(new Troubles()).build();
      super.start();
    } catch (IllegalArgumentException | IllegalStateException ex) {
      addError("The appender '" + getName() + "' is not started: " + ex.getMessage(), ex);
    }
  }

  @Override
  public void stop() {
    super.stop();
    LogCasterClient running = client;
    if (running != null) {
      running.close();
      ClientMetrics metrics = running.metrics();
      if (metrics.dropped() > 0) {
        addWarn(metrics.dropped() + " events were dropped, " + metrics.acknowledged() + " stored");
      }
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    LogCasterClient running = client;
    if (running == null) {
      return;
    }
    RecordBuilder record =
        running
            .record()
            .time(event.getInstant())
            .level(event.getLevel().levelStr)
            .message(event.getFormattedMessage())
            .field("logger", event.getLoggerName());
    if (includeThread) {
      record.field("thread", event.getThreadName());
    }
    markers(event, record);
    if (includeMdc) {
      for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
        record.field(entry.getKey(), entry.getValue());
      }
    }
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        record.field(pair.key, pair.value);
      }
    }
    if (includeCaller && event.getCallerData().length > 0) {
      StackTraceElement caller = event.getCallerData()[0];
      record
          .field("caller.class", caller.getClassName())
          .field("caller.method", caller.getMethodName())
          .field("caller.line", caller.getLineNumber());
    }
    exception(event.getThrowableProxy(), record);
    try {
      record.send();
    } catch (QueueFullException ex) {
      // Counted as dropped and reported by the client's listener: logging never breaks its caller.
    }
  }

  private static void markers(ILoggingEvent event, RecordBuilder record) {
    List<Marker> markers = event.getMarkerList();
    if (markers != null && !markers.isEmpty()) {
      record.field(
          "marker", markers.stream().map(Marker::getName).collect(Collectors.joining(",")));
    }
  }

  private static void exception(@Nullable IThrowableProxy exception, RecordBuilder record) {
    if (exception != null) {
      record
          .field("exception.type", exception.getClassName())
          .field("exception.message", exception.getMessage())
          .field("exception.stacktrace", ThrowableProxyUtil.asString(exception));
    }
  }

  /** Tells Logback's status what its user must know, but not the same again and again. */
  private final class Troubles implements ClientListener {

    private static final long DROPS_EVERY_NANOS = 30_000_000_000L;

    private @Nullable String lastFailure;
    private long untold;
    private long toldAt = System.nanoTime() - DROPS_EVERY_NANOS;

    @Override
    public synchronized void connected(String server) {
      addInfo("Connected to " + server);
      lastFailure = null;
    }

    @Override
    public synchronized void failed(String server, String reason) {
      String failure = server + ": " + reason;
      if (!failure.equals(lastFailure)) {
        lastFailure = failure;
        addWarn("No connection to " + failure + "; events are kept and it is tried again");
      }
    }

    @Override
    public synchronized void dropped(long records, String reason) {
      untold += records;
      long now = System.nanoTime();
      if (now - toldAt >= DROPS_EVERY_NANOS) {
        toldAt = now;
        addWarn(untold + " events were dropped: " + reason);
        untold = 0;
      }
    }
  }
}
