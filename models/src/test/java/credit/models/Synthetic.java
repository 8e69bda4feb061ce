package credit.models;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Firms with a latent risk that shows in complaints and late reports; seeded. */
final class Synthetic {
  static final List<String> INDICATORS =
      List.of("complaints", "late_reports", "days_since_visit", "shoe_size");
  static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
  static final Making MAKING = new Making(Instant.parse("2026-01-02T03:04:05Z"), "test");

  private Synthetic() {}

  /** One row per firm on each of {@code days} quarterly days from {@link #FIRST_DAY} on. */
  static TrainingSet set(long seed, int firms, int days) {
    return set(seed, firms, 0, days);
  }

  static TrainingSet set(long seed, int firms, int firstQuarter, int days) {
    Random random = new Random(seed);
    List<Example> examples = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      LocalDate asOf = FIRST_DAY.plusMonths(3L * (firstQuarter + day));
      for (int firm = 0; firm < firms; firm++) {
        examples.add(example("firm-%05d".formatted(firm), asOf, random));
      }
    }
    return new TrainingSet(INDICATORS, examples);
  }

  private static Example example(String firm, LocalDate asOf, Random random) {
    double latent = random.nextGaussian();
    double complaints = Math.floor(Math.exp(latent + 0.5 * random.nextGaussian()));
    boolean lateMissing = random.nextDouble() < 0.2 + 0.2 * Calibration.sigmoid(latent);
    Double late =
        lateMissing ? null : Math.floor(3 * Calibration.sigmoid(latent) + random.nextDouble());
    double days = random.nextInt(1000);
    boolean positive = random.nextDouble() < Calibration.sigmoid(1.5 * latent - 1.5);
    return new Example(
        firm,
        asOf,
        IndicatorRow.of(complaints, late, days, 36 + 5 * random.nextGaussian()),
        positive,
        asOf.plusDays(random.nextInt(90)));
  }

  static TrainingOptions options() {
    return TrainingOptions.defaults(7);
  }

  static Provenance provenance() {
    return new Provenance(
        LocalDate.of(2025, 12, 31),
        LocalDate.of(2025, 12, 31),
        90,
        "a breach found within the horizon",
        "a".repeat(64),
        "b".repeat(64),
        Map.of("inspections", 1200L, "complaints", 340L));
  }

  /** Trained on four quarters, judged on the sixth: a horizon of one quarter lies between. */
  static ModelFile file(long seed) {
    RiskModel model = RiskModel.train(set(seed, 300, 4), options());
    Evaluation evaluation = Evaluation.of(model, set(seed + 1, 300, 5, 1), 40);
    return ModelFile.of(model, provenance(), evaluation, MAKING);
  }
}
