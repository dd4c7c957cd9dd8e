package io.logcaster.plugin.host;

import io.logcaster.plugin.EditableBatch;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.RecordJson;
import io.logcaster.record.Severity;
import io.logcaster.transform.RecordEdits;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A batch as a plug-in changes it. */
final class EditedBatch extends HostedBatch implements EditableBatch {

  private static final String LEVEL = "level";
  private static final String MESSAGE = "_msg";

  private final RecordBatch batch;
  private final RecordEdits edits;

  EditedBatch(RecordBatch batch, RecordEdits edits) {
    super(batch);
    this.batch = batch;
    this.edits = edits;
  }

  @Override
  public void set(int row, String field, String value) {
    edits.set(
        checked(row),
        Objects.requireNonNull(field, "The field is null"),
        Objects.requireNonNull(value, "The value is null; an empty one removes the field"));
  }

  @Override
  public void drop(int row) {
    edits.drop(checked(row));
  }

  @Override
  public String value(int row, String field) {
    String changed = edits.value(checked(row), field);
    return (changed == null) ? super.value(row, field) : changed;
  }

  @Override
  public int severity(int row) {
    String level = edits.value(checked(row), LEVEL);
    return (level == null) ? super.severity(row) : Severity.parse(level);
  }

  @Override
  public List<String> fields() {
    Set<String> names = new LinkedHashSet<>(super.fields());
    edits.fields().forEach(names::add);
    names.remove(MESSAGE);
    return List.copyOf(names);
  }

  @Override
  public synchronized byte[] json(int row) {
    RecordJson printer = new RecordJson();
    printer.begin(edits.changed(batch, checked(row)));
    printer.row(0);
    return printer.take();
  }
}
