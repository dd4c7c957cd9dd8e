package io.logcaster.nodes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The identity of a node's disk: a file in the data directory. What is known of the records on it
 * belongs to the disk, not to the machine.
 */
public final class NodeId {

  public static final String FILE = "NODE";

  private static final int LENGTH = 12;

  private NodeId() {}

  /** Reads the identity; a new data directory gets a new one. */
  public static String of(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    try {
      String known = Files.readString(file).strip();
      if (known.matches("[0-9a-z]{1,32}")) {
        return known;
      }
      throw new IOException(file + " does not contain the identity of a node");
    } catch (NoSuchFileException ex) {
      String id = UUID.randomUUID().toString().replace("-", "").substring(0, LENGTH);
      Path draft = directory.resolve(FILE + ".new");
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
        folder.force(true);
      }
      return id;
    }
  }
}
