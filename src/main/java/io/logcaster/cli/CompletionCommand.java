package io.logcaster.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code logcaster completion}: prints a script for the completion of a shell. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in bash and zsh.",
    footerHeading = "%nExamples:%n",
    footer = "  source <(logcaster completion)",
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

  @Option(
      names = "--name",
      defaultValue = "logcaster",
      description = "The name of the command in the shell. Default: ${DEFAULT-VALUE}")
  private String name = "logcaster";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(AutoComplete.bash(name, spec.root().commandLine()));
    out.flush();
    return ExitCode.OK;
  }
}
