package io.logcaster.storage.segment.file;

import io.logcaster.storage.segment.bytes.MalformedException;
import java.io.IOException;

/** Reads and verifies the first and the last bytes of a segment. */
final class SegmentEnds {

  private SegmentEnds() {}

  static SegmentHeader header(MappedFile file) throws IOException {
    try {
      SegmentHeader header = SegmentHeader.read(file.copy(0, SegmentHeader.BYTES));
      if (!header.isSegment()) {
        throw file.corrupt(0, "not a segment file");
      }
      // If the footer has the same version, an unknown checksum is not damage.
      if (header.isIntact() || SegmentFooter.names(header.version(), footerBytes(file))) {
        SegmentFormat.checkVersion(file.path(), header.version());
      }
      if (!header.isIntact()) {
        throw file.corrupt(0, "wrong checksum of the header");
      }
      return header;
    } catch (MalformedException ex) {
      throw file.corrupt(0, ex.getMessage());
    }
  }

  private static byte[] footerBytes(MappedFile file) {
    return file.copy(file.size() - SegmentFooter.BYTES, SegmentFooter.BYTES);
  }

  static SegmentFooter footer(MappedFile file, SegmentHeader header) throws IOException {
    long at = file.size() - SegmentFooter.BYTES;
    try {
      SegmentFooter footer = SegmentFooter.read(footerBytes(file));
      if (!footer.fits(header, file.size())) {
        throw file.corrupt(at, "the footer contradicts the file");
      }
      return footer;
    } catch (MalformedException ex) {
      throw file.corrupt(at, ex.getMessage());
    }
  }
}
