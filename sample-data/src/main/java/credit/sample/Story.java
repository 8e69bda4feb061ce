package credit.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** One firm's story while it is told: who, its risk, what has happened so far. */
final class Story {
  final Options options;
  final Schedule schedule;
  final Firm firm;
  final Risk risk;
  final Deliveries deliveries;
  final Serials serials;

  /** Acts that repairs and objections may name. */
  final List<Act> acts = new ArrayList<>();

  /** Causes that restrict the firm on the last day, for the truth. */
  final List<String> restrictedBy = new ArrayList<>();

  Story(
      Options options,
      Schedule schedule,
      Firm firm,
      Risk risk,
      Deliveries deliveries,
      Serials serials) {
    this.options = options;
    this.schedule = schedule;
    this.firm = firm;
    this.risk = risk;
    this.deliveries = deliveries;
    this.serials = serials;
  }

  Draw draw(String domain) {
    return Draw.of(options.seed(), domain, firm.index());
  }

  /** Whether something can happen to the firm on that day of the story. */
  boolean lives(LocalDate day) {
    return !day.isAfter(schedule.until()) && !day.isBefore(schedule.from()) && firm.openOn(day);
  }

  boolean over(LocalDate day) {
    return day.isAfter(schedule.until());
  }

  LocalDate dayIn(int month, Draw draw) {
    return draw.day(schedule.firstOf(month), schedule.lastOf(month));
  }

  double riskOn(LocalDate day) {
    return risk.at(schedule.monthOf(day));
  }

  Row row(String source, LocalDate day, String key) {
    return Row.of(source, firm, day + " " + key);
  }

  /** Name and code as they were on the day, in the given columns. */
  Row row(String source, LocalDate day, String key, String nameColumn) {
    return row(source, day, key).put(nameColumn, firm.nameOn(day)).put("code", firm.code());
  }

  /** A restriction that began, and perhaps ended, during the story. */
  void restricts(String cause, LocalDate ended) {
    if (ended == null || over(ended)) {
      restrictedBy.add(cause);
    }
  }
}
