package credit.models;

import java.time.LocalDate;
import java.util.Objects;

/**
 * One firm as of one day, with what came out within the horizon after it.
 *
 * @param firm the firm's key; with {@code asOf} it names the example
 * @param asOf the day for which the indicators were computed
 * @param row the indicators, without looking past {@code asOf}
 * @param positive whether the event to foresee happened within the horizon
 * @param outcomeDay the day on which the outcome was found, such as the visit's; not before {@code
 *     asOf}
 */
public record Example(
    String firm, LocalDate asOf, IndicatorRow row, boolean positive, LocalDate outcomeDay) {
  public Example {
    Objects.requireNonNull(firm, "firm");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(row, "row");
    Objects.requireNonNull(outcomeDay, "outcomeDay");
    if (outcomeDay.isBefore(asOf)) {
      throw new ModelException(
          "firm %s: the outcome of %s lies before the as-of day %s, so the indicators may know it;"
              + " take the outcome from the horizon after the day",
          firm, outcomeDay, asOf);
    }
  }

  /** An outcome found on the as-of day itself. */
  public Example(String firm, LocalDate asOf, IndicatorRow row, boolean positive) {
    this(firm, asOf, row, positive, asOf);
  }
}
