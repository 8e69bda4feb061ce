package credit.jobs.cli.page;

import static credit.jobs.cli.page.Made.a;
import static credit.jobs.cli.page.Made.like;

import credit.jobs.cli.page.FirmView.Category;
import credit.jobs.cli.page.FirmView.Change;
import credit.jobs.cli.page.FirmView.Contribution;
import credit.jobs.cli.page.FirmView.Duty;
import credit.jobs.cli.page.FirmView.Event;
import credit.jobs.cli.page.FirmView.Identity;
import credit.jobs.cli.page.FirmView.Licence;
import credit.jobs.cli.page.FirmView.Listing;
import credit.jobs.cli.page.FirmView.Name;
import credit.jobs.cli.page.FirmView.Notice;
import credit.jobs.cli.page.FirmView.Outlook;
import credit.jobs.cli.page.FirmView.Reason;
import credit.jobs.cli.page.FirmView.Relation;
import credit.jobs.cli.page.FirmView.Repair;
import credit.jobs.cli.page.FirmView.Score;
import credit.jobs.cli.page.FirmView.Source;
import credit.jobs.cli.page.FirmView.Step;
import credit.jobs.cli.page.FirmView.Tier;
import credit.jobs.cli.page.FirmView.UnmetChange;
import credit.jobs.cli.page.FirmView.Window;
import credit.jobs.tier.TierOutlook.Distance;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** The file of an invented firm, with something in each of its parts. */
final class InventedFirm {
  private static final String CODE = "91440400192548256N";

  static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final String OFFICE = "珠海市市场监督管理局";

  private static final Event PENALTY =
      a(Event.class)
          .with("id", "e1")
          .with("type", "penalty")
          .with("date", LocalDate.of(2026, 3, 9))
          .with("knownAt", LocalDate.of(2026, 3, 31))
          .with("actNo", "珠市监处〔2026〕7号")
          .with("authority", OFFICE)
          .with("categories", List.of(new Category("fine", "罚款", "fine")))
          .with("amount", new BigDecimal("2000.00"))
          .with("severity", "general")
          .with("status", "active")
          .with(
              "sources",
              List.of(
                  new Source(
                      "penalties",
                      "penalties/0123456789ab/17",
                      "penalties/2026-03-31/cf.csv",
                      17L,
                      "code")))
          .record();
  private static final Event TIP_OFF =
      a(Event.class)
          .with("id", "e2")
          .with("type", "complaint")
          .with("date", LocalDate.of(2025, 9, 9))
          .with("knownAt", LocalDate.of(2025, 9, 30))
          .with("categories", List.of(new Category("tip_off", "举报", "tip-off")))
          .with("outcome", "verified")
          .with("status", "active")
          .with("sources", List.of(new Source("complaints", "complaints/1/1", null, null, "name")))
          .record();
  private static final Event REPAIRED_PENALTY =
      a(Event.class)
          .with("id", "e3")
          .with("type", "penalty")
          .with("date", LocalDate.of(2024, 2, 1))
          .with("knownAt", LocalDate.of(2024, 2, 28))
          .with("actNo", "珠市监处〔2024〕3号")
          .with("severity", "heavy")
          .with("status", "repaired")
          .with("statusDate", LocalDate.of(2025, 3, 1))
          .with(
              "steps",
              List.of(
                  new Step(
                      LocalDate.of(2025, 2, 11),
                      "repair_applied",
                      LocalDate.of(2025, 2, 28),
                      new Source("repairs", "repairs/1/3", "repairs/2025-03-31/r.csv", 3L, null))))
          .record();

  private static final Reason START =
      a(Reason.class)
          .with("rule", "TF-01")
          .with("titleZh", "起始分")
          .with("titleEn", "points to start with")
          .with("points", 70)
          .with("basis", "工作假设")
          .record();
  private static final Reason FINE =
      a(Reason.class)
          .with("rule", "TE-03")
          .with("titleZh", "近一年一般处罚")
          .with("titleEn", "general penalty within a year")
          .with("points", -18)
          .record();
  private static final Reason COMPLAINT =
      a(Reason.class)
          .with("rule", "TE-21")
          .with("titleZh", "近一年查实投诉")
          .with("titleEn", "verified complaint within a year")
          .with("basis", "工作假设")
          .with("records", List.of("complaints/1/1"))
          .record();
  private static final Tier TIER =
      new Tier(
          "C",
          52,
          null,
          List.of(
              START,
              like(FINE)
                  .with("basis", "工作假设")
                  .with("bound", "ceiling")
                  .with("records", List.of("penalties/0123456789ab/17"))
                  .record(),
              COMPLAINT));
  private static final List<Change> HISTORY =
      List.of(
          new Change(DAY.minusMonths(3), null, "B", null, 52, List.of(), List.of()),
          new Change(DAY, "B", "C", 70L, 52, List.of(), List.of(FINE)));
  private static final Outlook OUTLOOK =
      new Outlook(
          List.of(new Distance("A", 80, 28), new Distance("B", 65, 13), new Distance("C", 45, -7)),
          List.of(new Repair(PENALTY, better(DAY))),
          List.of(better(LocalDate.of(2027, 3, 9))),
          DAY.plusYears(3));

  private static final Listing RESTRICTION =
      a(Listing.class)
          .with("mode", "notify-and-commit")
          .with("from", LocalDate.of(2026, 1, 5))
          .with("cause", "serious_violation")
          .with("basis", "令第44号第十五条")
          .with("actNo", "珠市监严〔2026〕1号")
          .with("authority", OFFICE)
          .with("actDate", LocalDate.of(2026, 1, 5))
          .with("state", "listed")
          .with("nextOn", LocalDate.of(2029, 1, 5))
          .with("nextState", "ended")
          .with("pending", true)
          .with("records", List.of("serious_violations/0/1"))
          .record();

  /** On the blacklist, if the rule were put to work. */
  private static final Listing SHADOW =
      like(RESTRICTION)
          .with("mode", null)
          .with("basis", "令第44号")
          .with("actNo", "珠市监严〔2026〕2号")
          .with("state", "shadow")
          .with("nextOn", null)
          .with("nextState", null)
          .with("records", List.of())
          .record();

  private static final Notice NOTICE =
      a(Notice.class)
          .with("number", "珠市监严告〔2026〕5号")
          .with("authority", OFFICE)
          .with("notifiedOn", DAY.minusDays(4))
          .with("objectionUntil", DAY.plusDays(6))
          .with("state", "open")
          .with("nextOn", DAY.plusDays(7))
          .with("nextState", "over")
          .with(
              "sources",
              List.of(new Source("listing_notices", "listing_notices/0/2", null, null, "code")))
          .record();

  private static final UnmetChange UNMET =
      a(UnmetChange.class)
          .with("day", LocalDate.of(2026, 5, 4))
          .with("status", "repaired")
          .with("type", "penalty")
          .with("actNo", "珠市监处〔2025〕88号")
          .with("authority", "市市监局")
          .with("reason", "number")
          .with("knownAt", LocalDate.of(2026, 5, 31))
          .with(
              "source", new Source("repairs", "repairs/2/9", "repairs/2026-05-31/r.csv", 9L, null))
          .record();

  private InventedFirm() {}

  private static final Consequences CONSEQUENCES =
      new Consequences(
          List.of(
              new Consequences.Measure(
                  "M-13", "guidance", "约谈提醒", "reminder talk", "每半年一次", "方案第14项")),
          List.of(
              new Consequences.Incentive(
                  "green_channel",
                  "红名单绿色通道",
                  "red list: green channel",
                  a(Listing.class)
                      .with("from", LocalDate.of(2025, 1, 5))
                      .with("until", LocalDate.of(2026, 1, 5))
                      .with("actNo", "荣〔2025〕6号")
                      .with("state", "barred")
                      .with("pending", true)
                      .record())));

  private static Change better(LocalDate day) {
    return new Change(day, "C", "B", 52L, 70, List.of(FINE), List.of());
  }

  static FirmView file(String name) {
    return file(CODE, name);
  }

  static FirmView file(String code, String name) {
    return a(FirmView.class)
        .with("identity", identity(code, name))
        .with(
            "windows", List.of(new Window("penalties", 0, 1, 2), new Window("complaints", 5, 6, 7)))
        .with("tier", TIER)
        .with("history", HISTORY)
        .with("outlook", OUTLOOK)
        .with("consequences", CONSEQUENCES)
        .with(
            "score",
            new Score(
                "m-2026",
                0.4321,
                12,
                0.987,
                List.of(
                    new Contribution("penalties_12m", "近一年处罚数", "penalties in a year", 1.0, 0.8),
                    new Contribution("visits", "检查次数", "visits", null, -0.1))))
        .with("lists", List.of(RESTRICTION, SHADOW))
        .with("notices", List.of(NOTICE))
        .with(
            "duties",
            List.of(new Duty("promise_check", "I01", DAY, "open", "follow_up_duties/0/9")))
        .with(
            "licences",
            List.of(new Licence("XK-1", "食品经营许可", OFFICE, DAY, null, "valid", "licences/0/4")))
        .with(
            "relations",
            List.of(new Relation("branch", "91440400MA00000009", "甲公司斗门分公司", "active", null)))
        .with("timeline", List.of(PENALTY, TIP_OFF, REPAIRED_PENALTY))
        .with("unmet", List.of(UNMET))
        .with("publicEvents", Set.of("e1"))
        .with("standings", new Standings(made(1, DAY), made(2, DAY), made(3, DAY)))
        .record();
  }

  private static Identity identity(String code, String name) {
    LocalDate renamed = LocalDate.of(2022, 5, 1);
    LocalDate established = LocalDate.of(2019, 1, 1);
    return a(Identity.class)
        .with("scheme", "uscc")
        .with("code", code)
        .with("name", name)
        .with(
            "names", List.of(new Name("旧名商贸", established, renamed), new Name(name, renamed, null)))
        .with("entityType", code.startsWith("92") ? "individual" : "enterprise")
        .with("district", new Category("440402", "香洲区", "Xiangzhou"))
        .with("industry", new Category("5211", "5211", "5211"))
        .with("established", established)
        .with("registerStatus", "active")
        .with("address", "珠海市香洲区某路1号")
        .with(
            "register",
            new Source(
                "firm_register",
                "firm_register/aaaaaaaaaaaa/3",
                "firm_register/2026-06-30/f.csv",
                3L,
                null))
        .record();
  }

  /** A result of a stage, made with rules that await review. */
  static Standings.Standing made(long sequence, LocalDate day) {
    return new Standings.Standing(day, day, true, "rules", sequence);
  }
}
