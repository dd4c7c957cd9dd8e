package io.logcaster.query;

/** Gives templates their ids. */
@FunctionalInterface
public interface TemplateIds {

  /**
   * The id under which a template is known: its own, or that of the template that stands for it and
   * others that differ in one word.
   *
   * @param template a text that the pipe {@code pattern} shows
   * @return 16 hexadecimal digits
   */
  String idOf(String template);
}
