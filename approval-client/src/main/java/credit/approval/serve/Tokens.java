package credit.approval.serve;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The bearer tokens (RFC 6750) that are accepted; several, so that they can be replaced in turn.
 */
public final class Tokens {
  /** Characters of the shortest token: 128 bits in hexadecimal. */
  public static final int MIN_LENGTH = 32;

  private static final String PREFIX = "Bearer ";

  private final List<byte[]> hashes;

  private Tokens(List<byte[]> hashes) {
    this.hashes = hashes;
  }

  /**
   * Tokens, one a line; blank lines are left out.
   *
   * @throws IllegalArgumentException if there is none, or one is short or has a blank within
   */
  public static Tokens of(String lines) {
    List<String> tokens = lines.lines().map(String::strip).filter(t -> !t.isEmpty()).toList();
    boolean good =
        tokens.stream().allMatch(t -> t.length() >= MIN_LENGTH && t.matches("[\\x21-\\x7e]+"));
    if (tokens.isEmpty() || !good) {
      throw new IllegalArgumentException(
          "write one token a line, each of at least "
              + MIN_LENGTH
              + " visible ASCII characters, such as 'openssl rand -hex 32' gives");
    }
    return new Tokens(tokens.stream().map(Tokens::hash).toList());
  }

  /** Whether the {@code Authorization} header carries one of them; takes the same time if not. */
  boolean accept(String authorization) {
    boolean bearer = authorization != null && authorization.startsWith(PREFIX);
    byte[] given = hash(bearer ? authorization.substring(PREFIX.length()).strip() : "");
    boolean known = false;
    for (byte[] hash : hashes) {
      known |= MessageDigest.isEqual(hash, given);
    }
    return bearer && known;
  }

  /** Equal lengths, so that a comparison tells nothing of a token's own. */
  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
