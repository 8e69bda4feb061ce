package credit.sample;

import java.util.List;

/** Chooses which rows are dirty, and how. */
final class FaultPlanter {
  /** Share of rows that get a fault. */
  static final double RATE = 0.02;

  private static final int TRIES = 12;

  private final Options options;
  private final List<Fault> faults;
  private final Deliveries deliveries;
  private final int lastDelivery;

  FaultPlanter(Options options, Schedule schedule, Deliveries deliveries) {
    this.options = options;
    this.deliveries = deliveries;
    this.lastDelivery = schedule.deliveries().size() - 1;
    this.faults =
        RowFaults.ALL.stream().filter(f -> options.faults() == Faults.ALL || !f.rare()).toList();
  }

  void plant(List<Line> lines, String source, int delivery) {
    if (options.faults() == Faults.NONE) {
      return;
    }
    Draw draw = Draw.of(options.seed(), "fault " + source, delivery);
    for (Line line : lines) {
      if (draw.chance(RATE)) {
        plant(line, delivery, draw);
      }
    }
  }

  private void plant(Line line, int delivery, Draw draw) {
    for (int tried = 0; tried < TRIES; tried++) {
      Fault fault = weighted(draw);
      if (allowed(line, fault, delivery) && fault.change().test(line, draw)) {
        line.planted(fault);
        if (heals(line, fault)) {
          deliveries.addTo(line.row(), delivery + 1);
        }
        return;
      }
    }
  }

  private boolean allowed(Line line, Fault fault, int delivery) {
    boolean changesName = fault.id().startsWith("name") || fault.id().equals("zero_width");
    boolean changesKey = changesName && line.isKey(line.nameColumn());
    if (changesKey && !deliveries.once(line.row())) {
      return false;
    }
    return !heals(line, fault) || delivery < lastDelivery;
  }

  /** A refused row of the register comes again, in order: else its firm would not exist. */
  private static boolean heals(Line line, Fault fault) {
    return line.row().source().equals("firm_register")
        && fault.expected() == Fault.Expected.QUARANTINED;
  }

  private Fault weighted(Draw draw) {
    int sum = 0;
    for (Fault fault : faults) {
      sum += fault.weight();
    }
    int at = draw.below(sum);
    for (Fault fault : faults) {
      at -= fault.weight();
      if (at < 0) {
        return fault;
      }
    }
    return faults.get(0);
  }
}
