package io.logcaster.system;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * A kind of resource that the HTTP API lists, creates, replaces and deletes, with the answers that
 * all kinds share. The last words of its names are part of the codes of its errors.
 *
 * @param path its collection, such as {@code /api/v1/searches}
 * @param one its name, such as {@code saved search}
 * @param many its plural, such as {@code saved searches}
 */
public record ApiResource(String path, String one, String many) {

  /** 404 with a code such as {@code unknown_search}. */
  public ProblemException unknown(String id) {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "unknown_" + lastWord(one),
        "There is no %s '%s'. GET %s lists all.".formatted(one, id, path));
  }

  /**
   * Checks that one more may be created.
   *
   * @param count how many there are
   * @param remedy a sentence that says what to do when there are too many
   * @throws ProblemException 409 with a code such as {@code too_many_searches}
   */
  public void requireRoom(long count, int limit, String remedy) {
    if (count >= limit) {
      throw new ProblemException(
          HttpStatus.CONFLICT,
          "too_many_" + lastWord(many),
          "There are already %,d %s. %s".formatted(limit, many, remedy));
    }
  }

  /**
   * Checks the identifier in a request body.
   *
   * @param id the one that the server chose, or the one in the path
   * @param sent the one in the body
   * @throws ProblemException 400 {@code invalid_property} if they differ
   */
  public static void requireSameId(String id, @Nullable String sent) {
    if (sent != null && !sent.equals(id)) {
      throw ProblemException.invalidProperty(
          "id", "is chosen by the server; leave it out, or send the one in the path");
    }
  }

  /** 201 with the place of the new resource. */
  public <T> ResponseEntity<T> created(String id, T body) {
    return ResponseEntity.created(place(path, id)).body(body);
  }

  /**
   * The place of a resource for the answer to a request that went to its collection. It is relative
   * to the collection, because a proxy may have it elsewhere.
   */
  public static URI place(String collection, String id) {
    return URI.create(collection.substring(collection.lastIndexOf('/') + 1) + "/" + id);
  }

  private static String lastWord(String name) {
    return name.substring(name.lastIndexOf(' ') + 1);
  }
}
