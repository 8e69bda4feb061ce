package credit.sample;

import java.util.List;

/** Chooses which rows are dirty, and how. */
final class FaultPlanter {
  /** Share of all rows that get a fault. */
  private static final double RATE = 0.018;

  /** Share, among the rows that can have a fault of few, of rows that get it. */
  private static final double RATE_OF_FEW = 0.03;

  /** Refused rows stay below the contracts' limits, so that no good file stays out whole. */
  private static final double MOST_REFUSED = 0.04;

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
    int mayRefuse = (int) (lines.size() * MOST_REFUSED);
    for (Line line : lines) {
      if (line.row().kind() == Row.Kind.NATURAL_PERSON) {
        continue; // dropped whatever else is wrong with it
      }
      boolean planted = draw.chance(RATE_OF_FEW) && plantOfFew(line, draw, mayRefuse > 0);
      if (!planted && draw.chance(RATE)) {
        plant(line, delivery, draw, mayRefuse > 0);
      }
      mayRefuse -= refused(line) ? 1 : 0;
    }
  }

  private static boolean refused(Line line) {
    return line.fault() != null && line.fault().expected() == Fault.Expected.QUARANTINED;
  }

  private static boolean plantOfFew(Line line, Draw draw, boolean mayRefuse) {
    int count = RowFaults.OF_FEW.size();
    int first = draw.below(count);
    for (int i = 0; i < count; i++) {
      Fault fault = RowFaults.OF_FEW.get((first + i) % count);
      boolean allowed = mayRefuse || fault.expected() != Fault.Expected.QUARANTINED;
      if (allowed && fault.change().test(line, draw)) {
        line.planted(fault);
        return true;
      }
    }
    return false;
  }

  private void plant(Line line, int delivery, Draw draw, boolean mayRefuse) {
    for (int tried = 0; tried < TRIES; tried++) {
      Fault fault = weighted(draw);
      boolean counts = mayRefuse || fault.expected() != Fault.Expected.QUARANTINED;
      if (counts && allowed(line, fault, delivery) && fault.change().test(line, draw)) {
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
