package io.logcaster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Downloads a file over HTTP, in parallel parts if the server supports ranges. A list beside the
 * file says which parts are complete, so that a later run fetches the rest.
 */
final class Download {

  /** Small enough to lose little in an interruption, large enough to be worth a request. */
  static final long PART = 8L << 20;

  private static final int ATTEMPTS = 6;

  private static final long FIRST_PAUSE_MILLIS = 250;

  private static final int BUFFER = 128 << 10;

  private static final Duration ANSWER = Duration.ofSeconds(60);

  /**
   * A file as its server describes it.
   *
   * @param length in bytes; -1 if unknown
   * @param version its ETag or time of change; empty without one
   * @param ranges whether the server supports ranges
   */
  record Remote(URI uri, long length, String version, boolean ranges) {

    /** Identifies this content. */
    String key() {
      return uri + "|" + version + "|" + length;
    }
  }

  private final HttpClient client;
  private final int connections;
  private final BooleanSupplier stopped;

  Download(HttpClient client, int connections, BooleanSupplier stopped) {
    this.client = client;
    this.connections = connections;
    this.stopped = stopped;
  }

  /** Asks about a file by its first byte, because not every server answers HEAD. */
  Remote look(URI uri) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(uri).timeout(ANSWER).header("Range", "bytes=0-0").build(),
            BodyHandlers.ofInputStream());
    response.body().close();
    if (response.statusCode() / 100 != 2) {
      throw new CommandFailure(uri + " answered " + response.statusCode());
    }
    String version =
        response
            .headers()
            .firstValue("ETag")
            .or(() -> response.headers().firstValue("Last-Modified"))
            .orElse("");
    if (response.statusCode() == 206) {
      String range = response.headers().firstValue("Content-Range").orElse("");
      String length = range.substring(range.lastIndexOf('/') + 1);
      if (length.matches("\\d{1,18}")) {
        // Without a version, the parts of two runs may not belong together.
        return new Remote(uri, Long.parseLong(length), version, !version.isEmpty());
      }
    }
    long length =
        (response.statusCode() == 200)
            ? response.headers().firstValueAsLong("Content-Length").orElse(-1)
            : -1;
    return new Remote(uri, length, version, false);
  }

  /**
   * Downloads a file.
   *
   * @return false if it was stopped before the end
   */
  boolean fetch(Remote remote, Path target, Progress progress)
      throws IOException, InterruptedException {
    if (Files.exists(target)) {
      return true;
    }
    Path partial = target.resolveSibling(target.getFileName() + ".part");
    boolean whole =
        (remote.ranges() && remote.length() > PART)
            ? parts(remote, partial, progress)
            : single(remote, partial, progress);
    if (whole) {
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(list(partial));
    }
    return whole;
  }

  private static Path list(Path partial) {
    return partial.resolveSibling(partial.getFileName() + "s");
  }

  private boolean single(Remote remote, Path partial, Progress progress)
      throws IOException, InterruptedException {
    try (FileChannel file = open(partial)) {
      file.truncate(0);
      return attempt(
          () -> {
            HttpRequest request = HttpRequest.newBuilder(remote.uri()).timeout(ANSWER).build();
            return copy(request, 200, file, 0, remote.length(), progress);
          });
    }
  }

  private boolean parts(Remote remote, Path partial, Progress progress)
      throws IOException, InterruptedException {
    int count = (int) ((remote.length() + PART - 1) / PART);
    BitSet there = read(remote, list(partial), count);
    for (int part = there.nextSetBit(0); part >= 0; part = there.nextSetBit(part + 1)) {
      progress.add(length(remote, part));
    }
    AtomicInteger next = new AtomicInteger();
    try (FileChannel file = open(partial);
        FileChannel list =
            FileChannel.open(list(partial), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(
            workers.submit(
                () -> {
                  boolean whole = true;
                  for (int part = next.getAndIncrement();
                      part < count && whole;
                      part = next.getAndIncrement()) {
                    if (!there.get(part)) {
                      whole = part(remote, part, file, progress);
                      if (whole) {
                        list.write(ByteBuffer.wrap((part + "\n").getBytes(StandardCharsets.UTF_8)));
                      }
                    }
                  }
                  return whole;
                }));
      }
      boolean whole = true;
      for (Future<Boolean> worker : running) {
        whole &= worker.get();
      }
      return whole;
    } catch (ExecutionException ex) {
      throw new IOException(FailureHandler.text(ex.getCause()), ex);
    }
  }

  private static long length(Remote remote, int part) {
    return Math.min(PART, remote.length() - part * PART);
  }

  /** The parts that an earlier run fetched of this content; starts a new list for other content. */
  private static BitSet read(Remote remote, Path list, int count) throws IOException {
    BitSet there = new BitSet(count);
    List<String> lines = Files.exists(list) ? Files.readAllLines(list) : List.of();
    if (lines.isEmpty() || !lines.get(0).equals(remote.key())) {
      Files.writeString(list, remote.key() + "\n");
      return there;
    }
    for (String line : lines.subList(1, lines.size())) {
      if (line.matches("\\d{1,9}") && Integer.parseInt(line) < count) {
        there.set(Integer.parseInt(line));
      }
    }
    return there;
  }

  private boolean part(Remote remote, int part, FileChannel file, Progress progress)
      throws IOException, InterruptedException {
    long from = part * PART;
    long length = length(remote, part);
    HttpRequest request =
        HttpRequest.newBuilder(remote.uri())
            .timeout(ANSWER)
            .header("Range", "bytes=" + from + "-" + (from + length - 1))
            .header("If-Range", remote.version())
            .build();
    return attempt(() -> copy(request, 206, file, from, length, progress));
  }

  /** One try of a transfer. */
  private interface Transfer {

    /** Returns false if it was stopped. */
    boolean run() throws IOException, InterruptedException;
  }

  private static boolean attempt(Transfer transfer) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return transfer.run();
      } catch (IOException ex) {
        if (attempt == ATTEMPTS) {
          throw ex;
        }
        Thread.sleep(FIRST_PAUSE_MILLIS << attempt);
      }
    }
  }

  private boolean copy(
      HttpRequest request,
      int expected,
      FileChannel file,
      long from,
      long length,
      Progress progress)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() == 200 && expected == 206) {
        throw new CommandFailure(request.uri() + " changed during the download; start again");
      }
      if (response.statusCode() / 100 == 4) {
        throw new CommandFailure(request.uri() + " answered " + response.statusCode());
      }
      if (response.statusCode() != expected) {
        throw new IOException(request.uri() + " answered " + response.statusCode());
      }
      byte[] buffer = new byte[BUFFER];
      long at = from;
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        if (stopped.getAsBoolean()) {
          return false;
        }
        ByteBuffer source = ByteBuffer.wrap(buffer, 0, count);
        while (source.hasRemaining()) {
          at += file.write(source, at);
        }
        progress.add(count);
      }
      if (length >= 0 && at - from != length) {
        progress.add(from - at);
        throw new IOException(
            request.uri() + " ended after " + (at - from) + " of " + length + " bytes");
      }
      return true;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }
}
