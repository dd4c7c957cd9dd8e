package io.logcaster.delivery;

import io.logcaster.delivery.Spans.Span;
import java.util.List;

/**
 * Takes note of the numbers that senders give to what they send. Inputs call it. Thread-safe; no
 * method fails because of the numbers or of the disk, for a delivery must not suffer from its
 * proof.
 */
public interface DeliveryNotes {

  /** Takes no notes. */
  DeliveryNotes NONE = new None();

  /**
   * A framed client connects.
   *
   * @param last the last of its frames that the storage knows; -1 for none
   */
  void connected(SenderId sender, long last);

  /** A framed client begins its numbers with 1 again. */
  void restarted(SenderId sender);

  /**
   * What is about to be stored leaves out numbers. The gap is on disk when this returns, so that it
   * is remembered wherever the server stops.
   *
   * @param before the last number that was handed in before
   * @param spans what is about to be stored
   */
  void skipped(SenderId sender, long before, List<Span> spans);

  /**
   * Numbers whose records are durable, or deliberately not stored.
   *
   * @param records how many records they hold
   */
  void arrived(SenderId sender, List<Span> spans, long records);

  /**
   * Windows whose numbers mean nothing outside of them. Called before they are acknowledged.
   *
   * @param records how many records they hold
   * @param missing numbers that were left out
   */
  void windows(SenderId sender, long records, List<Span> missing);

  /** Takes no notes. */
  final class None implements DeliveryNotes {

    private None() {}

    @Override
    public void connected(SenderId sender, long last) {}

    @Override
    public void restarted(SenderId sender) {}

    @Override
    public void skipped(SenderId sender, long before, List<Span> spans) {}

    @Override
    public void arrived(SenderId sender, List<Span> spans, long records) {}

    @Override
    public void windows(SenderId sender, long records, List<Span> missing) {}
  }
}
