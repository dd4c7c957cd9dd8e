package io.logcaster.query;

/** Gives templates their ids. */
public interface TemplateIds {

  /**
   * The id under which a template is known: its own, or that of the template that stands for it and
   * others that differ in one word.
   *
   * @param template a text that the pipe {@code pattern} shows
   * @return 16 hexadecimal digits
   */
  String idOf(String template);

  /**
   * The id of a template that stands for others in the answer to a query. If it is not known, as it
   * takes more than a query sees to be one, it has the id of the most frequent of those others.
   *
   * @param member the most frequent of the templates that it stands for; itself if it is none
   */
  String idOf(String template, String member);
}
