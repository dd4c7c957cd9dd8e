package io.logcaster.sink.file;

/** The same for the other way to write. */
class MappedFileSinkTest extends FileSinkTest {

  @Override
  String writer() {
    return "mapped";
  }
}
