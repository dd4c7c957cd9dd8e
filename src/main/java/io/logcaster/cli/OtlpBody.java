package io.logcaster.cli;

/** A push of OpenTelemetry's logs in protocol buffers: one resource, one scope, many records. */
final class OtlpBody implements BenchBody {

  private final ProtoWriter proto = new ProtoWriter();
  private final BenchLine line = new BenchLine();
  private final byte[] trace = new byte[16];

  @Override
  public String path() {
    return "/v1/logs";
  }

  @Override
  public String contentType() {
    return "application/x-protobuf";
  }

  @Override
  public int make(byte[] lines, int length) {
    proto.clear();
    int resourceLogs = proto.begin(1);
    int resource = proto.begin(1);
    attribute(1, "service.name", "bench");
    attribute(1, "host.name", "web-1");
    proto.end(resource);
    int scopeLogs = proto.begin(2);
    int scope = proto.begin(1);
    proto.text(1, "bench");
    proto.end(scope);
    int at = 0;
    while (at < length) {
      at = line.read(lines, at);
      int record = proto.begin(2);
      proto.fixed64(1, line.time);
      proto.number(2, severity(lines[line.levelFrom]));
      proto.text(3, lines, line.levelFrom, line.levelTo);
      int body = proto.begin(5);
      proto.text(1, lines, line.messageFrom, line.messageTo);
      proto.end(body);
      int app = proto.begin(6);
      proto.text(1, "component");
      int value = proto.begin(2);
      proto.text(1, lines, line.appFrom, line.appTo);
      proto.end(value);
      proto.end(app);
      int pid = proto.begin(6);
      proto.text(1, "process.pid");
      value = proto.begin(2);
      proto.number(3, line.pid);
      proto.end(value);
      proto.end(pid);
      for (int i = 0; i < trace.length; i++) {
        trace[i] = lines[line.traceFrom + i % (line.traceTo - line.traceFrom)];
      }
      proto.text(9, trace, 0, trace.length);
      proto.end(record);
    }
    proto.end(scopeLogs);
    proto.end(resourceLogs);
    return proto.length();
  }

  private void attribute(int field, String name, String text) {
    int pair = proto.begin(field);
    proto.text(1, name);
    int value = proto.begin(2);
    proto.text(1, text);
    proto.end(value);
    proto.end(pair);
  }

  private static int severity(byte first) {
    return switch (first) {
      case 'D' -> 5;
      case 'I' -> 9;
      case 'W' -> 13;
      default -> 17;
    };
  }

  @Override
  public byte[] bytes() {
    return proto.bytes();
  }
}
