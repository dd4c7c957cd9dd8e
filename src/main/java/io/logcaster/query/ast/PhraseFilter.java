package io.logcaster.query.ast;

/**
 * Values that contain a word or a phrase of whole words; the empty phrase matches the empty value.
 */
public record PhraseFilter(String field, String phrase) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    Text.quote(out, phrase);
  }
}
