package io.logcaster.plugin.host;

import io.logcaster.plugin.InputPlugin;
import io.logcaster.plugin.SinkPlugin;
import io.logcaster.plugin.TransformPlugin;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Finds plug-ins: each jar in the folder is one, and so is each folder with jars in it. One that
 * cannot be loaded, or not in time, is noted as broken and holds up nothing else.
 */
final class PluginLoader {

  /** Classes are loaded and made; longer means that a constructor waits for something. */
  private static final Duration TIME = Duration.ofSeconds(10);

  private final Duration time;

  PluginLoader() {
    this(TIME);
  }

  PluginLoader(Duration time) {
    this.time = time;
  }

  /** The plug-ins in a folder, by name. There need not be a folder. */
  List<LoadedPlugin> load(Path folder) {
    List<LoadedPlugin> plugins = new ArrayList<>();
    for (Path file : list(folder)) {
      String name = String.valueOf(file.getFileName());
      if (name.startsWith(".")) {
        continue;
      }
      if (isJar(file)) {
        plugins.add(loadInTime(name.substring(0, name.length() - 4), List.of(file)));
      } else if (Files.isDirectory(file)) {
        List<Path> jars = list(file).stream().filter(PluginLoader::isJar).toList();
        if (!jars.isEmpty()) {
          plugins.add(loadInTime(name, jars));
        }
      }
    }
    return plugins;
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar") && Files.isRegularFile(file);
  }

  private static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException ex) {
      return List.of();
    }
  }

  private LoadedPlugin loadInTime(String name, List<Path> jars) {
    CompletableFuture<LoadedPlugin> loaded = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("plugin-" + name)
            .unstarted(
                () -> {
                  try {
                    loaded.complete(load(name, jars));
                  } catch (Throwable ex) {
                    loaded.completeExceptionally(ex);
                  }
                });
    thread.start();
    try {
      return loaded.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException ex) {
      thread.interrupt();
      return LoadedPlugin.broken(name, "did not load within " + time.toSeconds() + " seconds");
    } catch (ExecutionException ex) {
      return LoadedPlugin.broken(name, String.valueOf(ex.getCause()));
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      return LoadedPlugin.broken(name, "was not loaded, because the server stopped");
    }
  }

  private static LoadedPlugin load(String name, List<Path> jars) throws InterruptedException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      try {
        new ZipFile(jar.toFile()).close();
        urls.add(jar.toUri().toURL());
      } catch (MalformedURLException ex) {
        return LoadedPlugin.broken(name, "has a jar that cannot be named: " + jar);
      } catch (ZipException ex) {
        return LoadedPlugin.broken(
            name, "%s is not a jar: %s".formatted(jar.getFileName(), ex.getMessage()));
      } catch (IOException ex) {
        return LoadedPlugin.broken(
            name, "%s cannot be read: %s".formatted(jar.getFileName(), ex.getMessage()));
      }
    }
    PluginClassLoader loader = new PluginClassLoader(name, urls);
    PluginCode code = new PluginCode(name, loader);
    List<SinkPlugin> sinks = new ArrayList<>();
    List<InputPlugin> inputs = new ArrayList<>();
    List<TransformPlugin> transforms = new ArrayList<>();
    String failure = null;
    failure = failure(failure, find(code, loader, SinkPlugin.class, sinks));
    failure = failure(failure, find(code, loader, InputPlugin.class, inputs));
    failure = failure(failure, find(code, loader, TransformPlugin.class, transforms));
    if (failure == null && sinks.isEmpty() && inputs.isEmpty() && transforms.isEmpty()) {
      failure =
          "provides nothing: its META-INF/services names no class for an interface of"
              + " io.logcaster.plugin";
    }
    return new LoadedPlugin(name, code, sinks, inputs, transforms, failure);
  }

  private static @Nullable String failure(@Nullable String first, @Nullable String next) {
    return first == null ? next : first;
  }

  /** Adds the services of a kind; returns what was wrong with one of them. */
  private static <T> @Nullable String find(
      PluginCode code, ClassLoader loader, Class<T> service, List<T> found)
      throws InterruptedException {
    String failure = null;
    List<ServiceLoader.Provider<T>> providers = new ArrayList<>();
    try {
      code.run(() -> ServiceLoader.load(service, loader).stream().forEach(providers::add));
    } catch (PluginException ex) {
      failure = ex.getMessage();
    }
    for (ServiceLoader.Provider<T> provider : providers) {
      try {
        found.add(code.call(provider::get));
      } catch (PluginException ex) {
        failure = ex.getMessage();
      }
    }
    return failure;
  }
}
