package credit.jobs.link;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Firms' names in one spelling, so that equal names compare equal: full-width forms narrowed,
 * letters in upper case, one kind of bracket, notes and blanks gone.
 */
final class FirmName {
  private static final Pattern NOTES =
      Pattern.compile("\\((?:已注销|注销|已吊销|吊销|原名|原|曾用名)[^)]*\\)|(?:已注销|已吊销)$");
  private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\p{C}]+");
  private static final Pattern OPENING = Pattern.compile("[\\[{〔【〈〖《]");
  private static final Pattern CLOSING = Pattern.compile("[\\]}〕】〉〗》]");
  private static final Pattern NOISE = Pattern.compile("[\\p{Z}\\p{C}\\p{P}\\p{S}]+");
  private static final Pattern BRANCH =
      Pattern.compile("(?:分公司|分店|分厂|分行|支行|营业部|门市部|经营部|办事处|[\\p{IsHan}\\d]{1,8}店)$");

  /** Tails that only branches have; shops and sales rooms may be firms of their own. */
  private static final Pattern BRANCH_ONLY = Pattern.compile("(?:分公司|分店|分厂|分行|支行|办事处)$");

  private FirmName() {}

  /** The name in one spelling; null for null or where nothing is left. */
  static String normalise(String name) {
    if (name == null) {
      return null;
    }
    String text = name;
    String next = once(text);
    // What goes may leave a note behind: the blank in 已 注销, or one note inside another.
    while (!next.equals(text)) {
      text = next;
      next = once(text);
    }
    return text.isEmpty() ? null : text;
  }

  private static String once(String name) {
    String text = Normalizer.normalize(name, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
    text = BLANKS.matcher(text).replaceAll("");
    text = OPENING.matcher(text).replaceAll("(");
    text = CLOSING.matcher(text).replaceAll(")");
    text = NOTES.matcher(text).replaceAll("");
    return NOISE.matcher(text).replaceAll("");
  }

  /** Whether a normalised name is the head firm's name with a branch's tail behind it. */
  static boolean isBranchOf(String name, String head) {
    return name.length() > head.length()
        && name.startsWith(head)
        && BRANCH.matcher(name.substring(head.length())).find();
  }

  /** Whether a normalised name ends as only a branch's name does. */
  static boolean isBranch(String name) {
    return BRANCH_ONLY.matcher(name).find();
  }
}
