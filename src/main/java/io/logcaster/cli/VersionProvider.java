package io.logcaster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this jar, as the build has noted it. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in =
        VersionProvider.class.getResourceAsStream("/META-INF/build-info.properties")) {
      if (in != null) {
        build.load(in);
      }
    }
    return new String[] {
      "LogCaster " + build.getProperty("build.version", "(not built by Maven)"),
      "Java " + Runtime.version()
    };
  }
}
