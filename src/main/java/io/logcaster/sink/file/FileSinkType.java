package io.logcaster.sink.file;

import static io.logcaster.sink.SinkOption.choice;
import static io.logcaster.sink.SinkOption.optional;
import static io.logcaster.sink.SinkOption.required;

import io.logcaster.sink.Sink;
import io.logcaster.sink.SinkContext;
import io.logcaster.sink.SinkOption;
import io.logcaster.sink.SinkOptionType;
import io.logcaster.sink.SinkOptions;
import io.logcaster.sink.SinkType;
import io.logcaster.sink.text.RecordText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Writes files on this machine. */
public final class FileSinkType implements SinkType {

  private static final List<SinkOption> OPTIONS =
      List.of(
          required(
              "path", SinkOptionType.TEXT, "the file, such as app.log; others are named after it"),
          choice(
              "format",
              "json",
              List.of("json", "logfmt", "raw", "syslog"),
              "what a line is: a JSON object, logfmt, the message alone, or RFC 5424"),
          optional("rotateSize", SinkOptionType.SIZE, "100MB", "when a file is full; 0B for never"),
          optional(
              "rotateEvery",
              SinkOptionType.DURATION,
              null,
              "also after this time, such as 1h or 1d"),
          choice("compress", "none", List.of("none", "gzip", "zstd"), "how to pack full files"),
          optional("keepFiles", SinkOptionType.NUMBER, 0, "how many full files to keep; 0 for all"),
          optional("keepAge", SinkOptionType.DURATION, null, "how long to keep full files"),
          optional("keepSize", SinkOptionType.SIZE, null, "how large full files may be together"),
          optional(
              "sync",
              SinkOptionType.DURATION,
              null,
              "how often to sync to disk, 0s for each round; without it the system decides"),
          choice("writer", "buffered", List.of("buffered", "mapped"), "how to write"));

  @Override
  public String name() {
    return "file";
  }

  @Override
  public List<SinkOption> options() {
    return OPTIONS;
  }

  /** A file takes any number at once, and larger rounds cost less. */
  @Override
  public int batchSize() {
    return 10_000;
  }

  @Override
  public Sink open(SinkOptions options, SinkContext context) {
    Duration every = options.duration("rotateEvery");
    if (!every.isZero() && every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw SinkOptions.problem("rotateEvery", "must be at least 1s");
    }
    Path path = path(options.text("path"), context);
    FileRotation.Keeping keeping =
        new FileRotation.Keeping(
            options.text("compress"),
            options.number("keepFiles"),
            options.duration("keepAge"),
            options.size("keepSize"));
    FileSink.Manner manner =
        new FileSink.Manner(
            path,
            RecordText.of(options.text("format")),
            options.text("writer").equals("mapped"),
            options.size("rotateSize"),
            every,
            options.has("sync") ? options.duration("sync") : null);
    return new FileSink(manner, new FileRotation(path, keeping, context.clock()), context.clock());
  }

  /** Whoever may create sinks must not be able to write any file of this machine. */
  private static Path path(String text, SinkContext context) {
    Path base = context.files().toAbsolutePath().normalize();
    try {
      Path path = base.resolve(text).normalize();
      if (path.equals(base) || text.endsWith("/") || path.getFileName() == null) {
        throw SinkOptions.problem("path", "must name a file");
      }
      if (!path.startsWith(base) && !context.isTrusted()) {
        throw SinkOptions.problem(
            "path",
            "must lie below %s; set logcaster.sink-directory for another directory, or describe the sink in the settings"
                .formatted(base));
      }
      return path;
    } catch (InvalidPathException ex) {
      throw SinkOptions.problem("path", "is not a path: " + ex.getReason());
    }
  }
}
