package io.logcaster.plugin;

import java.util.Objects;

/**
 * An option that users set. The server checks it before a plug-in sees it, shows it in forms, and
 * keeps secret ones encrypted.
 *
 * @param name in camel case, such as {@code maxSize}
 * @param required whether users must set it
 * @param secret whether it is never shown again; texts only
 * @param fallback the default, as a user would write it; empty for none
 * @param help what it is, in a few words
 */
public record PluginOption(
    String name, Type type, boolean required, boolean secret, String fallback, String help) {

  /** What values look like. */
  public enum Type {
    TEXT,
    /** An address that starts with {@code http://} or {@code https://}. */
    URL,
    /** A whole number, 0 or more. */
    NUMBER,
    /** {@code true} or {@code false}. */
    FLAG,
    /** A size such as {@code 100MB}. */
    SIZE,
    /** A duration such as {@code 30s}. */
    DURATION
  }

  public PluginOption {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(fallback);
    Objects.requireNonNull(help);
    if (secret && type != Type.TEXT) {
      throw new IllegalArgumentException("The option " + name + " is secret, so it must be a text");
    }
  }

  /** An option that users must set. */
  public static PluginOption required(String name, Type type, String help) {
    return new PluginOption(name, type, true, false, "", help);
  }

  /**
   * An option that users may set.
   *
   * @param fallback the default, as a user would write it; empty for none
   */
  public static PluginOption optional(String name, Type type, String fallback, String help) {
    return new PluginOption(name, type, false, false, fallback, help);
  }

  /** The same option, kept encrypted and never shown. */
  public PluginOption asSecret() {
    return new PluginOption(name, type, required, true, fallback, help);
  }
}
