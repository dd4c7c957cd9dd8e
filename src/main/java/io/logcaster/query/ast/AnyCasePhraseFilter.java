package io.logcaster.query.ast;

/** As {@link PhraseFilter}, whatever the case of the letters: {@code i(error)}. */
public record AnyCasePhraseFilter(String field, String phrase) implements ValueFilter {

  @Override
  public void print(StringBuilder out) {
    Text.field(out, field);
    out.append("i(");
    Text.quote(out, phrase);
    out.append(')');
  }
}
