package io.logcaster.storage.tier;

import io.logcaster.storage.segment.bytes.CheckedText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose a prefix is, so that two servers never change the same objects. The object {@code owner}
 * and the file {@link #FILE} among the records have the same token as long as the server with these
 * records is the owner. Each is a {@link CheckedText} with the lines
 *
 * <pre>
 * logcaster-tier-owner 1
 * name web-1                         of the server
 * token 89abcdef-…                   random, drawn when the prefix was taken
 * </pre>
 */
final class TierOwner {

  static final String FILE = "TIER";

  private static final String KEY = "owner";

  private static final String HEAD = "logcaster-tier-owner 1";

  private final TierObjects objects;
  private final String name;

  TierOwner(TierObjects objects, String name) {
    this.objects = objects;
    this.name = name;
  }

  private record Marker(String name, String token) {

    static Marker of(List<String> lines) {
      String name = "";
      String token = "";
      for (String line : lines) {
        String value = line.substring(line.indexOf(' ') + 1);
        name = line.startsWith("name ") ? value : name;
        token = line.startsWith("token ") ? value : token;
      }
      return new Marker(name, token);
    }

    List<String> lines() {
      return List.of("name " + name, "token " + token);
    }
  }

  private @Nullable Marker there() throws IOException {
    List<String> lines = objects.text(KEY, HEAD);
    return (lines == null) ? null : Marker.of(lines);
  }

  private static @Nullable Marker here(Path records) throws IOException {
    try {
      return Marker.of(CheckedText.read(records.resolve(FILE), HEAD));
    } catch (NoSuchFileException | CheckedText.CorruptTextException ex) {
      return null;
    }
  }

  /**
   * Makes sure that the prefix is that of the server with these records. Takes it if it is
   * nobody's.
   *
   * @param records the directory of the records
   * @throws TierOwnerException if another server has it
   */
  void check(Path records) throws IOException {
    Marker there = there();
    Marker here = here(records);
    if (there == null) {
      Marker taken = (here != null) ? here : new Marker(name, UUID.randomUUID().toString());
      if (here == null) {
        CheckedText.write(records, FILE, HEAD, taken.lines());
      }
      objects.putText(KEY, HEAD, taken.lines());
      // Of two servers that took it at the same time, one reads the other's token.
      there = there();
      here = taken;
    }
    if (there == null || here == null || !there.token().equals(here.token())) {
      throw foreign(there);
    }
  }

  /**
   * Takes over the prefix for a server whose disk is empty. Its name must be that of the owner.
   *
   * @param records the directory of its records
   * @return whether the prefix had an owner
   * @throws TierOwnerException if the owner has another name
   */
  boolean takeOver(Path records) throws IOException {
    Marker there = there();
    if (there == null) {
      return false;
    }
    if (!there.name().equals(name)) {
      throw foreign(there);
    }
    Marker taken = new Marker(name, UUID.randomUUID().toString());
    CheckedText.write(records, FILE, HEAD, taken.lines());
    objects.putText(KEY, HEAD, taken.lines());
    return true;
  }

  private TierOwnerException foreign(@Nullable Marker there) {
    return new TierOwnerException(
        ("The object storage below '%s' belongs to the server '%s' with other records: give each"
                + " server a logcaster.tier.prefix of its own. A server with an empty disk"
                + " continues there if its logcaster.tier.owner is '%s'")
            .formatted(
                objects.name(""),
                (there == null) ? "" : there.name(),
                (there == null) ? "" : there.name()));
  }
}
