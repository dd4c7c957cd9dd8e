package io.logcaster.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of tables in a shared control database are this node's own: what it counted of its
 * senders is no other node's business. Thread-safe.
 */
public final class NodeRows {

  /** How long rows of a node that does not come back are kept. */
  public static final int KEPT_DAYS = 30;

  private final @Nullable String name;
  private final @Nullable Path directory;
  private volatile @Nullable String key;

  /**
   * @param name the name in the settings, which stays when the machine is replaced; null without
   *     one
   * @param directory the data directory, whose identity is used without a name; null if the control
   *     database is this node's alone
   */
  public NodeRows(@Nullable String name, @Nullable Path directory) {
    this.name = name;
    this.directory = directory;
  }

  /** Rows of a control database that no other node has. */
  public static NodeRows alone() {
    return new NodeRows(null, null);
  }

  /** Whether other nodes may have rows in the same tables. */
  public boolean areShared() {
    return directory != null;
  }

  /** What the column {@code node} of own rows has; empty where all rows are own ones. */
  public String key() {
    String known = key;
    if (known == null) {
      known = find();
      key = known;
    }
    return known;
  }

  private String find() {
    if (directory == null) {
      return "";
    }
    if (name != null) {
      return name;
    }
    try {
      return NodeId.of(directory);
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }
}
