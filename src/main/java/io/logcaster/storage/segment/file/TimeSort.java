package io.logcaster.storage.segment.file;

/**
 * A stable sort of rows by time. Records of one stream arrive nearly sorted, so it is a merge sort
 * that skips parts that are already sorted.
 */
final class TimeSort {

  private final long[] times;

  private final long[] refs;

  private long[] otherTimes = new long[0];

  private long[] otherRefs = new long[0];

  /** Sorts {@code refs} along with {@code times}. */
  TimeSort(long[] times, long[] refs) {
    this.times = times;
    this.refs = refs;
  }

  void sort(int from, int to) {
    int sorted = run(from, to);
    if (sorted == to) {
      return;
    }
    if (otherTimes.length < to - from) {
      otherTimes = new long[to - from];
      otherRefs = new long[to - from];
    }
    mergeSort(from, to);
  }

  /** Returns where the sorted rows that begin at {@code from} end. */
  private int run(int from, int to) {
    int at = Math.min(from + 1, to);
    while (at < to && times[at - 1] <= times[at]) {
      at++;
    }
    return at;
  }

  private void mergeSort(int from, int to) {
    if (to - from <= 16) {
      insertionSort(from, to);
      return;
    }
    if (run(from, to) == to) {
      return;
    }
    int middle = (from + to) >>> 1;
    mergeSort(from, middle);
    mergeSort(middle, to);
    if (times[middle - 1] > times[middle]) {
      merge(from, middle, to);
    }
  }

  private void insertionSort(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long time = times[i];
      long ref = refs[i];
      int at = i;
      while (at > from && times[at - 1] > time) {
        times[at] = times[at - 1];
        refs[at] = refs[at - 1];
        at--;
      }
      times[at] = time;
      refs[at] = ref;
    }
  }

  private void merge(int from, int middle, int to) {
    int left = middle - from;
    System.arraycopy(times, from, otherTimes, 0, left);
    System.arraycopy(refs, from, otherRefs, 0, left);
    int a = 0;
    int b = middle;
    int out = from;
    while (a < left) {
      if (b < to && times[b] < otherTimes[a]) {
        times[out] = times[b];
        refs[out++] = refs[b++];
      } else {
        times[out] = otherTimes[a];
        refs[out++] = otherRefs[a++];
      }
    }
  }
}
