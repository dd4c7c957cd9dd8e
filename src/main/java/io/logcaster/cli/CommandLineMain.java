package io.logcaster.cli;

import java.time.Clock;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands beside the server. */
@Command(
    name = "logcaster",
    description = {
      "A log server. Without a command it starts the server; settings are given as --name=value.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  logcaster --server.port=9000         starts the server",
      "  logcaster import /var/log/syslog     brings a file in, once",
      "  logcaster tail 'level:>=WARN'        shows what comes",
      "  logcaster query 'error' --start 1h   finds it again",
      "",
      "LOGCASTER_URL, LOGCASTER_TCP, LOGCASTER_TOKEN and LOGCASTER_USER in the environment say"
          + " which",
      "server the commands talk to, and as whom; see the help of each command.",
      "Exit codes: 0 done, 1 failed, 2 called wrongly."
    },
    versionProvider = VersionProvider.class,
    mixinStandardHelpOptions = true)
public final class CommandLineMain implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Flags that ask for no server. */
  private static final Set<String> FLAGS = Set.of("--help", "-h", "--version", "-V");

  private CommandLineMain() {}

  static CommandLine commands(Clock clock) {
    return new CommandLine(new CommandLineMain())
        .addSubcommand(new SendCommand())
        .addSubcommand(new TailCommand())
        .addSubcommand(new QueryCommand())
        .addSubcommand(new ImportCommand())
        .addSubcommand(new BenchCommand(clock))
        .addSubcommand(new SizeCommand())
        .addSubcommand(new CheckCommand())
        .addSubcommand(new RestoreCommand(clock))
        .addSubcommand(new CompletionCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new FailureHandler());
  }

  /**
   * Whether arguments ask for a command, not for the server. Any word does: a mistyped command must
   * not start a server.
   */
  public static boolean isMeant(String[] args) {
    return args.length > 0 && (!args[0].startsWith("-") || FLAGS.contains(args[0]));
  }

  /**
   * Runs a command.
   *
   * @return the exit code: 0 done, 1 failed, 2 called wrongly
   */
  public static int run(String[] args, Clock clock) {
    return commands(clock).execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command");
  }
}
