package credit.jobs.plan;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import org.apache.spark.sql.Column;

/**
 * A random draw that anyone can recompute: the seed is the SHA-256 of a published string, a firm's
 * position the SHA-256 of {@code seed|code}, and the lowest positions are drawn. Hashes are
 * lower-case hexadecimal, strings UTF-8.
 *
 * @param text the published string
 * @param seed its SHA-256
 */
record Draw(String text, String seed) {
  private static final String DAY = "{as_of}";

  /** The draw of a day; {@code {as_of}} in the text is the day. */
  static Draw of(String text, LocalDate asOf) {
    return of(text.replace(DAY, asOf.toString()));
  }

  /** A second draw of the same day, for another purpose. */
  Draw named(String purpose) {
    return of(text + ", " + purpose);
  }

  private static Draw of(String text) {
    return new Draw(text, sha256(text));
  }

  /** A firm's position. */
  String position(String code) {
    return sha256(seed + "|" + code);
  }

  /** As {@link #position(String)}, for a column. */
  Column position(Column code) {
    return sha2(concat(lit(seed + "|"), code).cast("binary"), 256);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
