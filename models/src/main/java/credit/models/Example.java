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
 */
public record Example(String firm, LocalDate asOf, IndicatorRow row, boolean positive) {
  public Example {
    Objects.requireNonNull(firm, "firm");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(row, "row");
  }
}
