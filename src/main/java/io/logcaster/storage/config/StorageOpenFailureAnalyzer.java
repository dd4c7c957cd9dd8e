package io.logcaster.storage.config;

import io.logcaster.storage.FormatVersionException;
import io.logcaster.storage.tier.TierOwnerException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Advises what to do if the record storage cannot be opened. */
class StorageOpenFailureAnalyzer extends AbstractFailureAnalyzer<StorageOpenException> {

  private static final long MEGABYTE = 1 << 20;

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StorageOpenException cause) {
    if (cause.getCause() instanceof FormatVersionException version) {
      return new FailureAnalysis(
          version.getMessage() + ". Nothing was changed.", version.remedy(), cause);
    }
    if (cause.server() != null) {
      return new FailureAnalysis(
          cause.getMessage() + ". None is lost.",
          "See to it that "
              + cause.server()
              + " is up and accepts the user and the certificate of the settings"
              + " logcaster.storage.*, then start again.",
          cause);
    }
    if (cause.getCause() instanceof TierOwnerException owner) {
      return new FailureAnalysis(
          owner.getMessage() + ".",
          "Set logcaster.tier.prefix to a folder that no other server has, or logcaster.tier.owner"
              + " to that name if the other server is gone for good.",
          cause);
    }
    return new FailureAnalysis(
        "The records cannot be opened; none is lost: " + rootFailure + ".",
        "See to it that %s can be read and written and has room (%d MB are free), then start again."
            .formatted(cause.directory(), cause.directory().toFile().getUsableSpace() / MEGABYTE),
        cause);
  }
}
