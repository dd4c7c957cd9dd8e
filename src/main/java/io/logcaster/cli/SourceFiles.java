package io.logcaster.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files that names, directories and patterns stand for. */
final class SourceFiles {

  private SourceFiles() {}

  static boolean isUrl(String name) {
    return name.startsWith("http://") || name.startsWith("https://");
  }

  /**
   * The files of a name: the file itself, all files below a directory except hidden ones, or those
   * that match a pattern such as {@code logs/**}{@code /*.gz}.
   *
   * @throws CommandFailure if there is none
   */
  static List<Path> files(String name) throws IOException {
    Path path = Path.of(name);
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (Files.isDirectory(path)) {
      return below(path, "**", name);
    }
    int wild = firstWildcard(name);
    if (wild < 0) {
      throw new CommandFailure(name + ": no such file or directory");
    }
    int slash = name.lastIndexOf('/', wild);
    Path root = (slash < 0) ? Path.of("") : Path.of(name.substring(0, slash + 1));
    return below(root, name, name);
  }

  private static int firstWildcard(String name) {
    for (int i = 0; i < name.length(); i++) {
      if ("*?[{".indexOf(name.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<Path> below(Path root, String pattern, String name) throws IOException {
    PathMatcher matcher = matcher(pattern);
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(root) || root.toString().isEmpty()) {
      try (Stream<Path> entries = Files.walk(root)) {
        entries
            .filter((path) -> Files.isRegularFile(path) && matcher.matches(path))
            .filter((path) -> !isHidden(root, path))
            .sorted()
            .forEach(found::add);
      }
    }
    if (found.isEmpty()) {
      throw new CommandFailure(name + ": no files found");
    }
    return found;
  }

  /** As in shells and unlike Java, {@code **}{@code /} matches no directory as well. */
  private static PathMatcher matcher(String pattern) {
    FileSystem files = FileSystems.getDefault();
    PathMatcher deep = files.getPathMatcher("glob:" + pattern);
    PathMatcher flat = files.getPathMatcher("glob:" + pattern.replace("**/", ""));
    return (path) -> deep.matches(path) || flat.matches(path);
  }

  private static boolean isHidden(Path root, Path path) {
    for (Path part : root.relativize(path)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
