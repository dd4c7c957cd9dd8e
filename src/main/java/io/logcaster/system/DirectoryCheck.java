package io.logcaster.system;

import java.nio.file.Path;

/**
 * Looks at the data directory once it is locked and before any feature opens a file in it, and
 * throws where the server must not start. Changes nothing.
 */
@FunctionalInterface
public interface DirectoryCheck {

  void check(Path directory);
}
