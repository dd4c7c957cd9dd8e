package io.logcaster.capsule;

import java.util.List;
import java.util.Optional;

/**
 * The words of a capsule's page in one language. Patterns are those of {@link String#format}.
 *
 * @param language the tag of the language
 * @param made when the capsule was made, {@code %s}
 * @param redacted stands before the kinds of secrets
 * @param recordsPer the heading of the histogram, with the width of a bar, {@code %s}
 * @param atMost the most records of a bar, {@code %d}
 */
record CapsuleWords(
    String language,
    String made,
    String redacted,
    String query,
    String notes,
    String recordsPer,
    String overTime,
    String atMost,
    String patterns,
    String template,
    String alerts,
    String alert,
    String change,
    String reason,
    String records,
    String record,
    String time,
    String level,
    String untitled,
    String cut) {

  static final CapsuleWords ENGLISH =
      new CapsuleWords(
          "en",
          "made %s",
          "redacted:",
          "Query",
          "Notes",
          "Records per %s",
          "Records over time",
          "at most %d",
          "Patterns",
          "Template",
          "Alerts",
          "Alert",
          "Change",
          "Reason",
          "Records",
          "Record",
          "Time",
          "Level",
          "Incident",
          "Long values or further records are left out.");

  static final CapsuleWords KOREAN =
      new CapsuleWords(
          "ko",
          "%s 생성",
          "숨긴 항목:",
          "쿼리",
          "메모",
          "%s당 로그 수",
          "시간별 로그 수",
          "최대 %d건",
          "패턴",
          "템플릿",
          "알림",
          "알림",
          "변화",
          "이유",
          "로그",
          "로그",
          "시간",
          "레벨",
          "장애",
          "긴 값이나 나머지 로그는 빠졌습니다.");

  /** The words by the tag of their language. */
  static Optional<CapsuleWords> of(String language) {
    return List.of(ENGLISH, KOREAN).stream()
        .filter((words) -> words.language().equals(language))
        .findFirst();
  }
}
