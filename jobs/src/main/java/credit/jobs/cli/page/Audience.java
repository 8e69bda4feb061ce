package credit.jobs.cli.page;

import java.util.Locale;

/** For whom a firm's file is shown. */
public enum Audience {
  /** Analysts: everything. */
  INTERNAL,
  /** The firm itself: no score, no tip-offs, no other firms. */
  SUBJECT,
  /** Anybody: no score, no tier, no restrictions; only what may be public; persons masked. */
  PUBLIC;

  /** The audience of a command line's word, such as {@code internal}. */
  public static Audience of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
