package io.logcaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends what is added to a file, across rotation: a renamed file is read to its end before the new
 * file of that name; a truncated file is read from its start.
 */
final class FileFollower implements Runnable {

  /** How often a file is checked, in milliseconds. */
  private static final long LOOK_MILLIS = 200;

  /** How long to wait for the rest of a line of which only parts were written, in looks. */
  private static final int LOOKS_FOR_PARTS = 25;

  private final FileFeed feed;
  private final Path path;
  private final boolean fromEnd;

  FileFollower(FileFeed feed, Path path, boolean fromEnd) {
    this.feed = feed;
    this.path = path;
    this.fromEnd = fromEnd;
  }

  @Override
  public void run() {
    boolean first = true;
    boolean missing = false;
    try {
      sendRenamed();
      while (!feed.isStopped()) {
        try (LogFile file = LogFile.open(path)) {
          missing = false;
          follow(file, first && fromEnd);
          first = false;
        } catch (NoSuchFileException ex) {
          if (!missing) {
            feed.trouble(path + ": no such file yet; waiting for it");
          }
          missing = true;
          first = false; // a file that appears later is new
          Thread.sleep(LOOK_MILLIS);
        }
      }
    } catch (IOException ex) {
      feed.trouble(path + ": " + FailureHandler.text(ex));
      feed.stop();
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends the rest of files that this one was renamed to between two runs. */
  private void sendRenamed() throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    String name = String.valueOf(path.getFileName());
    if (directory == null || !Files.isDirectory(directory)) {
      return;
    }
    List<Path> siblings;
    try (Stream<Path> entries = Files.list(directory)) {
      siblings =
          entries
              .filter(Files::isRegularFile)
              .filter((entry) -> String.valueOf(entry.getFileName()).startsWith(name))
              .filter((entry) -> !String.valueOf(entry.getFileName()).equals(name))
              .toList();
    }
    for (Path sibling : siblings) {
      try (LogFile file = LogFile.open(sibling)) {
        long sent = feed.sentOf(file);
        if (sent >= 0 && !file.isPacked() && sent < file.size()) {
          try (FeedSession session = feed.open(file, file.key())) {
            session.send(file.size(), (position) -> {});
          }
        }
      }
    }
  }

  /** Follows one file until it is renamed, truncated or the feed stops. */
  private void follow(LogFile file, boolean atEnd) throws IOException, InterruptedException {
    try (FeedSession session =
        atEnd ? feed.openAtEnd(file, file.key()) : feed.open(file, file.key())) {
      long known = -1;
      int looks = 0;
      while (!feed.isStopped()) {
        long size = file.size();
        looks = (size == known) ? looks + 1 : 0;
        known = size;
        if (size < session.state().offset()) {
          return; // truncated: the caller opens it again from its start
        }
        boolean replaced = isReplaced(file);
        // The last line of a replaced file will not be completed.
        long end = replaced ? size : file.endOfLines(size);
        if (!replaced && looks < LOOKS_FOR_PARTS && end > session.state().offset()) {
          end = file.endOfWholeLines(end);
        }
        if (end > session.state().offset()) {
          session.send(end, (position) -> {});
        } else if (replaced) {
          return;
        } else {
          Thread.sleep(LOOK_MILLIS);
        }
      }
    }
  }

  private static boolean isReplaced(LogFile file) throws IOException {
    try {
      return !file.isInPlace();
    } catch (NoSuchFileException ex) {
      return false; // renamed without a new file yet: the old one may still grow
    }
  }
}
