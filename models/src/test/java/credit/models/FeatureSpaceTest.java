package credit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FeatureSpaceTest {
  private static final LocalDate DAY = LocalDate.of(2025, 1, 1);

  private static TrainingSet one(Double... values) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      examples.add(
          new Example("f" + i, DAY, IndicatorRow.of(new Double[] {values[i]}), i % 2 == 0));
    }
    return new TrainingSet(List.of("x"), examples);
  }

  private static double[] encode(FeatureSpace space, Double value) {
    return space.encode(IndicatorRow.of(new Double[] {value}));
  }

  @Test
  void aPresentValueIsStandardisedByTheTrainingRows() {
    FeatureSpace space = FeatureSpace.learn(one(-2.0, 0.0, 2.0, 0.0));
    assertThat(encode(space, 2.0)[0]).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(encode(space, 0.0)).containsExactly(0.0);
  }

  @Test
  void missingDiffersFromZeroAndFromTheMean() {
    FeatureSpace space = FeatureSpace.learn(one(0.0, 2.0, 4.0, null));
    assertThat(encode(space, null)).containsExactly(0.0, 1.0);
    assertThat(encode(space, 2.0)).containsExactly(0.0, 0.0);
    assertThat(encode(space, 0.0)[0]).isNegative();
  }

  @Test
  void anIndicatorNeverMissingInTrainingHasNoFlagAndTakesTheMeanWhenMissing() {
    FeatureSpace space = FeatureSpace.learn(one(0.0, 2.0, 4.0));
    assertThat(space.features()).containsExactly("x");
    assertThat(encode(space, null)).containsExactly(0.0);
  }

  @Test
  void aSkewedCountPassesThroughTheLogarithm() {
    Double[] counts = new Double[100];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = i < 95 ? i % 2 : 500.0 + i;
    }
    FeatureSpace.Column column = FeatureSpace.learn(one(counts)).columns().get(0);
    assertThat(column.log1p()).isTrue();
    assertThat(column.low()).isZero();
    assertThat(column.high()).isCloseTo(Math.log(600), within(1e-12));
  }

  @Test
  void aSymmetricIndicatorIsNotBentByTheLogarithm() {
    assertThat(FeatureSpace.learn(one(1.0, 2.0, 3.0, 4.0)).columns().get(0).log1p()).isFalse();
  }

  @Test
  void aConstantIndicatorGivesZeroAndNoDivisionByZero() {
    FeatureSpace space = FeatureSpace.learn(one(0.1, 0.1, 0.1));
    assertThat(encode(space, 0.1)).containsExactly(0.0);
    assertThat(encode(space, 99.0)).containsExactly(0.0);
  }

  @Test
  void anIndicatorThatWasAlwaysMissingGivesOnlyItsFlag() {
    FeatureSpace space = FeatureSpace.learn(one(null, null));
    assertThat(encode(space, null)).containsExactly(0.0, 1.0);
    assertThat(encode(space, 5.0)).containsExactly(0.0, 0.0);
  }

  @Test
  void aValueBeyondTheTrainingRangeIsHeldAtItsEnd() {
    FeatureSpace space = FeatureSpace.learn(one(0.0, 1.0, 2.0));
    assertThat(encode(space, 1e9)).containsExactly(encode(space, 2.0));
    assertThat(encode(space, -1e9)).containsExactly(encode(space, 0.0));
  }

  @Test
  void notANumberAndInfiniteValuesAreRefusedByName() {
    FeatureSpace space = FeatureSpace.learn(one(0.0, 1.0));
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> encode(space, bad))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("indicator x is " + bad)
          .hasMessageContaining("give null");
    }
  }

  @Test
  void aTrainingRowWithNotANumberIsRefusedWithItsFirmAndDay() {
    assertThatThrownBy(() -> one(1.0, Double.NaN))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("firm f1 as of 2025-01-01")
        .hasMessageContaining("indicator x is NaN");
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    FeatureSpace space = FeatureSpace.learn(one(0.0, 1.0));
    assertThatThrownBy(() -> space.encode(IndicatorRow.of(1.0, 2.0)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("holds 2 values where the model has 1");
  }

  @Test
  void anIndicatorThatTheModelDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> IndicatorRow.of(List.of("x"), Map.of("y", 1.0)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("indicator y is not among");
  }

  @Test
  void twoRowsOfOneFirmOnOneDayAreRefused() {
    Example example = new Example("f", DAY, IndicatorRow.of(1.0), true);
    assertThatThrownBy(() -> new TrainingSet(List.of("x"), List.of(example, example)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("firm f has two examples as of 2025-01-01");
  }
}
