import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs npm scripts of the console: {@code Frontend.java <directory> <script>…}.
 *
 * <p>{@code Frontend.java <directory> begin <goals> <script>…} lets them run while the build goes on, if its goals get as far
 * as tests, and {@code Frontend.java <directory> end <script>…} waits for them, prints what they said and fails if one failed.
 *
 * <p>{@code npm ci} runs only when package-lock.json has changed since the last installation, and a script only when a file
 * of the console has changed since it last succeeded, so that repeated builds are quick.
 */
class Frontend {

  private static final boolean WINDOWS = File.separatorChar == '\\';
  private static final Set<String> NOT_SOURCES = Set.of("node_modules", "dist", "test-results", "playwright-report");
  private static final int NODE_MAJOR = 20;
  private static final String REACHES_TESTS = ".*(?<![-:\\w])(?:test|package|verify|install|deploy|integration-test)(?![-:\\w]).*";

  /** Files of scripts that run beside the build: their process, what they said, and whether one failed. */
  private static final String PID = "beside.pid";
  private static final String LOG = "beside.log";
  private static final String FAILED = "beside.failed";

  private final Path directory;
  private final Path marks;

  /** Whether this process runs scripts while the build goes on. */
  private boolean beside;

  Frontend(Path directory) {
    this.directory = directory;
    this.marks = directory.resolve("node_modules/.logcaster");
  }

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    if (!Files.exists(directory.resolve("package.json"))) {
      return;
    }
    Frontend frontend = new Frontend(directory);
    List<String> rest = Arrays.asList(args).subList(2, args.length);
    switch (args[1]) {
      case "begin" -> {
        if (rest.getFirst().matches(REACHES_TESTS)) {
          frontend.begin(rest.subList(1, rest.size()));
        }
      }
      case "beside" -> {
        frontend.beside = true;
        endWith(Long.parseLong(rest.getFirst()));
        frontend.run(rest.subList(1, rest.size()));
      }
      case "end" -> frontend.end(rest);
      default -> {
        frontend.requireNode();
        frontend.install();
        frontend.run(Arrays.asList(args).subList(1, args.length));
      }
    }
  }

  /** Starts a process for the scripts that outlives this one, but not the build. */
  private void begin(List<String> scripts) throws IOException {
    Optional<ProcessHandle> build = ProcessHandle.current().parent();
    if (build.isEmpty()) {
      return; // end() runs them
    }
    Files.createDirectories(marks);
    stopEarlier();
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        System.getProperty("jdk.launcher.sourcefile"), directory.toString(), "beside", String.valueOf(build.get().pid())));
    command.addAll(scripts);
    Process beside = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(marks.resolve(LOG).toFile())
        .start();
    Files.writeString(marks.resolve(PID), identity(beside.toHandle()));
  }

  /** Waits for what {@link #begin} started, and runs what it did not: all of it, if there was no such start. */
  private void end(List<String> scripts) throws Exception {
    Optional<ProcessHandle> beside = beside();
    if (beside.isPresent()) {
      beside.get().onExit().join();
    }
    Path log = marks.resolve(LOG);
    if (Files.exists(log)) {
      System.out.print(Files.readString(log));
      System.out.flush();
      Files.delete(log);
    }
    Files.deleteIfExists(marks.resolve(PID));
    if (Files.deleteIfExists(marks.resolve(FAILED))) {
      fail("Tests of the console failed; see above.");
    }
    requireNode();
    install();
    run(scripts);
  }

  private void stopEarlier() throws IOException {
    beside().ifPresent((process) -> {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.onExit().join();
    });
    for (String name : List.of(PID, LOG, FAILED)) {
      Files.deleteIfExists(marks.resolve(name));
    }
  }

  /** The process of the scripts, if it still runs. */
  private Optional<ProcessHandle> beside() throws IOException {
    Path file = marks.resolve(PID);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String identity = Files.readString(file);
    return ProcessHandle.of(Long.parseLong(identity.substring(0, identity.indexOf(' '))))
        .filter((process) -> identity(process).equals(identity));
  }

  /** Numbers of processes are used again. */
  private static String identity(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Object::toString).orElse("");
  }

  /** Ends this process and its scripts with the build, which may be interrupted. */
  private static void endWith(long build) {
    Runnable end = () -> {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
      Runtime.getRuntime().halt(1);
    };
    ProcessHandle.of(build).ifPresentOrElse((process) -> process.onExit().thenRun(end), end);
  }

  private void requireNode() throws IOException, InterruptedException {
    String version;
    try {
      Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
      version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      node.waitFor();
    } catch (IOException e) {
      version = "none";
    }
    if (!version.matches("v\\d+\\..*")
        || Integer.parseInt(version.substring(1, version.indexOf('.'))) < NODE_MAJOR) {
      fail("The console needs Node " + NODE_MAJOR + " or later on the PATH (found: " + version
          + "). Install it, or build without the console: -DskipFrontend");
    }
  }

  private void install() throws Exception {
    String wanted = digest(List.of(directory.resolve("package-lock.json")));
    if (!upToDate("install", wanted)) {
      String error = npm("ci", "--no-audit", "--no-fund");
      if (!error.isEmpty()) {
        fail(error);
      }
      mark("install", wanted);
    }
  }

  /** Runs scripts side by side, two at a time, since each of them mostly uses a single core. */
  private void run(List<String> scripts) throws Exception {
    String wanted = digest(sources());
    List<Future<String>> failures = new ArrayList<>();
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      for (String script : scripts) {
        boolean outputThere = !script.equals("build") || Files.exists(directory.resolve("dist/index.html"));
        if (!outputThere || !upToDate(script, wanted)) {
          failures.add(two.submit(() -> run(script, wanted)));
        }
      }
    }
    for (Future<String> failure : failures) {
      if (!failure.get().isEmpty()) {
        if (beside) {
          Files.writeString(marks.resolve(FAILED), failure.get());
        }
        fail(failure.get());
      }
    }
  }

  /** Returns an error, or an empty text. */
  private String run(String script, String wanted) throws Exception {
    String error = npm("run", script);
    if (error.isEmpty()) {
      mark(script, wanted);
    }
    return error;
  }

  /** Prints the output in one piece when the command is over, and returns an error or an empty text. */
  private String npm(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(WINDOWS ? List.of("cmd", "/c", "npm") : List.of("npm"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("CI", "true");
    Process npm = builder.start();
    npm.getOutputStream().close();
    String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = npm.waitFor();
    synchronized (this) {
      System.out.print(output);
      System.out.flush();
    }
    return exit == 0
        ? ""
        : "npm " + String.join(" ", arguments) + " failed in " + directory.getFileName() + "/ (exit " + exit + ")";
  }

  private List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(directory, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
        return NOT_SOURCES.contains(dir.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        files.add(file);
        return FileVisitResult.CONTINUE;
      }
    });
    return files;
  }

  private String digest(List<Path> files) throws IOException, NoSuchAlgorithmException {
    TreeMap<String, Path> sorted = new TreeMap<>();
    files.forEach(f -> sorted.put(directory.relativize(f).toString(), f));
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    for (var file : sorted.entrySet()) {
      sha.update(file.getKey().getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      if (Files.exists(file.getValue())) {
        sha.update(Files.readAllBytes(file.getValue()));
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private boolean upToDate(String step, String wanted) throws IOException {
    Path mark = marks.resolve(step);
    return Files.exists(mark) && Files.readString(mark).equals(wanted);
  }

  private void mark(String step, String digest) throws IOException {
    Files.createDirectories(marks);
    Files.writeString(marks.resolve(step), digest);
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}
