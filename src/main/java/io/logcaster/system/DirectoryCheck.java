package io.logcaster.system;

import java.nio.file.Path;

/**
 * Inspects the data directory after it is locked and before any feature opens a file in it. Throws
 * if the server must not start. Changes nothing.
 */
@FunctionalInterface
public interface DirectoryCheck {

  void check(Path directory);
}
