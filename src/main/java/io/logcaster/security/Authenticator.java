package io.logcaster.security;

import io.logcaster.system.Revocations;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Knows the user and the tokens, and identifies senders by their credentials.
 *
 * <p>All authorization schemes of the shippers carry the same token: {@code Bearer t}, {@code
 * Splunk t}, {@code ApiKey t}, {@code ApiKey base64(id:t)}, and {@code Basic} with the token as the
 * password of any user. {@link FailureLimit} slows down password guessing; tokens are too long to
 * guess.
 *
 * <p>Thread-safe.
 */
public final class Authenticator implements Revocations {

  private final @Nullable Identity user;
  private final @Nullable TokenDigest userDigest;
  private final boolean required;
  private final FailureLimit failures;
  private final Map<TokenDigest, Identity> tokens = new ConcurrentHashMap<>();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

  Authenticator(SecurityProperties properties, FailureLimit failures) {
    String username = properties.username();
    String password = properties.password();
    boolean known = username != null && !username.isBlank() && password != null;
    this.user = known ? new Identity(String.valueOf(username), Set.of(Scope.ADMIN)) : null;
    this.userDigest = known ? TokenDigest.of(username + ':' + password) : null;
    this.required = properties.hasCredentials();
    this.failures = failures;
    properties.tokens().forEach((token) -> add(token.digest(), token.identity()));
  }

  /** Whether credentials are configured, and therefore required. */
  public boolean isRequired() {
    return required;
  }

  /**
   * Creates a token for the server's own calls. It is kept in memory only and valid until the
   * server stops.
   *
   * @param name who calls, such as {@code canary}
   */
  public String issue(String name, Set<Scope> scopes) {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    add(TokenDigest.of(token), new Identity(name, scopes));
    return token;
  }

  void add(TokenDigest digest, Identity identity) {
    tokens.put(digest, identity);
  }

  void remove(TokenDigest digest) {
    Identity owner = tokens.remove(digest);
    if (owner != null && !isKnown(owner)) {
      watches.stream().filter((watch) -> watch.owner.equals(owner)).forEach(Watch::fire);
    }
  }

  @Override
  public Runnable watch(@Nullable Principal owner, Runnable revoked) {
    if (!(owner instanceof Identity identity) || !required) {
      return () -> {};
    }
    Watch watch = new Watch(identity, revoked);
    watches.add(watch);
    if (!isKnown(identity)) {
      watch.fire(); // revoked since its check
    }
    return () -> watches.remove(watch);
  }

  private boolean isKnown(Identity owner) {
    return owner.equals(user) || tokens.containsValue(owner);
  }

  /** A connection that ends when its owner's credentials are revoked. */
  private static final class Watch {

    private final Identity owner;
    private final Runnable revoked;
    private final AtomicBoolean fired = new AtomicBoolean();

    Watch(Identity owner, Runnable revoked) {
      this.owner = owner;
      this.revoked = revoked;
    }

    void fire() {
      if (!fired.getAndSet(true)) {
        revoked.run();
      }
    }
  }

  /** The owner of a token; null if the token is unknown. */
  public @Nullable Identity token(String token) {
    return tokens.get(TokenDigest.of(token));
  }

  /**
   * The owner of a user name and a password, or of a token in place of the password.
   *
   * @param peer the address they come from
   * @return null if they are wrong
   * @throws TooManyFailuresException if they were not checked, because that address was wrong too
   *     often
   */
  public @Nullable Identity password(String pair, String peer) throws TooManyFailuresException {
    int colon = pair.indexOf(':');
    Identity owner = token(pair.substring(colon + 1));
    if (owner != null) {
      return owner;
    }
    // Only the user has a password to guess. A failure with another name, perhaps from behind the
    // same proxy, must not lock anyone out.
    if (user == null || userDigest == null || !pair.startsWith(user.name() + ':')) {
      return null;
    }
    failures.check(peer);
    if (userDigest.matches(TokenDigest.of(pair))) {
      return user;
    }
    failures.failed(peer);
    return null;
  }

  /**
   * The owner of an {@code Authorization} header.
   *
   * @param peer the address it comes from
   * @return null if it is wrong or of an unknown scheme
   * @throws TooManyFailuresException as {@link #password} does
   */
  public @Nullable Identity authorization(String header, String peer)
      throws TooManyFailuresException {
    int space = header.indexOf(' ');
    if (space < 0) {
      return null;
    }
    String given = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer", "splunk" -> token(given);
      case "apikey" -> apiKey(given);
      case "basic" -> {
        String pair = decoded(given);
        yield (pair == null) ? null : password(pair, peer);
      }
      default -> null;
    };
  }

  /** The claimed name in an {@code Authorization} header; never a secret. */
  static String nameIn(String header) {
    int space = header.indexOf(' ');
    String style = (space < 0) ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
    if (style.equals("basic")) {
      String pair = decoded(header.substring(space + 1).strip());
      int colon = (pair == null) ? -1 : pair.indexOf(':');
      return (pair == null || colon < 0) ? "no user" : pair.substring(0, colon);
    }
    return Set.of("bearer", "splunk", "apikey").contains(style) ? "a token" : "an unknown scheme";
  }

  private @Nullable Identity apiKey(String given) {
    Identity owner = token(given);
    String pair = (owner == null) ? decoded(given) : null;
    return (pair == null) ? owner : token(pair.substring(pair.indexOf(':') + 1));
  }

  private static @Nullable String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException ex) {
      return null;
    }
  }
}
