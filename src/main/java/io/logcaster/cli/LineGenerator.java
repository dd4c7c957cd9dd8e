package io.logcaster.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes log lines like those of a small web shop: a dozen programs on twenty hosts, each with its
 * own messages, whose numbers, ids, addresses and durations change from line to line.
 */
final class LineGenerator extends LineSource {

  /** No line is longer. */
  private static final int MAX_LINE = 1_024;

  private static final int HOSTS = 20;

  private static final byte[] NO_ID_NO_DATA = ascii(" - - ");
  private static final byte[] TEN_DOT = ascii("10.");
  private static final byte[] HOST_NAME = ascii("web-");
  private static final byte[] TIME_KEY = ascii("{\"_time\":\"");
  private static final byte[] LEVEL_KEY = ascii("\",\"level\":\"");
  private static final byte[] HOST_KEY = ascii("\",\"host\":\"");
  private static final byte[] APP_KEY = ascii("\",\"app\":\"");
  private static final byte[] PID_KEY = ascii("\",\"pid\":");
  private static final byte[] TRACE_KEY = ascii(",\"trace_id\":\"");
  private static final byte[] MESSAGE_KEY = ascii("\",\"_msg\":\"");
  private static final byte[][] LEVEL_BYTES = {
    ascii("DEBUG"), ascii("INFO"), ascii("WARN"), ascii("ERROR")
  };
  private static final byte[][] PADDED_LEVELS = {
    ascii("DEBUG"), ascii("INFO "), ascii("WARN "), ascii("ERROR")
  };

  private static final String[] LEVELS = {"DEBUG", "INFO", "WARN", "ERROR"};

  /** syslog's numbers of {@link #LEVELS}, with facility local0. */
  private static final int[] PRIORITIES = {135, 134, 132, 131};

  /**
   * Messages by program: {@code app|level|message}. {@code #n} is a number below 10^n, {@code %n} n
   * hexadecimal digits, {@code @} an address, {@code ~} a duration in milliseconds, {@code $} a
   * user's name.
   */
  private static final String[] MESSAGES = {
    "gateway|INFO|GET /api/items/#5 200 ~ ms from @ request %8",
    "gateway|INFO|POST /api/cart/#4/items 201 ~ ms from @ request %8",
    "gateway|WARN|upstream catalog answered 503 after ~ ms, retry #1 of 3, request %8",
    "gateway|ERROR|upstream orders timed out after #4 ms, request %8",
    "orders|INFO|order #7 placed by $ with #1 items, total #3.#2 EUR, trace %16",
    "orders|INFO|order #7 moved from PAID to SHIPPED, trace %16",
    "orders|ERROR|payment for order #7 declined: card ending #4, code #2, trace %16",
    "auth|INFO|login of $ from @ succeeded, session %12",
    "auth|WARN|login of $ from @ failed: bad password, attempt #1",
    "auth|DEBUG|token %16 of $ refreshed, valid for #4 s",
    "catalog|INFO|search for sku-#5 found #2 products in ~ ms",
    "catalog|DEBUG|cache miss for product #6, loaded in ~ ms",
    "stock|INFO|sku-#5 in warehouse #1 now #3 pieces",
    "stock|WARN|sku-#5 below minimum: #1 pieces left",
    "mail|INFO|message <%16@example.com> queued for $@example.org, size #5",
    "mail|ERROR|connect to mx#1.example.org[@]:25: connection timed out",
    "postgres|INFO|checkpoint complete: wrote #4 buffers, write=~ s, sync=~ s, total=~ s",
    "postgres|DEBUG|duration: ~ ms execute S_#1: select * from orders where customer_id = #6",
    "sshd|INFO|Accepted publickey for $ from @ port #5 ssh2: ED25519 SHA256:%16",
    "sshd|WARN|Failed password for invalid user $ from @ port #5 ssh2",
    "kernel|INFO|eth0: link up, #4 Mbps, full duplex, flow control rx/tx",
    "kernel|WARN|TCP: request_sock_TCP: possible SYN flooding on port #4, sending cookies",
    "cron|INFO|(root) CMD (/usr/local/bin/rotate --keep #2 /var/log/shop)",
    "worker|INFO|job %8 of type invoice finished in ~ ms, #3 rows",
  };

  private static final String[] USERS = {
    "anna", "bela", "carl", "dana", "emil", "fred", "gina", "hugo", "ines", "jana", "kurt", "lena"
  };

  /** A message cut into fixed text and what varies. */
  private static final class Message {

    final byte[] app;
    final int level;
    final byte[][] text;
    final char[] kinds;
    final int[] sizes;

    Message(byte[] app, int level, byte[][] text, char[] kinds, int[] sizes) {
      this.app = app;
      this.level = level;
      this.text = text;
      this.kinds = kinds;
      this.sizes = sizes;
    }
  }

  private final Message[] messages;
  private final byte[][] users;

  /** The message of the current line, and the host that it comes from. */
  private Message message;

  private int host;

  LineGenerator(Format format, long seed, long startNanos, String mark) {
    super(format, seed, startNanos, mark);
    this.users = new byte[USERS.length][];
    for (int i = 0; i < USERS.length; i++) {
      users[i] = ascii(USERS[i]);
    }
    this.messages = new Message[MESSAGES.length];
    for (int i = 0; i < MESSAGES.length; i++) {
      messages[i] = compile(MESSAGES[i]);
    }
    this.message = messages[0];
  }

  private static Message compile(String line) {
    String[] parts = line.split("\\|", 3);
    List<byte[]> text = new ArrayList<>();
    StringBuilder kinds = new StringBuilder();
    List<Integer> sizes = new ArrayList<>();
    StringBuilder fixed = new StringBuilder();
    String message = parts[2];
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      boolean sized = c == '#' || c == '%';
      boolean varies =
          sized || c == '~' || c == '$' || (c == '@' && !message.startsWith("@example", i));
      if (varies) {
        text.add(ascii(fixed.toString()));
        fixed.setLength(0);
        int digits = i + 1;
        while (sized && digits < message.length() && Character.isDigit(message.charAt(digits))) {
          digits++;
        }
        kinds.append(c);
        sizes.add(sized ? Integer.parseInt(message.substring(i + 1, digits)) : 0);
        i = sized ? digits - 1 : i;
      } else {
        fixed.append(c);
      }
    }
    text.add(ascii(fixed.toString()));
    return new Message(
        ascii(parts[0]),
        List.of(LEVELS).indexOf(parts[1]),
        text.toArray(byte[][]::new),
        kinds.toString().toCharArray(),
        sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  int maxLine() {
    return MAX_LINE;
  }

  @Override
  void choose() {
    message = messages[below(messages.length)];
    host = below(HOSTS);
  }

  @Override
  int raw(byte[] target, int start) {
    int at = time(target, start);
    target[at++] = ' ';
    at = put(PADDED_LEVELS[message.level], target, at);
    target[at++] = ' ';
    return marked(text(target, at), target);
  }

  @Override
  int syslog(byte[] target, int start) {
    int at = start;
    target[at++] = '<';
    at = decimal(PRIORITIES[message.level], target, at);
    target[at++] = '>';
    target[at++] = '1';
    target[at++] = ' ';
    at = time(target, at);
    target[at++] = ' ';
    at = host(target, at);
    target[at++] = ' ';
    at = put(message.app, target, at);
    target[at++] = ' ';
    at = decimal(1_000 + host * 7L, target, at);
    at = put(NO_ID_NO_DATA, target, at);
    return marked(text(target, at), target);
  }

  @Override
  int json(byte[] target, int start) {
    int at = put(TIME_KEY, target, start);
    at = time(target, at);
    at = put(LEVEL_KEY, target, at);
    at = put(LEVEL_BYTES[message.level], target, at);
    at = put(HOST_KEY, target, at);
    at = host(target, at);
    at = put(APP_KEY, target, at);
    at = put(message.app, target, at);
    at = put(PID_KEY, target, at);
    at = decimal(1_000 + host * 7L, target, at);
    at = put(TRACE_KEY, target, at);
    at = hex(16, target, at);
    at = put(MESSAGE_KEY, target, at);
    at = marked(text(target, at), target);
    target[at++] = '"';
    target[at++] = '}';
    return at;
  }

  private int text(byte[] target, int start) {
    int at = put(message.text[0], target, start);
    for (int i = 0; i < message.kinds.length; i++) {
      int size = message.sizes[i];
      at =
          switch (message.kinds[i]) {
            case '#' -> decimal(digits(size), target, at);
            case '%' -> hex(size, target, at);
            case '@' -> address(target, at);
            case '$' -> put(users[below(users.length)], target, at);
            default -> duration(target, at);
          };
      at = put(message.text[i + 1], target, at);
    }
    return at;
  }

  private long digits(int size) {
    long bound = 1;
    for (int i = 0; i < size; i++) {
      bound *= 10;
    }
    return Long.remainderUnsigned(next(), bound);
  }

  private int address(byte[] target, int start) {
    long bits = next();
    int at = put(TEN_DOT, target, start);
    at = decimal(bits & 15, target, at);
    target[at++] = '.';
    at = decimal(bits >>> 8 & 255, target, at);
    target[at++] = '.';
    return decimal(bits >>> 16 & 255, target, at);
  }

  /** Mostly short, sometimes long, as response times are. */
  private int duration(byte[] target, int start) {
    long bits = next();
    long tenths = (bits & 0xff) + (((bits >>> 8 & 15) == 0) ? bits >>> 12 & 0x3fff : 0);
    int at = decimal(tenths / 10, target, start);
    target[at++] = '.';
    target[at++] = (byte) ('0' + tenths % 10);
    return at;
  }

  private int host(byte[] target, int start) {
    int at = put(HOST_NAME, target, start);
    target[at++] = (byte) ('0' + host / 10);
    target[at++] = (byte) ('0' + host % 10);
    return at;
  }
}
