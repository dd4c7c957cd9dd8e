package io.logcaster.transform;

import io.logcaster.record.Cardinality;
import io.logcaster.system.InvalidSettingException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The list of transforms and its versions. Version 0 is the configured list; a list set at run time
 * takes precedence over it. Thread-safe.
 */
final class TransformSettings {

  private final List<TransformDefinition> configured;
  private final TransformStore store;
  private final TransformCompiler compiler;
  private final RouteTarget target;
  private final Cardinality cardinality;
  private final Transforms transforms;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile TransformStore.Stored current;

  /**
   * @param cardinality limits the streams and field names that transforms make
   */
  TransformSettings(
      List<TransformDefinition> configured,
      TransformStore store,
      TransformCompiler compiler,
      RouteTarget target,
      Cardinality cardinality) {
    this.configured = List.copyOf(configured);
    this.store = store;
    this.compiler = compiler;
    this.target = target;
    this.cardinality = cardinality;
    current = store.latest().orElse(new TransformStore.Stored(0, this.configured));
    transforms = new Transforms(initial());
  }

  private TransformChain initial() {
    // The configured ones are checked even if others are in force: a wrong setting stops the start.
    compileAtStart(configured, true);
    return compileAtStart(current.transforms(), current.version() == 0);
  }

  private TransformChain compileAtStart(List<TransformDefinition> list, boolean isConfigured) {
    try {
      return compiler.compile(list, compiler.live(target, false, cardinality));
    } catch (InvalidTransformException ex) {
      String name = list.size() > ex.index() ? list.get(ex.index()).name() : null;
      throw new InvalidSettingException(
          (isConfigured ? "logcaster." : "The stored ") + ex.place(),
          String.valueOf(name),
          ex.reason());
    }
  }

  /** The transforms as the pipeline uses them. */
  Transforms transforms() {
    return transforms;
  }

  /** The version in force with its transforms. */
  TransformStore.Stored current() {
    return current;
  }

  List<TransformStore.Version> versions() {
    return store.versions();
  }

  /**
   * The transforms of a version.
   *
   * @throws NoSuchElementException if there is no such version
   */
  List<TransformDefinition> version(long version) {
    return (version == 0) ? configured : store.find(version).orElseThrow().transforms();
  }

  /** The version that was in force before another; 0 where none is stored any more. */
  long before(long version) {
    return store.versions().stream()
        .mapToLong(TransformStore.Version::version)
        .filter((other) -> other < version)
        .max()
        .orElse(0);
  }

  /**
   * Puts transforms in force.
   *
   * @param expected the version that the caller saw; null if any will do
   * @param copyOf the version of which these are a copy; null for none
   * @return the new version; null if another than the expected one is in force
   * @throws InvalidTransformException if one of them cannot be used; nothing is changed
   */
  TransformStore.@Nullable Stored put(
      List<TransformDefinition> list,
      String author,
      @Nullable Long expected,
      @Nullable Long copyOf) {
    changing.lock();
    try {
      if (expected != null && expected != current.version()) {
        return null;
      }
      TransformChain chain = compiler.compile(list, compiler.live(target, true, cardinality));
      TransformStore.Stored next =
          new TransformStore.Stored(current.version() + 1, List.copyOf(list));
      store.add(next.version(), next.transforms(), author, copyOf);
      current = next;
      transforms.replace(chain);
      return next;
    } finally {
      changing.unlock();
    }
  }
}
