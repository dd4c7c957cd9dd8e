package io.logcaster.query.exec;

/** Values that are not empty. */
final class AnyValueTest extends ValueTest {

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    return from < to;
  }

  @Override
  int cost() {
    return RowTest.CHEAP;
  }
}
