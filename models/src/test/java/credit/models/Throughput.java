package credit.models;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Measures training and scoring on a made-up city: arguments are rows and indicators. */
final class Throughput {
  private static final int BATCH = 2_000;

  private Throughput() {}

  public static void main(String[] args) {
    int rows = Integer.parseInt(args[0]);
    int indicators = Integer.parseInt(args[1]);
    long start = System.nanoTime();
    TrainingSet set = set(rows, indicators);
    report("make and sort the rows", rows, start);
    start = System.nanoTime();
    RiskModel model = RiskModel.train(set, TrainingOptions.defaults(1));
    report("train (calibration fit, final fit, best indicator)", rows, start);
    Scorer scorer = model.scorer("measured");
    List<List<IndicatorRow>> batches = batches(set);
    for (int round = 0; round < 3; round++) {
      start = System.nanoTime();
      double sum = 0;
      for (List<IndicatorRow> batch : batches) {
        sum += scorer.score(batch)[0];
      }
      report("score, one thread (check " + sum + ")", rows, start);
    }
    start = System.nanoTime();
    long reasons =
        set.examples().stream()
            .mapToLong(e -> scorer.explain(e.row()).contributions().size())
            .sum();
    report("explain, one thread (" + reasons + " contributions)", rows, start);
    start = System.nanoTime();
    Evaluation.of(model, next(set), 1000);
    report("evaluate", rows, start);
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "heap in use at the end: %d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  private static TrainingSet set(int rows, int indicators) {
    Random random = new Random(1);
    List<Example> examples = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      double[] values = new double[indicators];
      boolean[] missing = new boolean[indicators];
      double logOdds = -2;
      for (int k = 0; k < indicators; k++) {
        values[k] =
            k % 3 == 0 ? Math.floor(Math.exp(random.nextGaussian())) : random.nextGaussian();
        missing[k] = k % 5 == 0 && random.nextInt(10) == 0;
        logOdds += missing[k] ? 0 : values[k] * (k % 7 - 3) * 0.05;
      }
      examples.add(
          new Example(
              "firm-%07d".formatted(i / 4),
              LocalDate.of(2024, 1, 1).plusMonths(3L * (i % 4)),
              IndicatorRow.of(values, missing),
              random.nextDouble() < Calibration.sigmoid(logOdds)));
    }
    return new TrainingSet(
        IntStream.range(0, indicators).mapToObj(k -> "indicator_" + k).toList(), examples);
  }

  private static TrainingSet next(TrainingSet set) {
    return new TrainingSet(
        set.indicators(),
        set.examples().stream()
            .map(e -> new Example(e.firm(), e.asOf().plusYears(2), e.row(), e.positive()))
            .toList());
  }

  private static List<List<IndicatorRow>> batches(TrainingSet set) {
    List<IndicatorRow> rows = set.examples().stream().map(Example::row).toList();
    List<List<IndicatorRow>> batches = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += BATCH) {
      batches.add(rows.subList(i, Math.min(rows.size(), i + BATCH)));
    }
    return batches;
  }

  private static void report(String what, int rows, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%-60s %7.2f s %,12.0f rows/s%n", what, seconds, rows / seconds);
  }
}
