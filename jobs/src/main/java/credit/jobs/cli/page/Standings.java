package credit.jobs.cli.page;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * Of which day and knowledge the parts of a firm's file are: stages run apart, and a tier that was
 * set before the file was built says nothing of what the file tells now.
 *
 * @param file of the stage that builds the files
 * @param tier of the last rating; null: firms were never rated
 * @param lists of the last lists; null: none were made yet
 */
public record Standings(Standing file, Standing tier, Standing lists) {
  /**
   * What the last run of a stage stands for.
   *
   * @param pendingRules whether rules were at work that no officer has confirmed
   * @param rules hash of contracts, codes and rules
   * @param made place in the ledger: what has a higher one was made later
   */
  public record Standing(
      LocalDate asOf, LocalDate knownAt, boolean pendingRules, String rules, long made) {
    private static Standing of(Ledger.Entry last) {
      return new Standing(
          last.asOf(), last.knownAt(), last.allowPending(), last.bundle(), last.sequence());
    }
  }

  /** Whether a part was made for the file; each but the first with a text that tells why not. */
  public enum Made {
    FOR_THE_FILE,
    NEVER,
    FOR_ANOTHER_DAY,
    FOR_AN_EARLIER_FILE;

    String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * As the ledger tells.
   *
   * @throws Failure (exit code 2) where no firm files were built yet
   */
  public static Standings of(Ledger ledger) {
    return new Standings(
        ledger
            .last("firm")
            .map(Standing::of)
            .orElseThrow(
                () -> Failure.usage("there are no firm files yet: './credit firm' writes them")),
        ledger.last("tier").map(Standing::of).orElse(null),
        ledger.last("list").map(Standing::of).orElse(null));
  }

  /** Whether the last rating is of this file. */
  public Made tierMade() {
    return made(tier);
  }

  /** Whether the last lists were made from this file. */
  public Made listsMade() {
    return made(lists);
  }

  private Made made(Standing part) {
    if (part == null) {
      return Made.NEVER;
    }
    if (!part.asOf().equals(file.asOf())) {
      return Made.FOR_ANOTHER_DAY;
    }
    return part.made() > file.made() && part.knownAt().equals(file.knownAt())
        ? Made.FOR_THE_FILE
        : Made.FOR_AN_EARLIER_FILE;
  }

  /** Whether pending rules were at work in anything that is shown: grades, tier or lists. */
  boolean pendingRules() {
    return file.pendingRules()
        || Stream.of(tier, lists).anyMatch(p -> made(p) == Made.FOR_THE_FILE && p.pendingRules());
  }
}
