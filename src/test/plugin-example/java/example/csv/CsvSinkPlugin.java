package example.csv;

import io.logcaster.plugin.PluginBatch;
import io.logcaster.plugin.PluginContext;
import io.logcaster.plugin.PluginOption;
import io.logcaster.plugin.PluginSink;
import io.logcaster.plugin.SinkPlugin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/**
 * The sink {@code csv}: appends the time, the level, one field and the message of each record to a
 * file.
 */
public final class CsvSinkPlugin implements SinkPlugin {

  @Override
  public String type() {
    return "csv";
  }

  @Override
  public List<PluginOption> options() {
    return List.of(
        PluginOption.required(
            "file", PluginOption.Type.TEXT, "Name of the file, in the sink's folder"),
        PluginOption.optional("field", PluginOption.Type.TEXT, "app", "Field of the third column"));
  }

  @Override
  public PluginSink open(PluginContext context) {
    String file = context.options().text("file");
    if (!file.matches("[A-Za-z0-9_-]+\\.csv")) {
      throw new IllegalArgumentException("file must be a name of letters and digits with .csv");
    }
    return new CsvSink(context.directory().resolve(file), context.options().text("field"));
  }

  private static final class CsvSink implements PluginSink {

    private final Path file;
    private final String field;
    private final StringBuilder round = new StringBuilder();

    CsvSink(Path file, String field) {
      this.file = file;
      this.field = field;
    }

    @Override
    public void begin(long position) {
      round.setLength(0); // what a failed round left
    }

    @Override
    public void write(PluginBatch batch) {
      for (int row = 0; row < batch.size(); row++) {
        long nanos = batch.time(row);
        round
            .append(Instant.ofEpochSecond(0, nanos))
            .append(',')
            .append(quoted(batch.value(row, "level")))
            .append(',')
            .append(quoted(batch.value(row, field)))
            .append(',')
            .append(quoted(batch.message(row)))
            .append('\n');
      }
    }

    private static String quoted(String value) {
      return '"' + value.replace("\"", "\"\"") + '"';
    }

    /** The round is on the disk when this returns, or not in the file. */
    @Override
    public void flush() throws IOException {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        long size = channel.size();
        try {
          ByteBuffer text = StandardCharsets.UTF_8.encode(round.toString());
          channel.position(size);
          while (text.hasRemaining()) {
            channel.write(text);
          }
          channel.force(true);
        } catch (IOException e) {
          channel.truncate(size);
          throw e;
        }
      }
      round.setLength(0);
    }
  }
}
