package credit.models;

import java.util.ArrayList;
import java.util.List;

/**
 * How well an order of firms finds the positives early. Figures that need positives, or both
 * outcomes, are {@code null} without them.
 *
 * @param auc Mann–Whitney, ties counting half
 * @param averagePrecision mean precision at the positives
 * @param daysEarlier days by which the mean positive is reached sooner than it was
 * @param firstHalf share of positives in the first half of the order
 * @param atK precision, recall and lift for the first k rows
 */
public record RankingFigures(
    Double auc, Double averagePrecision, Double daysEarlier, Double firstHalf, List<AtK> atK) {
  private static final int[] PERCENTS = {1, 5, 10, 20};

  public RankingFigures {
    atK = List.copyOf(atK);
  }

  /**
   * The first k rows, as a visit budget would take them.
   *
   * @param label what k stands for: {@code 10%} or {@code capacity}
   * @param k rows, at least one
   * @param precision positives among them per row
   * @param recall of all positives; {@code null} without any
   * @param lift precision per base rate; {@code null} without positives
   */
  public record AtK(String label, int k, Range precision, Range recall, Range lift) {}

  static RankingFigures of(Ranking ranking, int capacity) {
    List<AtK> atK = new ArrayList<>();
    for (int percent : PERCENTS) {
      atK.add(at(ranking, percent + "%", (int) ((long) ranking.size() * percent / 100)));
    }
    if (capacity > 0) {
      atK.add(at(ranking, "capacity", capacity));
    }
    return new RankingFigures(
        ranking.auc(), ranking.averagePrecision(), ranking.daysEarlier(), ranking.firstHalf(), atK);
  }

  private static AtK at(Ranking ranking, String label, int wanted) {
    int k = Math.min(Math.max(1, wanted), ranking.size());
    Range hits = ranking.hits(k);
    Range precision = hits.times(1.0 / k);
    double perBaseRate = (double) ranking.size() / ranking.positives();
    boolean any = ranking.positives() > 0;
    return new AtK(
        label,
        k,
        precision,
        any ? hits.times(1.0 / ranking.positives()) : null,
        any ? precision.times(perBaseRate) : null);
  }

  /** The figures for {@code 1%}, {@code 5%}, {@code 10%}, {@code 20%} or {@code capacity}. */
  public AtK at(String label) {
    return atK.stream()
        .filter(a -> a.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no figures at " + label));
  }
}
