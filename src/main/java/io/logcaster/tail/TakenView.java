package io.logcaster.tail;

import io.logcaster.system.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Whether a reader sees the records that transforms and filters take out. */
enum TakenView {

  /** Only what is stored. */
  NONE,

  /** What is stored, and what is taken out. */
  ALSO,

  /** Only what is taken out. */
  ONLY;

  private static final String PARAMETER = "taken";

  static TakenView of(HttpServletRequest request) {
    @Nullable String text = request.getParameter(PARAMETER);
    if (text == null || text.isEmpty()) {
      return NONE;
    }
    for (TakenView view : values()) {
      if (view.name().toLowerCase(Locale.ROOT).equals(text)) {
        return view;
      }
    }
    throw new ProblemException(
            HttpStatus.BAD_REQUEST,
            "invalid_parameter",
            "Parameter 'taken' is '" + text + "', but must be none, also or only")
        .with("parameter", PARAMETER);
  }

  /** Whether records of a kind are shown. */
  boolean shows(boolean taken) {
    return taken ? this != NONE : this != ONLY;
  }
}
