package io.logcaster.query.exec.text;

import io.logcaster.record.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Finds templates that differ only in words that vary, such as user names: templates with the same
 * number of words that agree in all but one. If that word has many values, it becomes a
 * placeholder, too; if it has few, the templates have different meanings. The first word never
 * becomes a placeholder, because it was most likely written by the program's author.
 */
public final class TemplateGroups {

  /**
   * A word with this many values next to the same other words is a variable. Fewer may be a choice
   * of words.
   */
  private static final int MIN_VALUES = 5;

  /** Longer texts are data rather than sentences, and are compared as a whole. */
  private static final int MAX_WORDS = 200;

  private static final String PLACE = "<*>";

  private TemplateGroups() {}

  /** The group's template for each template that is not its own group. */
  public static Map<String, String> of(Collection<String> templates) {
    Map<String, String> groups = new HashMap<>();
    Set<String> present = new HashSet<>(templates);
    boolean changed = true;
    // Each round can turn one word of a template into a placeholder.
    for (int round = 0; changed && round < 3; round++) {
      Map<String, String> merged = round(present);
      changed = !merged.isEmpty();
      if (changed) {
        groups.replaceAll((template, group) -> merged.getOrDefault(group, group));
        merged.forEach(groups::putIfAbsent);
        Set<String> next = new HashSet<>();
        present.forEach((template) -> next.add(merged.getOrDefault(template, template)));
        present = next;
      }
    }
    return groups;
  }

  private static Map<String, String> round(Set<String> templates) {
    long[] shared = shared(templates);
    Map<Long, Candidate> candidates = new HashMap<>();
    for (String template : templates) {
      forEachPlace(
          template,
          (words, place, hash) -> {
            if (Arrays.binarySearch(shared, hash) >= 0) {
              candidates
                  .computeIfAbsent(hash, (key) -> Candidate.of(words, place))
                  .members
                  .add(template);
            }
          });
    }
    Map<String, String> merged = new HashMap<>();
    candidates.values().stream()
        .sorted(
            Comparator.comparingInt((Candidate candidate) -> candidate.members.size())
                .reversed()
                .thenComparing(Candidate::template))
        .forEach(
            (candidate) ->
                candidate.members.forEach(
                    (template) -> merged.putIfAbsent(template, candidate.template)));
    return merged;
  }

  /**
   * The hashes, sorted, of the templates with one word replaced by a placeholder that at least
   * {@link #MIN_VALUES} templates share.
   */
  private static long[] shared(Set<String> templates) {
    LongStream.Builder all = LongStream.builder();
    templates.forEach((template) -> forEachPlace(template, (words, place, hash) -> all.add(hash)));
    long[] hashes = all.build().sorted().toArray();
    return IntStream.rangeClosed(0, hashes.length - MIN_VALUES)
        .filter(
            (i) ->
                hashes[i] == hashes[i + MIN_VALUES - 1] && (i == 0 || hashes[i] != hashes[i - 1]))
        .mapToLong((i) -> hashes[i])
        .toArray();
  }

  /**
   * A template with one word replaced by a placeholder, and the templates that it would represent.
   */
  private record Candidate(String template, List<String> members) {

    static Candidate of(String[] words, int place) {
      String[] changed = words.clone();
      changed[place] = PLACE;
      return new Candidate(String.join(" ", changed), new ArrayList<>());
    }
  }

  @FunctionalInterface
  private interface PlaceConsumer {

    /**
     * @param place the index of the word to replace by a placeholder
     * @param hash the hash of the resulting template
     */
    void accept(String[] words, int place, long hash);
  }

  private static void forEachPlace(String template, PlaceConsumer consumer) {
    String[] words = template.split(" ", -1);
    if (words.length > MAX_WORDS) {
      return;
    }
    long all = 0;
    for (int i = 0; i < words.length; i++) {
      all += hash(words[i], i);
    }
    for (int i = 1; i < words.length; i++) {
      if (!words[i].contains(PLACE) && !words[i].isEmpty()) {
        consumer.accept(words, i, all - hash(words[i], i) + hash(PLACE, i));
      }
    }
  }

  private static long hash(String word, int place) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return Hash.bytes(bytes, 0, bytes.length, place);
  }
}
