package io.logcaster.plugin.host;

import io.logcaster.plugin.SinkPlugin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one plug-in. It sees the JDK, the API of plug-ins and its own jars; neither
 * the server's classes and libraries, whose versions are the server's business, nor other plug-ins.
 */
final class PluginClassLoader extends URLClassLoader {

  private static final String API = SinkPlugin.class.getPackageName() + ".";

  static {
    registerAsParallelCapable();
  }

  PluginClassLoader(String name, List<URL> jars) {
    super(name, jars.toArray(URL[]::new), new ApiClassLoader());
  }

  /** The JDK and the API. */
  private static final class ApiClassLoader extends ClassLoader {

    static {
      registerAsParallelCapable();
    }

    ApiClassLoader() {
      super("plugin-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      // The package alone: those below it belong to the server.
      if (name.startsWith(API) && name.indexOf('.', API.length()) < 0) {
        return Class.forName(name, false, SinkPlugin.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }

    @Override
    public @Nullable URL getResource(String name) {
      return getPlatformClassLoader().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      // Not the services of the bootstrap loader's agents on the class path.
      return name.startsWith("META-INF/services/io.logcaster.")
          ? Collections.emptyEnumeration()
          : getPlatformClassLoader().getResources(name);
    }
  }
}
