package credit.approval.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A simplified way of handling an application, which a list can bar. */
// The never-shared array is immutable in effect; the checker does not know.
@SuppressWarnings("ImmutableEnumChecker")
public enum Mode {
  /** 告知承诺. */
  NOTIFY_AND_COMMIT("notify-and-commit"),
  /** 容缺受理. */
  DEFICIENCY_TOLERANT("deficiency-tolerant"),
  /** 先证后核. */
  LICENCE_FIRST("licence-first");

  private final String label;
  private final byte[] bytes;

  Mode(String label) {
    this.label = label;
    this.bytes = label.getBytes(StandardCharsets.US_ASCII);
  }

  /** The name used in published files and on the command line. */
  public String label() {
    return label;
  }

  /** The name as it stands in a file; never handed out of this package. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * The mode of that name.
   *
   * @throws IllegalArgumentException if there is none, naming those that exist
   */
  public static Mode of(String label) {
    for (Mode mode : values()) {
      if (mode.label.equals(label)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "unknown mode '"
            + label
            + "'; known: "
            + Arrays.stream(values()).map(Mode::label).collect(Collectors.joining(", ")));
  }
}
