package credit.models;

import java.time.LocalDate;
import java.util.Objects;

/**
 * A score and what came out.
 *
 * @param firm the firm's key
 * @param date the day on which the outcome was found, such as the inspection's
 * @param score larger means riskier; a probability where it is judged as one
 * @param positive what was found
 */
public record Outcome(String firm, LocalDate date, double score, boolean positive) {
  public Outcome {
    Objects.requireNonNull(firm, "firm");
    Objects.requireNonNull(date, "date");
    if (!Double.isFinite(score)) {
      throw new ModelException(
          "the score of firm %s is %s: it cannot be ranked; score it again from finite indicators",
          firm, score);
    }
  }
}
