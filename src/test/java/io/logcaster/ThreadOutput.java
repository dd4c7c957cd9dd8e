package io.logcaster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What the thread that makes it prints until it is closed; what others print meanwhile is not in
 * it.
 */
final class ThreadOutput implements AutoCloseable {

  private final Thread thread = Thread.currentThread();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  ThreadOutput() {
    System.setOut(new PrintStream(new Copy(out), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Copy(err), true, StandardCharsets.UTF_8));
  }

  String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
  }

  private final class Copy extends OutputStream {

    private final OutputStream target;

    Copy(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      target.write(bytes, offset, length);
      if (Thread.currentThread().equals(thread)) {
        printed.write(bytes, offset, length);
      }
    }
  }
}
