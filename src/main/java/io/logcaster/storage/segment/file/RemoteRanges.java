package io.logcaster.storage.segment.file;

import io.logcaster.storage.ScanTrace;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Which ranges of a segment in object storage are here, and how to get the others. Thread-safe. */
final class RemoteRanges {

  private final TieredFile local;

  private final RemoteFile object;

  /** The place of each range in the local file. */
  private final long[] places;

  RemoteRanges(TieredFile local, RemoteFile object) {
    this.local = local;
    this.object = object;
    places = new long[local.starts().length];
    long at = local.at();
    for (int i = 0; i < places.length; i++) {
      places[i] = at;
      at += local.lengths()[i];
    }
  }

  /** The length of the segment. */
  long size() {
    return local.size();
  }

  /** The length of the local file. */
  long localBytes() {
    return local.bytes();
  }

  /** The range that has an offset or begins last before it; -1 if there is none. */
  private int range(long offset) {
    int found = Arrays.binarySearch(local.starts(), offset);
    return (found >= 0) ? found : -found - 2;
  }

  boolean has(Placement place) {
    int range = range(place.offset());
    return range >= 0
        && place.offset() + place.length() <= local.starts()[range] + local.lengths()[range];
  }

  /** The place in the local file of an offset that is here. */
  long at(long offset) {
    int range = range(offset);
    return places[range] + offset - local.starts()[range];
  }

  /** Fetches a range. Wrong bytes are fetched once more, because a cache may have spoiled them. */
  byte[] copy(Path file, Placement place, int padding, ScanTrace trace)
      throws CorruptSegmentException {
    byte[] bytes = new byte[place.length() + padding];
    try {
      object.read(place.offset(), bytes, place.length(), trace);
      if (Placement.crc(bytes, 0, place.length()) != place.crc()) {
        object.forget(place.offset(), place.length());
        object.read(place.offset(), bytes, place.length(), trace);
      }
    } catch (NoSuchFileException ex) {
      throw new CorruptSegmentException(
          file, place.offset(), "the object " + object.name() + " is missing");
    } catch (IOException ex) {
      throw new UnreachableSegmentException(file, String.valueOf(ex.getMessage()));
    }
    if (Placement.crc(bytes, 0, place.length()) != place.crc()) {
      throw new CorruptSegmentException(
          file,
          place.offset(),
          "wrong checksum of %d bytes of the object %s".formatted(place.length(), object.name()));
    }
    return bytes;
  }

  void prefetch(long from, int length, ScanTrace trace) {
    object.prefetch(from, length, trace);
  }

  void close() {
    object.close();
  }
}
