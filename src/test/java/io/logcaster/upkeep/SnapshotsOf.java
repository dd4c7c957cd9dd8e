package io.logcaster.upkeep;

import io.logcaster.storage.LogStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Snapshots of a storage without a server, for other features. */
public final class SnapshotsOf {

  private SnapshotsOf() {}

  /** Snapshots with a control database that is empty. */
  public static Snapshots storage(Path directory, LogStorage storage, Clock clock)
      throws IOException {
    JdbcDataSource control = new JdbcDataSource();
    control.setUrl("jdbc:h2:" + directory.resolveSibling("control"));
    return new Snapshots(directory, storage, JdbcClient.create(control), clock);
  }

  /** Snapshots of a node that shares its control database with others. */
  public static Snapshots withoutControl(Path directory, LogStorage storage, Clock clock)
      throws IOException {
    return new Snapshots(directory, storage, null, clock);
  }
}
