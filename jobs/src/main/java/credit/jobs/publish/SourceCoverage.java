package credit.jobs.publish;

import credit.approval.format.Coverage;
import credit.schemas.SourceContract;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How far the sources that feed the lists have been delivered. */
final class SourceCoverage {
  private SourceCoverage() {}

  /**
   * One row for each source that a clear answer needs, that the stage {@code list} reads, or that
   * names the firms.
   *
   * @param knownAt deliveries that became known later are left out
   */
  static List<Coverage> of(
      Collection<SourceContract> sources, List<Delivery> deliveries, LocalDate knownAt) {
    return sources.stream()
        .filter(SourceCoverage::feedsTheLists)
        .map(s -> coverage(s, known(s, deliveries, knownAt)))
        .toList();
  }

  /**
   * The first day for which the lists answer: the day on which the last of the required sources was
   * first delivered, but no more than so many days back.
   */
  static LocalDate firstDay(
      Collection<SourceContract> sources,
      List<Delivery> deliveries,
      LocalDate asOf,
      LocalDate knownAt,
      int answerBackDays) {
    LocalDate farthest = asOf.minusDays(answerBackDays);
    return sources.stream()
        .filter(s -> s.delivery().requiredForLists())
        .map(s -> firstDelivered(known(s, deliveries, knownAt)))
        .flatMap(Optional::stream)
        .filter(first -> first.isAfter(farthest))
        .max(Comparator.naturalOrder())
        .map(first -> first.isAfter(asOf) ? asOf : first)
        .orElse(farthest);
  }

  private static boolean feedsTheLists(SourceContract source) {
    return source.delivery().requiredForLists()
        || source.readers().contains("list")
        || source.role() == SourceContract.Role.REGISTER;
  }

  private static List<Delivery> known(
      SourceContract source, List<Delivery> deliveries, LocalDate knownAt) {
    return deliveries.stream()
        .filter(d -> d.source().equals(source.id()) && !d.knownAt().isAfter(knownAt))
        .toList();
  }

  private static Coverage coverage(SourceContract source, List<Delivery> deliveries) {
    return new Coverage(
        source.id(),
        source.delivery().authority(),
        source.delivery().territory(),
        source.delivery().requiredForLists(),
        completeThrough(deliveries),
        source.delivery().intervalDays());
  }

  /**
   * The newest day delivered before the first gap. A refused delivery is a gap until another of its
   * day is accepted: what came later does not hold what it held.
   */
  private static LocalDate completeThrough(List<Delivery> deliveries) {
    Optional<LocalDate> gap =
        deliveries.stream()
            .filter(d -> d.isRefused() && deliveries.stream().noneMatch(o -> replaces(o, d)))
            .map(Delivery::declaredOn)
            .min(Comparator.naturalOrder());
    return deliveries.stream()
        .filter(d -> !d.isRefused())
        .map(Delivery::declaredOn)
        .filter(day -> gap.isEmpty() || day.isBefore(gap.get()))
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static boolean replaces(Delivery other, Delivery refused) {
    return !other.isRefused()
        && other.declaredOn().equals(refused.declaredOn())
        && other.ingestedAt().isAfter(refused.ingestedAt())
        && !Objects.equals(other.status(), "resent");
  }

  private static Optional<LocalDate> firstDelivered(List<Delivery> deliveries) {
    return deliveries.stream()
        .filter(d -> !d.isRefused())
        .map(Delivery::declaredOn)
        .min(Comparator.naturalOrder());
  }
}
