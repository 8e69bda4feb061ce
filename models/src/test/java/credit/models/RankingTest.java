package credit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final LocalDate DAY = LocalDate.of(2025, 3, 1);

  private static Outcome on(int day, double score, boolean positive) {
    return new Outcome("f" + day, DAY.plusDays(day), score, positive);
  }

  /** Scores on a coarse grid, so that ties are common. */
  private static List<Outcome> random(long seed, int n) {
    Random random = new Random(seed);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      outcomes.add(
          new Outcome(
              "f" + i,
              DAY.plusDays(random.nextInt(20)),
              random.nextInt(6) / 5.0,
              random.nextInt(3) == 0));
    }
    return outcomes;
  }

  @Property
  void aucEqualsTheShareOfPairsCountedOneByOne(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int n) {
    List<Outcome> outcomes = random(seed, n);
    double wins = 0;
    long pairs = 0;
    for (Outcome p : outcomes) {
      for (Outcome q : outcomes) {
        if (p.positive() && !q.positive()) {
          pairs++;
          wins += p.score() > q.score() ? 1 : p.score() == q.score() ? 0.5 : 0;
        }
      }
    }
    Double auc = Ranking.of(outcomes).auc();
    if (pairs == 0) {
      assertThat(auc).isNull();
    } else {
      assertThat(auc).isCloseTo(wins / pairs, within(1e-12));
    }
  }

  @Property
  void noFigureDependsOnTheOrderOfTheRows(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
    List<Outcome> outcomes = random(seed, n);
    List<Outcome> shuffled = new ArrayList<>(outcomes);
    Collections.shuffle(shuffled, new Random(seed + 1));
    assertThat(RankingFigures.of(Ranking.of(shuffled), 3))
        .isEqualTo(RankingFigures.of(Ranking.of(outcomes), 3));
    assertThat(ProbabilityFigures.of(Ranking.of(shuffled)))
        .isEqualTo(ProbabilityFigures.of(Ranking.of(outcomes)));
  }

  @Property
  void tiedFiguresLieBetweenWorstAndBestOfAllOrders(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n) {
    Ranking ranking = Ranking.of(random(seed, n));
    for (int k = 0; k <= n; k++) {
      Range hits = ranking.hits(k);
      assertThat(hits.worst()).isLessThanOrEqualTo(hits.expected() + 1e-12);
      assertThat(hits.expected()).isLessThanOrEqualTo(hits.best() + 1e-12);
      assertThat(hits.best()).isLessThanOrEqualTo(k);
    }
    assertThat(ranking.hits(n))
        .isEqualTo(new Range(ranking.positives(), ranking.positives(), ranking.positives()));
  }

  @Test
  void daysEarlierByHand() {
    // Falling score: day 6 (positive), day 0, day 2, day 3 (positive); they take days 0, 2, 3, 6.
    // The positives gain 6 − 0 = 6 and 3 − 6 = −3, so 1.5 in the mean.
    Ranking ranking =
        Ranking.of(
            List.of(on(0, 0.8, false), on(2, 0.6, false), on(3, 0.1, true), on(6, 0.9, true)));
    assertThat(ranking.daysEarlier()).isEqualTo(1.5);
    assertThat(ranking.firstHalf()).isEqualTo(0.5);
  }

  @Test
  void daysEarlierUnderTiesIsTheMeanOverAllOrders() {
    // All tied: each takes the mean day (0 + 1 + 5) / 3 = 2; the positive of day 5 gains 3.
    Ranking ranking = Ranking.of(List.of(on(0, 0.5, false), on(1, 0.5, false), on(5, 0.5, true)));
    assertThat(ranking.daysEarlier()).isEqualTo(3.0);
    // One of three rows is the first half, so the positive is in it in a third of the orders.
    assertThat(ranking.firstHalf()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void theOrderOfDaysThatReallyWasGainsNothing() {
    Ranking usual =
        Ranking.of(List.of(on(0, 0.3, true), on(4, 0.9, false), on(9, 0.5, true))).asUsual();
    assertThat(usual.daysEarlier()).isZero();
  }

  @Test
  void averagePrecisionByHand() {
    Ranking ranking =
        Ranking.of(
            List.of(on(0, 0.9, true), on(1, 0.8, false), on(2, 0.7, true), on(3, 0.6, false)));
    assertThat(ranking.averagePrecision()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
  }

  @Test
  void aConstantScoreHasTheBaseRateAsPrecisionAndHalfAsAuc() {
    Ranking ranking = Ranking.of(List.of(on(0, 1, true), on(1, 1, false), on(2, 1, false)));
    assertThat(ranking.auc()).isEqualTo(0.5);
    assertThat(ranking.averagePrecision()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(ranking.hits(1)).isEqualTo(new Range(1 / 3.0, 0, 1));
  }

  @Test
  void negativeZeroAndZeroAreOneScore() {
    Ranking ranking = Ranking.of(List.of(on(0, 0.0, false), on(1, -0.0, true)));
    assertThat(ranking.auc()).isEqualTo(0.5);
    assertThat(ranking.hits(1)).isEqualTo(new Range(0.5, 0, 1));
  }

  @Test
  void withoutPositivesTheFiguresAreUnknownRatherThanZero() {
    RankingFigures figures = RankingFigures.of(Ranking.of(List.of(on(0, 0.4, false))), 5);
    assertThat(figures.auc()).isNull();
    assertThat(figures.averagePrecision()).isNull();
    assertThat(figures.daysEarlier()).isNull();
    assertThat(figures.at("capacity").lift()).isNull();
    assertThat(figures.at("capacity").k()).isEqualTo(1);
  }

  @Test
  void probabilityFiguresByHand() {
    ProbabilityFigures figures =
        ProbabilityFigures.of(Ranking.of(List.of(on(0, 0.8, true), on(1, 0.4, false))));
    assertThat(figures.brier()).isCloseTo((0.04 + 0.16) / 2, within(1e-12));
    assertThat(figures.logLoss()).isCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, within(1e-12));
    assertThat(figures.calibrationError()).isCloseTo((0.2 + 0.4) / 2, within(1e-12));
  }

  @Test
  void theCalibrationTableHoldsEveryRowOnceAndNeverPartsEqualScores() {
    List<Outcome> outcomes = random(5, 500);
    ProbabilityFigures figures = ProbabilityFigures.of(Ranking.of(outcomes));
    assertThat(figures.table()).hasSizeLessThanOrEqualTo(6);
    assertThat(figures.table().stream().mapToLong(ProbabilityFigures.Tenth::rows).sum())
        .isEqualTo(500);
  }
}
