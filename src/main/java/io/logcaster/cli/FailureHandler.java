package io.logcaster.cli;

import io.logcaster.system.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints in one line why a command failed; only unexpected failures get a stack trace. */
final class FailureHandler implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult arguments) {
    PrintWriter err = commandLine.getErr();
    Throwable cause =
        (failure instanceof ExecutionException && failure.getCause() != null)
            ? failure.getCause()
            : failure;
    if (cause instanceof CommandFailure || cause instanceof IOException) {
      err.println(commandLine.getCommandSpec().qualifiedName() + ": " + text(cause));
    } else if (cause instanceof InterruptedException) {
      err.println(commandLine.getCommandSpec().qualifiedName() + ": interrupted");
    } else {
      cause.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }

  /** What went wrong; a refused connection has no message of its own. */
  static String text(@Nullable Throwable cause) {
    if (cause == null) {
      return "unknown reason";
    }
    if (cause instanceof ConnectException) {
      return "no answer: is the server running?";
    }
    String message = cause.getMessage();
    return (message == null || message.isBlank())
        ? cause.getClass().getSimpleName()
        : Printable.of(message);
  }
}
