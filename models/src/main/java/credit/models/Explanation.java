package credit.models;

import java.util.List;

/**
 * Why a firm has its score. {@code baseline} plus all contributions is {@code logOdds}, and {@code
 * probability} is its logistic: nothing is left unexplained.
 *
 * @param probability the score
 * @param logOdds its log-odds
 * @param baseline log-odds of a firm with every indicator at the training mean
 * @param contributions one per indicator, largest absolute value first, ties by id
 */
public record Explanation(
    double probability, double logOdds, double baseline, List<Contribution> contributions) {
  public Explanation {
    contributions = List.copyOf(contributions);
  }

  /**
   * One indicator's share.
   *
   * @param indicator its id
   * @param value the firm's value; {@code null} means missing
   * @param logOdds signed: positive raises the risk
   */
  public record Contribution(String indicator, Double value, double logOdds) {
    public boolean missing() {
      return value == null;
    }
  }

  /** The {@code n} strongest reasons that raise the score. */
  public List<Contribution> raising(int n) {
    return contributions.stream().filter(c -> c.logOdds() > 0).limit(n).toList();
  }

  /** The {@code n} strongest reasons that lower the score. */
  public List<Contribution> lowering(int n) {
    return contributions.stream().filter(c -> c.logOdds() < 0).limit(n).toList();
  }
}
