package credit.jobs.ingest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keeps persons out of storage: free text is blacked out, join keys are salted keyed hashes. */
final class PersonalData {
  private static final String BLACK = "***";

  /** Identity numbers, phones, account numbers: any run of seven or more digits, however spaced. */
  private static final Pattern NUMBERS =
      Pattern.compile("\\d(?:[\\s\\p{Pd}.()]{0,3}\\d){6,}[\\s\\p{Pd}]?[Xx]?");

  private static final Pattern PERSONS =
      Pattern.compile(
          "(举报人|投诉人|联系人|申请人|当事人|法定代表人|负责人|经营者|姓名)[:：为是\\s]{0,2}"
              + "([\\p{IsHan}·]{2,4}?)"
              + "(?=[，,。；;、（(\\s\\d]|先生|女士|反映|反应|称|说|表示|来电|来访|投诉|举报|要求|$)");

  /** A resident identity number: division, day of birth, serial, check character. */
  private static final Pattern RESIDENT_ID =
      Pattern.compile(
          "[1-9]\\d{5}(?:18|19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])\\d{3}[\\dX]");

  /** The same within a text, or a phone number; part of no longer number. */
  private static final Pattern PERSONS_NUMBER =
      Pattern.compile(
          "(?<![\\dA-Z])(?:" + RESIDENT_ID + "|(?:86)?1[3-9]\\d{9}|0\\d{9,11})(?![\\dA-Z])");

  private static final Pattern ADDRESSES =
      Pattern.compile("(家住|住址|住所地|地址)[:：]?\\s*[^，,。；;\\n]{4,60}");
  private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");

  private final SecretKeySpec salt;

  PersonalData(byte[] salt) {
    this.salt = new SecretKeySpec(salt, "HmacSHA256");
  }

  /** Whether a code, in half width and upper case, is in truth a person's identity number. */
  static boolean isResidentId(String code) {
    return RESIDENT_ID.matcher(code).matches();
  }

  /** Whether a text holds what looks like a person's identity number or a phone number. */
  static boolean hasNumberOfAPerson(String text) {
    String plain =
        java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC)
            .toUpperCase(Locale.ROOT);
    return PERSONS_NUMBER.matcher(plain).find()
        || PERSONS_NUMBER.matcher(plain.replaceAll("[\\s\\p{Pd}.()]", "")).find();
  }

  /** Free text without numbers, persons' names, addresses and mail addresses. */
  static String redact(String text) {
    String halfWidth = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC);
    String redacted = MAIL.matcher(halfWidth).replaceAll(BLACK);
    redacted = NUMBERS.matcher(redacted).replaceAll(BLACK);
    redacted = PERSONS.matcher(redacted).replaceAll("$1" + BLACK);
    return ADDRESSES.matcher(redacted).replaceAll("$1" + BLACK);
  }

  private static String plain(String person) {
    return java.text.Normalizer.normalize(person, java.text.Normalizer.Form.NFKC)
        .replaceAll("[\\s\\p{Z}]", "");
  }

  /**
   * Keyed hash of a person's name or number, whatever its width and blanks; equal persons have
   * equal hashes, in one house only.
   */
  String key(String person) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(salt);
      return HexFormat.of()
          .formatHex(mac.doFinal(plain(person).getBytes(StandardCharsets.UTF_8)))
          .substring(0, 32);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
