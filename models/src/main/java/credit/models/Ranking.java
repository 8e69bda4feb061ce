package credit.models;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Outcomes in falling order of score, as groups of equal score. No figure depends on the order
 * within a group: it takes the mean over all orders, and beside it, where asked, the worst and best
 * of them.
 */
final class Ranking {
  /** Rows {@code from} (inclusive) to {@code until} (exclusive) of the order share one score. */
  private record Group(int from, int until, int positives) {
    int size() {
      return until - from;
    }
  }

  private final List<Outcome> sorted;
  private final List<Group> groups = new ArrayList<>();
  private final int positives;

  private Ranking(List<Outcome> sorted) {
    this.sorted = sorted;
    int from = 0;
    int found = 0;
    int inGroup = 0;
    for (int i = 0; i < sorted.size(); i++) {
      inGroup += sorted.get(i).positive() ? 1 : 0;
      if (i + 1 == sorted.size() || sorted.get(i + 1).score() != sorted.get(i).score()) {
        groups.add(new Group(from, i + 1, inGroup));
        found += inGroup;
        inGroup = 0;
        from = i + 1;
      }
    }
    this.positives = found;
  }

  static Ranking of(List<Outcome> outcomes) {
    List<Outcome> sorted = new ArrayList<>(outcomes);
    // Day and firm within a tie only fix the order in which sums are folded.
    sorted.sort(
        Comparator.<Outcome>comparingDouble(o -> -o.score() + 0.0)
            .thenComparing(Outcome::date)
            .thenComparing(Outcome::firm)
            .thenComparing(Outcome::positive));
    return new Ranking(sorted);
  }

  int size() {
    return sorted.size();
  }

  int positives() {
    return positives;
  }

  List<Outcome> sorted() {
    return sorted;
  }

  private boolean oneOutcomeOnly() {
    return positives == 0 || positives == sorted.size();
  }

  /** Null without both outcomes. */
  Double auc() {
    if (oneOutcomeOnly()) {
      return null;
    }
    double[] scores = sorted.stream().mapToDouble(Outcome::score).toArray();
    boolean[] positive = new boolean[scores.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = sorted.get(i).positive();
    }
    return Auc.of(scores, positive);
  }

  /** Mean precision over the positives, each taken at the end of its group; null without any. */
  Double averagePrecision() {
    if (positives == 0) {
      return null;
    }
    double sum = 0;
    long found = 0;
    for (Group group : groups) {
      found += group.positives();
      sum += group.positives() * ((double) found / group.until());
    }
    return sum / positives;
  }

  /** Positives among the first {@code k} rows: mean, fewest and most over the orders of ties. */
  Range hits(int k) {
    long before = 0;
    for (Group group : groups) {
      if (group.until() <= k) {
        before += group.positives();
        continue;
      }
      int taken = Math.max(0, k - group.from());
      int negatives = group.size() - group.positives();
      return new Range(
          before + (double) group.positives() * taken / group.size(),
          before + Math.max(0, taken - negatives),
          before + Math.min(taken, group.positives()));
    }
    return new Range(before, before, before);
  }

  /**
   * Mean over the positives of (actual day − simulated day), where the rows in falling order of
   * score take the days of the same rows in calendar order. Null without positives.
   */
  Double daysEarlier() {
    if (positives == 0) {
      return null;
    }
    long[] days = sorted.stream().map(Outcome::date).mapToLong(LocalDate::toEpochDay).toArray();
    Arrays.sort(days);
    double gained = 0;
    for (Group group : groups) {
      long groupDays = 0;
      long actualDays = 0;
      for (int i = group.from(); i < group.until(); i++) {
        groupDays += days[i];
        actualDays += sorted.get(i).positive() ? sorted.get(i).date().toEpochDay() : 0;
      }
      gained += actualDays - group.positives() * ((double) groupDays / group.size());
    }
    return gained / positives;
  }

  /** Share of the positives in the first floor(n/2) rows; null without positives. */
  Double firstHalf() {
    return positives == 0 ? null : hits(sorted.size() / 2).expected() / positives;
  }

  /** The same outcomes visited in the order in which they really were: earliest day first. */
  Ranking asUsual() {
    return of(
        sorted.stream()
            .map(o -> new Outcome(o.firm(), o.date(), -o.date().toEpochDay(), o.positive()))
            .toList());
  }
}
