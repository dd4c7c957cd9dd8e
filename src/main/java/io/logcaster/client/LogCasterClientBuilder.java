package io.logcaster.client;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Configures a {@link LogCasterClient}; every setting has a default. */
public final class LogCasterClientBuilder {

  /**
   * The gap in the sequence after batches left in a spool. A power failure may erase sent batches
   * from the spool; their sequences must not be reused, and there are fewer of them than this.
   */
  private static final long SPOOL_GAP = 1 << 16;

  private static final int MIN_BATCH = 1 << 10;

  /** Leaves room for the random part in the 128 bytes that a server remembers. */
  private static final int MAX_NAME = 80;

  private final List<ServerAddress> servers = new ArrayList<>();
  private final Json fields = new Json();
  private String name = "java";
  private @Nullable String clientId;
  private long firstSequence = 1;
  private @Nullable String token;
  private @Nullable SSLContext tls;
  private int batchBytes = 256 << 10;
  private Duration linger = Duration.ofMillis(100);
  private long queueBytes = 32L << 20;
  private Overflow overflow = Overflow.DROP_NEWEST;
  private int window = 16;
  private Duration firstRetry = Duration.ofMillis(100);
  private Duration maxRetry = Duration.ofSeconds(30);
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration ackTimeout = Duration.ofSeconds(60);
  private Duration closeTimeout = Duration.ofSeconds(10);
  private @Nullable Path spool;
  private long spoolBytes = 1L << 30;
  private int recordsPerSecond;
  private ClientListener listener = new ClientListener() {};
  private InstantSource clock = InstantSource.system();

  LogCasterClientBuilder() {}

  /** Adds a server: {@code host} or {@code host:port}. If one fails, the next is tried. */
  public LogCasterClientBuilder server(String address) {
    return server(ServerAddress.parse(address));
  }

  public LogCasterClientBuilder server(ServerAddress address) {
    servers.add(address);
    return this;
  }

  /** Sets the name by which the server knows the client; a random suffix is added to it. */
  public LogCasterClientBuilder name(String name) {
    String plain = name.replaceAll("[^!-~]", "_"); // it appears in file headers and logs
    this.name = plain.substring(0, Math.min(MAX_NAME, plain.length()));
    return this;
  }

  /**
   * Sets the complete name and the first sequence. For importers that send the same batches with
   * the same sequences in every run: the server stores none of them twice. Other data sent under a
   * used name and sequence is lost.
   */
  public LogCasterClientBuilder resumable(String clientId, long firstSequence) {
    this.clientId = clientId;
    this.firstSequence = firstSequence;
    return this;
  }

  /** Sets the token that the server requires. */
  public LogCasterClientBuilder token(@Nullable String token) {
    this.token = token;
    return this;
  }

  /** Uses TLS and trusts the certificate authorities of the Java installation. */
  public LogCasterClientBuilder tls() {
    try {
      return tls(SSLContext.getDefault());
    } catch (NoSuchAlgorithmException ex) {
      throw new IllegalStateException("This Java has no TLS", ex);
    }
  }

  /**
   * Uses TLS and trusts the certificates of a PEM file.
   *
   * @throws IllegalArgumentException if the file cannot be used
   */
  public LogCasterClientBuilder tls(Path pem) {
    try {
      return tls(Trust.ofPem(pem));
    } catch (IOException | GeneralSecurityException ex) {
      throw new IllegalArgumentException("No certificates can be read from " + pem, ex);
    }
  }

  /**
   * Uses TLS and trusts the certificates of a key store.
   *
   * @throws IllegalArgumentException if it cannot be used
   */
  public LogCasterClientBuilder tls(Path trustStore, char[] password) {
    try {
      return tls(Trust.ofStore(trustStore, password));
    } catch (IOException | GeneralSecurityException ex) {
      throw new IllegalArgumentException("The key store " + trustStore + " cannot be read", ex);
    }
  }

  public LogCasterClientBuilder tls(SSLContext context) {
    tls = context;
    return this;
  }

  /** Sets the size in bytes at which a batch is sent; by default 256 KB, at most 1 MB. */
  public LogCasterClientBuilder batchBytes(int bytes) {
    require(bytes >= MIN_BATCH && bytes <= Frames.MAX_PAYLOAD, "batchBytes", "1 KB to 1 MB");
    batchBytes = bytes;
    return this;
  }

  /** Sets how long a record may wait for others to be sent with it; by default 100 ms. */
  public LogCasterClientBuilder linger(Duration duration) {
    require(!duration.isNegative(), "linger", "not negative");
    linger = duration;
    return this;
  }

  /** Sets the maximum size of unacknowledged records in memory, in bytes; by default 32 MB. */
  public LogCasterClientBuilder queueBytes(long bytes) {
    queueBytes = bytes;
    return this;
  }

  /**
   * Sets what happens when the queue, or the spool if there is one, is full; by default
   * DROP_NEWEST.
   */
  public LogCasterClientBuilder overflow(Overflow overflow) {
    this.overflow = overflow;
    return this;
  }

  /** Sets the maximum number of batches in flight; by default 16. */
  public LogCasterClientBuilder window(int batches) {
    require(batches > 0, "window", "at least 1");
    window = batches;
    return this;
  }

  /**
   * Sets the delay after the first failure, which doubles with each further one, and its maximum;
   * by default 100 ms and 30 s.
   */
  public LogCasterClientBuilder retry(Duration first, Duration max) {
    require(!first.isNegative() && first.compareTo(max) <= 0, "retry", "first no longer than max");
    firstRetry = first;
    maxRetry = max;
    return this;
  }

  /** Sets the timeout for establishing a connection, including TLS; by default 10 s. */
  public LogCasterClientBuilder connectTimeout(Duration timeout) {
    require(timeout.toMillis() > 0, "connectTimeout", "at least 1 ms");
    connectTimeout = timeout;
    return this;
  }

  /**
   * Sets how long to wait for an acknowledgement before a connection is abandoned; by default 60 s.
   */
  public LogCasterClientBuilder ackTimeout(Duration timeout) {
    ackTimeout = timeout;
    return this;
  }

  /**
   * Sets how long {@link LogCasterClient#close()} waits for the last acknowledgements; by default
   * 10 s.
   */
  public LogCasterClientBuilder closeTimeout(Duration timeout) {
    closeTimeout = timeout;
    return this;
  }

  /**
   * Also keeps unacknowledged records in files, so that they survive the end of the program and
   * long server outages. Only one client at a time may use a directory.
   *
   * @param maxBytes the maximum total size of the files, at least 1 MB
   */
  public LogCasterClientBuilder spool(Path directory, long maxBytes) {
    require(maxBytes >= Frames.MAX_PAYLOAD, "spool", "at least 1 MB");
    spool = directory;
    spoolBytes = maxBytes;
    return this;
  }

  /** Limits the number of records sent per second; by default 0, which means no limit. */
  public LogCasterClientBuilder rateLimit(int recordsPerSecond) {
    require(recordsPerSecond >= 0, "rateLimit", "not negative");
    this.recordsPerSecond = recordsPerSecond;
    return this;
  }

  /** Adds a field to every record that this client builds, such as {@code app} or {@code host}. */
  public LogCasterClientBuilder field(String name, String value) {
    fields.raw((byte) ',');
    fields.string(name);
    fields.raw((byte) ':');
    fields.string(value);
    require(fields.length() <= 2_048, "field", "at most 2 KB for all fields together");
    return this;
  }

  public LogCasterClientBuilder listener(ClientListener listener) {
    this.listener = listener;
    return this;
  }

  /** Sets the source of the records' time; by default the system clock. */
  public LogCasterClientBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  private static void require(boolean holds, String setting, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(setting + " must be " + expected);
    }
  }

  /**
   * Starts a client. It connects when there is something to send.
   *
   * @throws IllegalStateException if the spool cannot be used
   */
  public LogCasterClient build() {
    require(queueBytes >= 2L * batchBytes, "queueBytes", "at least two batches");
    Spool opened = null;
    List<Batch> recovered = List.of();
    String id = (clientId != null) ? clientId : name + "-" + UUID.randomUUID();
    long sequence = firstSequence;
    Path directory = spool;
    if (directory != null) {
      try {
        opened = Spool.open(directory, spoolBytes);
        recovered = opened.recover();
      } catch (IOException ex) {
        throw new IllegalStateException("The spool cannot be used: " + ex.getMessage(), ex);
      }
      String before = opened.clientId();
      if (before != null && !recovered.isEmpty()) {
        id = before;
        sequence = recovered.get(recovered.size() - 1).sequence + SPOOL_GAP;
      }
    }
    ClientOptions options =
        new ClientOptions(
            servers.isEmpty()
                ? List.of(new ServerAddress("127.0.0.1", ServerAddress.DEFAULT_PORT))
                : List.copyOf(servers),
            id,
            sequence,
            token,
            tls,
            batchBytes,
            linger,
            queueBytes,
            overflow,
            window,
            firstRetry,
            maxRetry,
            connectTimeout,
            ackTimeout,
            spoolBytes,
            recordsPerSecond,
            new GuardedListener(listener));
    byte[] constants = Arrays.copyOf(fields.bytes(), fields.length());
    return new LogCasterClient(options, opened, recovered, constants, clock, closeTimeout).start();
  }
}
