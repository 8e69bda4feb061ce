package credit.jobs.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

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
import credit.jobs.cli.page.FirmView.Window;
import credit.jobs.page.Texts;
import credit.jobs.tier.TierOutlook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirmPageTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final String SHOP = "92440402MA5100234X";
  private static final String FIRM = "91440400192548256N";

  static FirmView view(String code, String name) {
    Source penalty =
        new Source(
            "penalties", "penalties/0123456789ab/17", "penalties/2026-03-31/cf.csv", 17L, "code");
    Reason fine =
        new Reason("TE-03", "近一年一般处罚", "general penalty within a year", -18, null, null, List.of());
    Event event =
        new Event(
            "e1",
            "penalty",
            LocalDate.of(2026, 3, 9),
            LocalDate.of(2026, 3, 31),
            null,
            "珠市监处〔2026〕7号",
            "珠海市市场监督管理局",
            List.of(new Category("fine", "罚款", "fine")),
            new BigDecimal("2000.00"),
            null,
            "general",
            "active",
            null,
            List.of(),
            List.of(penalty));
    return new FirmView(
        new Identity(
            "uscc",
            code,
            name,
            List.of(
                new Name("旧名商贸", LocalDate.of(2019, 1, 1), LocalDate.of(2022, 5, 1)),
                new Name(name, LocalDate.of(2022, 5, 1), null)),
            code.startsWith("92") ? "individual" : "enterprise",
            "440402",
            null,
            "5211",
            LocalDate.of(2019, 1, 1),
            "active",
            null,
            "珠海市香洲区某路1号",
            null,
            new Source(
                "firm_register",
                "firm_register/aaaaaaaaaaaa/3",
                "firm_register/2026-06-30/f.csv",
                3L,
                null)),
        List.of(new Window("penalties", 0, 1, 2), new Window("complaints", 5, 6, 7)),
        new Tier(
            "C",
            52,
            null,
            List.of(
                new Reason("TF-01", "起始分", "points to start with", 70, "工作假设", null, List.of()),
                new Reason(
                    "TE-03",
                    "近一年一般处罚",
                    "general penalty within a year",
                    -18,
                    "工作假设",
                    "ceiling",
                    List.of(penalty.record())),
                new Reason(
                    "TE-21",
                    "近一年查实投诉举报",
                    "verified complaint within a year",
                    0,
                    "工作假设",
                    null,
                    List.of("complaints/1/1")))),
        List.of(
            change(DAY.minusMonths(3), null, "B", List.of()), change(DAY, "B", "C", List.of(fine))),
        new Outlook(
            List.of(
                new TierOutlook.Distance("A", 80, 28),
                new TierOutlook.Distance("B", 65, 13),
                new TierOutlook.Distance("C", 45, -7)),
            List.of(
                new Repair(event, new Change(DAY, "C", "B", 52L, 70, List.of(fine), List.of()))),
            List.of(
                new Change(LocalDate.of(2027, 3, 9), "C", "B", 52L, 70, List.of(fine), List.of())),
            DAY.plusYears(3)),
        new Score(
            "m-2026",
            0.4321,
            12,
            0.987,
            List.of(
                new Contribution("penalties_12m", 1.0, 0.8),
                new Contribution("visits", null, -0.1))),
        List.of(
            new Listing(
                "notify-and-commit",
                null,
                LocalDate.of(2026, 1, 5),
                null,
                "serious_violation",
                "令第44号第十五条",
                "珠市监严〔2026〕1号",
                "珠海市市场监督管理局",
                LocalDate.of(2026, 1, 5),
                "listed",
                LocalDate.of(2029, 1, 5),
                "ended",
                true,
                List.of("serious_violations/0/1")),
            new Listing(
                null,
                null,
                LocalDate.of(2026, 1, 5),
                null,
                "serious_violation",
                "令第44号",
                "珠市监严〔2026〕2号",
                "珠海市市场监督管理局",
                LocalDate.of(2026, 1, 5),
                "shadow",
                null,
                null,
                true,
                List.of())),
        List.of(
            new Notice(
                "珠市监严告〔2026〕5号",
                "珠海市市场监督管理局",
                DAY.minusDays(4),
                DAY.plusDays(6),
                "open",
                null,
                null,
                false,
                DAY.plusDays(7),
                "over",
                List.of(new Source("listing_notices", "listing_notices/0/2", null, null, "code")))),
        List.of(new Duty("promise_check", "I01", DAY, "open", "follow_up_duties/0/9")),
        List.of(new Licence("XK-1", "食品经营许可", "珠海市市场监督管理局", DAY, null, "valid", "licences/0/4")),
        List.of(new Relation("branch", "91440400MA00000009", "甲公司斗门分公司", "active", null)),
        List.of(
            event,
            new Event(
                "e2",
                "complaint",
                LocalDate.of(2025, 9, 9),
                LocalDate.of(2025, 9, 30),
                null,
                null,
                null,
                List.of(new Category("tip_off", "举报", "tip-off")),
                null,
                "verified",
                null,
                "active",
                null,
                List.of(),
                List.of(new Source("complaints", "complaints/1/1", null, null, "name"))),
            new Event(
                "e3",
                "penalty",
                LocalDate.of(2024, 2, 1),
                LocalDate.of(2024, 2, 28),
                null,
                "珠市监处〔2024〕3号",
                null,
                List.of(),
                null,
                null,
                "heavy",
                "repaired",
                LocalDate.of(2025, 3, 1),
                List.of(
                    new Step(
                        LocalDate.of(2025, 2, 11),
                        "repair_applied",
                        LocalDate.of(2025, 2, 28),
                        new Source(
                            "repairs", "repairs/1/3", "repairs/2025-03-31/r.csv", 3L, null))),
                List.of())),
        Set.of("e1"),
        new Standings(made(1, DAY), made(2, DAY), made(3, DAY)));
  }

  private static Standings.Standing made(long sequence, LocalDate day) {
    return new Standings.Standing(day, day, true, "rules", sequence);
  }

  private static Change change(LocalDate day, String before, String after, List<Reason> gained) {
    return new Change(day, before, after, before == null ? null : 70L, 52, List.of(), gained);
  }

  @Test
  void htmlInANameIsShownNotRun() {
    String page =
        FirmPage.render(view(FIRM, "<script>alert(1)</script>\"'&公司"), "zh", Audience.INTERNAL);
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;");
  }

  @Test
  void aFileTellsTheNextDayOnWhichAListChangesAndWhatBefellTheActsButNotToThePublic() {
    FirmView view = view(FIRM, "甲公司");
    assertThat(FirmText.render(view, "en", Audience.SUBJECT))
        .contains("2029-01-05 · term is over")
        .containsPattern("2025-02-11 +repair applied for +penalty · 珠市监处〔2024〕3号");
    assertThat(FirmText.render(view, "en", Audience.PUBLIC))
        .doesNotContain("2029-01-05", "repair applied for");
  }

  @Test
  void thePublicIsToldTheBlacklistAndNoRestriction() {
    FirmView view = view(FIRM, "甲公司");
    assertThat(FirmText.render(view, "en", Audience.PUBLIC))
        .contains("not on the published blacklist")
        .doesNotContain("珠市监严〔2026〕1号", "珠市监严〔2026〕2号");
    Listing restriction = view.lists().get(0);
    Listing blacklisted =
        new Listing(
            null,
            null,
            restriction.from(),
            null,
            restriction.cause(),
            restriction.basis(),
            "珠市监严〔2026〕9号",
            restriction.authority(),
            restriction.actDate(),
            "listed",
            null,
            null,
            false,
            List.of());
    assertThat(FirmText.render(on(List.of(restriction, blacklisted)), "en", Audience.PUBLIC))
        .contains("珠市监严〔2026〕9号")
        .doesNotContain("珠市监严〔2026〕1号", "not on the published blacklist");
  }

  @Test
  void whereNoListsWereMadeForTheFileNobodyIsToldToBeOnNone() {
    Map<Standings.Standing, String> lists = new HashMap<>();
    lists.put(null, "no lists were made yet");
    lists.put(made(3, DAY.minusDays(1)), "no lists were made for this day");
    lists.put(made(0, DAY), "the last lists were made before this file");
    lists.forEach(
        (last, told) -> {
          FirmView view = with(view(FIRM, "甲公司").tier(), null, standings(made(2, DAY), last));
          for (Audience audience : Audience.values()) {
            assertThat(FirmText.render(view, "en", audience))
                .contains(told)
                .doesNotContain("on no list", "not on the published blacklist");
          }
          assertThat(FirmJson.render("{}", view)).contains("\"lists\" : null");
        });
  }

  @Test
  void aTierThatWasNotSetForTheFileIsMissingForAReason() {
    Map<Standings.Standing, String> tiers = new HashMap<>();
    tiers.put(null, "firms were never rated");
    tiers.put(made(2, DAY.minusDays(1)), "firms were not rated for this day");
    tiers.put(made(0, DAY), "the last rating was made before this file");
    tiers.forEach(
        (last, told) -> {
          FirmView view = with(null, List.of(), standings(last, made(3, DAY)));
          for (Audience audience : List.of(Audience.INTERNAL, Audience.SUBJECT)) {
            assertThat(FirmText.render(view, "en", audience)).contains(told);
          }
          assertThat(FirmText.render(view, "en", Audience.PUBLIC))
              .doesNotContain(told, "Credit tier");
        });
  }

  @Test
  void aProgramReadsOfWhichDayKnowledgeAndRulesTheFileIsAndWhatWasMadeForIt() {
    FirmView view = with(null, List.of(), standings(made(0, DAY), made(3, DAY)));
    assertThat(FirmJson.render("{}", view))
        .contains("\"known_at\" : \"2026-06-30\"", "\"pending_rules\" : true")
        .contains("\"rules\" : \"rules\"", "\"tier_made\" : \"for_an_earlier_file\"")
        .contains("\"lists_made\" : \"for_the_file\"");
  }

  private static Standings standings(Standings.Standing tier, Standings.Standing lists) {
    return new Standings(made(1, DAY), tier, lists);
  }

  private static FirmView on(List<Listing> lists) {
    FirmView view = view(FIRM, "甲公司");
    return with(view.tier(), lists, view.standings());
  }

  private static FirmView with(Tier tier, List<Listing> lists, Standings standings) {
    FirmView view = view(FIRM, "甲公司");
    return new FirmView(
        view.identity(),
        view.windows(),
        tier,
        view.history(),
        view.outlook(),
        view.score(),
        lists,
        view.notices(),
        view.duties(),
        view.licences(),
        view.relations(),
        view.timeline(),
        view.publicEvents(),
        standings);
  }

  @Test
  void thePublicIsNotToldTheSeverityThatOurRulesGiveAnEvent() {
    FirmView view = view(FIRM, "甲公司");
    assertThat(FirmText.render(view, "en", Audience.INTERNAL)).contains("Severity", "heavy");
    assertThat(
            FirmText.render(view, "en", Audience.PUBLIC)
                + FirmPage.render(view, "en", Audience.PUBLIC))
        .doesNotContain("Severity", "class=\"heavy\"", "key heavy");
  }

  @Test
  void aPriorNoticeIsToldWithItsWindowToAnalystAndFirmAndToNobodyElse() {
    FirmView view = view(FIRM, "甲公司");
    for (Audience audience : List.of(Audience.INTERNAL, Audience.SUBJECT)) {
      assertThat(FirmText.render(view, "en", audience))
          .contains("Next change  2026-07-07")
          .containsPattern(
              "珠市监严告〔2026〕5号 .* 2026-06-26 +2026-07-06 +may object +2026-07-07 · window over");
      assertThat(FirmPage.render(view, "zh", audience))
          .contains("告知不等于列入", "珠市监严告〔2026〕5号", "陈述申辩期内", "2026-07-07 · 陈述申辩期满");
    }
    for (String language : List.of("zh", "en")) {
      assertThat(
              FirmPage.render(view, language, Audience.PUBLIC)
                  + FirmText.render(view, language, Audience.PUBLIC))
          .doesNotContain("珠市监严告", "2026-07-07", "listing_notice", texts(language));
    }
    assertThat(FirmJson.render("{}", view))
        .contains("\"notices\"", "\"objection_until\" : \"2026-07-06\"", "\"state\" : \"open\"");
  }

  private static String texts(String language) {
    return Texts.in(language).get("firm.table.notices");
  }

  @Test
  void relatedFirmsAreShownInternallyOnly() {
    FirmView view = view(FIRM, "甲公司");
    assertThat(FirmText.render(view, "en", Audience.INTERNAL)).contains("甲公司斗门分公司");
    for (Audience other : List.of(Audience.SUBJECT, Audience.PUBLIC)) {
      assertThat(FirmText.render(view, "en", other)).doesNotContain("斗门");
    }
  }

  @Test
  void noScoreReachesThePublicPage() {
    for (String language : List.of("zh", "en")) {
      for (Audience audience : List.of(Audience.PUBLIC, Audience.SUBJECT)) {
        String page = FirmPage.render(view(FIRM, "甲公司"), language, audience);
        String text = FirmText.render(view(FIRM, "甲公司"), language, audience);
        assertThat(page + text).doesNotContain("43.2%", "m-2026", "penalties_12m", "id=\"score\"");
      }
      assertThat(FirmPage.render(view(FIRM, "甲公司"), language, Audience.INTERNAL))
          .contains("43.2%", "penalties_12m");
    }
  }

  @Test
  void anIndividualBusinessIsMaskedInPublicOnly() {
    FirmView shop = view(SHOP, "珠海市香洲区张三小吃店");
    for (String shown :
        List.of(
            FirmPage.render(shop, "zh", Audience.PUBLIC),
            FirmText.render(shop, "zh", Audience.PUBLIC))) {
      assertThat(shown).doesNotContain("张三", SHOP, "旧名", "某路1号").contains("9244***234X");
    }
    assertThat(FirmPage.render(shop, "zh", Audience.SUBJECT)).contains("张三小吃店", SHOP);
  }

  @Test
  void thePublicSeesOnlyWhatMayBePublic() {
    String page = FirmPage.render(view(FIRM, "甲公司"), "zh", Audience.PUBLIC);
    assertThat(page)
        .contains("珠市监处〔2026〕7号")
        .doesNotContain("珠市监处〔2024〕3号", "XK-1", "珠市监严〔2026〕2号", "投诉举报", "cf.csv", "id=\"tier\"");
  }

  @Test
  void whatWouldChangeTheTierIsToldToAnalystAndFirmOnly() {
    FirmView view = view(FIRM, "甲公司");
    for (Audience audience : List.of(Audience.INTERNAL, Audience.SUBJECT)) {
      assertThat(FirmText.render(view, "en", audience))
          .contains("13 missing", "reached, 7 above")
          .contains("repair of: penalty 2026-03-09 珠市监处〔2026〕7号")
          .contains("2027-03-09", "C → B", "52 → 70")
          .contains("no longer: general penalty within a year (TE-03) -18");
    }
    assertThat(FirmPage.render(view, "zh", Audience.PUBLIC))
        .doesNotContain("id=\"outlook\"", "id=\"history\"", "C → B");
  }

  @Test
  void nothingTellsTheSubjectThatSomebodyTippedOff() {
    FirmView view = view(FIRM, "甲公司");
    String complaints = Texts.in("zh").label("counter", "complaints") + " +5 +6 +7";
    assertThat(
            FirmText.render(view, "zh", Audience.SUBJECT)
                + FirmPage.render(view, "zh", Audience.SUBJECT))
        .contains("TE-21")
        .doesNotContain("complaints/1/1", "tip_off")
        .doesNotContainPattern(complaints);
    assertThat(FirmText.render(view, "zh", Audience.INTERNAL))
        .contains("complaints/1/1")
        .containsPattern(complaints);
  }

  @Test
  void everyLineNamesItsFileAndRow() {
    assertThat(FirmPage.render(view(FIRM, "甲公司"), "en", Audience.INTERNAL))
        .contains("penalties/2026-03-31/cf.csv, row 17, linked by code")
        .contains("firm_register/2026-06-30/f.csv, row 3");
  }

  @Test
  void theWaterfallEndsAtTheTiersPoints() {
    Waterfall waterfall = Waterfall.of(view(FIRM, "甲公司").tier(), "合计", "zh");
    assertThat(waterfall.bars())
        .extracting(Waterfall.Bar::points)
        .containsExactly("+70", "-18", "52");
    assertThat(waterfall.bars())
        .extracting(Waterfall.Bar::style)
        .containsExactly("up", "down", "sum");
  }

  @Test
  void aLongReasonDoesNotReachIntoItsBar() {
    Waterfall.Bar bar = new Waterfall.Bar("个体工商户".repeat(9), "-1", "0.0", "1.0", "5", "18", "down");
    assertThat(FirmText.width(bar.brief())).isLessThanOrEqualTo(40);
    assertThat(bar.brief()).startsWith("个体工商户").endsWith("…");
  }

  @Test
  void aProgramReadsTierHistoryAndOutlookAsJson() {
    assertThat(FirmJson.render("{\"code\": \"1\"}", view(FIRM, "甲公司")))
        .contains("\"code\" : \"1\"", "\"tier_history\"", "\"title_en\"")
        .contains("\"missing\" : 13", "\"day\" : \"2027-03-09\"", "\"points_after\" : 70");
  }

  @Test
  void thePageNeedsNoNetworkAndRunsNothing() {
    assertThat(FirmPage.render(view(FIRM, "甲公司"), "zh", Audience.INTERNAL))
        .doesNotContain("<script", "<link", "<img", "url(", "http://", "https://")
        .contains("default-src 'none'");
  }

  @Test
  void controlCharactersOfANameDoNotReachTheTerminal() {
    assertThat(FirmText.render(view(FIRM, "甲\u001b[31m公司"), "zh", Audience.INTERNAL))
        .doesNotContain("\u001b");
  }

  @Test
  void ideographsTakeTwoColumns() {
    assertThat(FirmText.width("ab中文")).isEqualTo(6);
  }
}
