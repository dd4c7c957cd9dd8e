package io.logcaster.cli;

import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands beside the server. */
@Command(
    name = "logcaster",
    description =
        "A log server. Without a command it starts the server; settings are given as --name=value.",
    mixinStandardHelpOptions = true)
public final class CommandLineMain implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private CommandLineMain() {}

  private static CommandLine commands(Clock clock) {
    return new CommandLine(new CommandLineMain())
        .addSubcommand(new BenchCommand(clock))
        .addSubcommand(new CheckCommand())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Whether arguments ask for a command, not for the server. */
  public static boolean isMeant(String[] args, Clock clock) {
    if (args.length == 0) {
      return false;
    }
    if (args[0].startsWith("-")) { // a setting of the server: its start must not wait for picocli
      return args[0].equals("--help") || args[0].equals("-h");
    }
    return commands(clock).getSubcommands().containsKey(args[0]);
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
