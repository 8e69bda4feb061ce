package credit.jobs.publish;

import credit.approval.format.Coverage;
import credit.approval.format.ListContent;
import credit.approval.id.UnifiedCode;
import credit.jobs.publish.ListedEntry.ListName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Values from which the tests start. */
final class Samples {
  static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  static final String MODE = "notify-and-commit";
  static final String RULE = "RS-01-NC";

  private Samples() {}

  /** A well-formed code; no firm has it. */
  static String code(int number) {
    return UnifiedCode.compose("91440400", "MA%06d".formatted(number));
  }

  static ListedEntry restriction(int number) {
    return entry(ListName.RESTRICTIONS, number, "listed");
  }

  static ListedEntry entry(ListName list, int number, String state) {
    return new ListedEntry(
        list,
        "e" + number,
        "uscc",
        code(number),
        "样例企业" + number,
        list == ListName.RESTRICTIONS ? MODE : list == ListName.INCENTIVES ? "green_channel" : null,
        null,
        LocalDate.of(2026, 1, 1),
        state.equals("ended") ? LocalDate.of(2026, 6, 1) : LocalDate.of(2029, 1, 1),
        "serious_violation",
        "办法第十五条",
        "珠市监罚〔2026〕" + number + "号",
        "珠海市市场监督管理局",
        LocalDate.of(2025, 12, 20),
        List.of("serious_violations/abc/" + number),
        RULE,
        false,
        state,
        null);
  }

  /** A restriction whose act has no effect until a day. */
  static ListedEntry suspendedUntil(LocalDate day) {
    ListedEntry e = entry(ListName.RESTRICTIONS, 1, "suspended");
    return new ListedEntry(
        e.list(),
        e.entryId(),
        e.idScheme(),
        e.code(),
        e.name(),
        e.scope(),
        e.item(),
        day,
        e.until(),
        e.cause(),
        e.basis(),
        e.actNo(),
        e.actAuthority(),
        e.actDate(),
        e.sourceRecords(),
        e.rule(),
        e.pending(),
        e.state(),
        "listed");
  }

  static List<ListedEntry> restrictions(int from, int until) {
    return IntStream.range(from, until).mapToObj(Samples::restriction).toList();
  }

  /** A penalty of 2026-05-01 that is shown for a year. */
  static PublicPenalty penalty(int number) {
    return new PublicPenalty(
        "uscc",
        code(number),
        "样例企业" + number,
        "罚〔2026〕" + number + "号",
        "珠海市市场监督管理局",
        LocalDate.of(2026, 5, 1),
        List.of("confiscate_income", "fine"),
        new BigDecimal("6000.00"),
        "general",
        "国家发展改革委令第36号",
        LocalDate.of(2026, 5, 1),
        LocalDate.of(2027, 5, 1));
  }

  static PublicPenalty named(PublicPenalty p, String name) {
    return new PublicPenalty(
        p.idScheme(),
        p.code(),
        name,
        p.actNo(),
        p.authority(),
        p.actDate(),
        p.categories(),
        p.amount(),
        p.band(),
        p.basis(),
        p.from(),
        p.until());
  }

  static PublicPenalty until(PublicPenalty p, LocalDate until) {
    return new PublicPenalty(
        p.idScheme(),
        p.code(),
        p.name(),
        p.actNo(),
        p.authority(),
        p.actDate(),
        p.categories(),
        p.amount(),
        p.band(),
        p.basis(),
        p.from(),
        until);
  }

  static Contents.Firm firm(int number) {
    return new Contents.Firm(
        "uscc", code(number), LocalDate.of(2020, 1, 1), LocalDate.of(2023, 7, 31), null, false);
  }

  static Coverage coverage(LocalDate through) {
    return new Coverage("serious_violations", "珠海市市场监督管理局", "440400", true, through, 31);
  }

  static ListContent content(List<ListedEntry> entries) {
    return Contents.of(
        entries,
        Contents.subjects(IntStream.range(1, 60).mapToObj(Samples::firm).toList()),
        List.of(coverage(DAY)),
        List.of(new Contents.Item("X-01", List.of(), null, List.of(MODE))));
  }

  static Statement statement(LocalDate asOf) {
    return new Statement("440400", asOf, asOf, asOf.minusDays(30), 3, List.of(), List.of(), "uscc");
  }

  static Delivery delivery(String source, LocalDate declared, String status) {
    return new Delivery(
        source,
        source + "/" + declared + "/a.csv",
        declared,
        declared,
        Instant.parse("2026-07-01T00:00:00Z"),
        status,
        10,
        status.equals("refused") ? 0 : 10,
        0,
        status.equals("refused") ? 10 : 0,
        0);
  }
}
