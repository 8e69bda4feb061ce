package credit.approval.id;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The scheme that a firm's code belongs to. A firm's key is {@code (scheme, code)}; the scheme's
 * check is tested before any look-up. A contract names the scheme by its {@link #label()}.
 */
public enum IdScheme {
  /** Unified social credit code, 18 characters, GB 32100-2015. */
  USCC("uscc"),
  /** Organisation code, 9 characters, GB 11714. */
  ORG_CODE("org-code"),
  /** Registration number as issued before 2015, 15 digits. */
  REG_NO_15("reg-no-15"),
  /** A register of another place without a check of its own. */
  NONE("none");

  /** The longest code without a check digit that is taken. */
  static final int MAX_UNCHECKED_LENGTH = 64;

  private final String label;

  IdScheme(String label) {
    this.label = label;
  }

  /** The name used in contracts, published files and on the command line. */
  public String label() {
    return label;
  }

  /**
   * The scheme of that name.
   *
   * @throws IllegalArgumentException if there is none, naming those that exist
   */
  public static IdScheme of(String label) {
    for (IdScheme scheme : values()) {
      if (scheme.label.equals(label)) {
        return scheme;
      }
    }
    throw new IllegalArgumentException(
        "unknown id scheme '"
            + label
            + "'; known: "
            + Arrays.stream(values()).map(IdScheme::label).collect(Collectors.joining(", ")));
  }

  /** Whether the code has the scheme's form and passes its check. The code is taken as it is. */
  public boolean isValid(String code) {
    return switch (this) {
      case USCC -> UnifiedCode.isValid(code);
      case ORG_CODE -> OrganisationCode.isValid(code);
      case REG_NO_15 -> RegistrationNumber.isValid(code);
      case NONE -> isPlain(code);
    };
  }

  /**
   * The code as the scheme writes it: surrounding and inner blanks and hyphens gone, full-width
   * characters narrowed, letters in upper case. No character is guessed: O stays O. A code without
   * a check is only stripped of surrounding blanks.
   */
  public String normalise(String code) {
    return this == NONE ? code.strip() : UnifiedCode.normalise(code);
  }

  private static boolean isPlain(String code) {
    if (code == null || code.isEmpty() || code.length() > MAX_UNCHECKED_LENGTH) {
      return false;
    }
    // Keys must stand unquoted in the published files, so that a look-up compares bytes.
    return code.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != ',' && c != '"');
  }
}
