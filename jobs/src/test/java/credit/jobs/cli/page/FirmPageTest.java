package credit.jobs.cli.page;

import static credit.jobs.cli.page.InventedFirm.DAY;
import static credit.jobs.cli.page.InventedFirm.file;
import static credit.jobs.cli.page.InventedFirm.made;
import static credit.jobs.cli.page.Made.like;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.cli.page.FirmView.Listing;
import credit.jobs.cli.page.Standings.Standing;
import credit.jobs.page.Texts;
import credit.schemas.Schemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a firm's page and its text show, and to whom. */
class FirmPageTest {
  private static final String SHOP = "92440402MA5100234X";

  @Test
  void htmlInANameIsShownNotRun() {
    String page = FirmPage.render(file("<script>alert(1)</script>\"'&公司"), "zh", Audience.INTERNAL);
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;");
  }

  @Test
  void aFileTellsTheNextDayOnWhichAListChangesAndWhatBefellTheActsButNotToThePublic() {
    FirmView view = file("甲公司");
    assertThat(FirmText.render(view, "en", Audience.SUBJECT))
        .contains("2029-01-05 · term is over")
        .containsPattern("2025-02-11 +repair applied for +penalty · 珠市监处〔2024〕3号");
    assertThat(FirmText.render(view, "en", Audience.PUBLIC))
        .doesNotContain("2029-01-05", "repair applied for");
  }

  @Test
  void thePublicIsToldTheBlacklistAndNoRestriction() {
    FirmView view = file("甲公司");
    assertThat(FirmText.render(view, "en", Audience.PUBLIC))
        .contains("not on the published blacklist")
        .doesNotContain("珠市监严〔2026〕1号", "珠市监严〔2026〕2号");
    Listing restriction = view.lists().get(0);
    Listing blacklisted =
        like(restriction)
            .with("mode", null)
            .with("actNo", "珠市监严〔2026〕9号")
            .with("nextOn", null)
            .with("nextState", null)
            .with("pending", false)
            .with("records", List.of())
            .record();
    FirmView listed = like(view).with("lists", List.of(restriction, blacklisted)).record();
    assertThat(FirmText.render(listed, "en", Audience.PUBLIC))
        .contains("珠市监严〔2026〕9号")
        .doesNotContain("珠市监严〔2026〕1号", "not on the published blacklist");
  }

  @Test
  void whereNoListsWereMadeForTheFileNobodyIsToldToBeOnNone() {
    Map<Standing, String> lists = new HashMap<>();
    lists.put(null, "no lists were made yet");
    lists.put(made(3, DAY.minusDays(1)), "no lists were made for this day");
    lists.put(made(0, DAY), "the last lists were made before this file");
    lists.forEach(
        (last, told) -> {
          FirmView unlisted = standing(made(2, DAY), last).with("lists", null).record();
          for (Audience audience : Audience.values()) {
            assertThat(FirmText.render(unlisted, "en", audience))
                .contains(told)
                .doesNotContain("on no list", "not on the published blacklist");
          }
          assertThat(FirmJson.render("{}", unlisted)).contains("\"lists\" : null");
        });
  }

  @Test
  void aTierThatWasNotSetForTheFileIsMissingForAReason() {
    Map<Standing, String> tiers = new HashMap<>();
    tiers.put(null, "firms were never rated");
    tiers.put(made(2, DAY.minusDays(1)), "firms were not rated for this day");
    tiers.put(made(0, DAY), "the last rating was made before this file");
    tiers.forEach(
        (last, told) -> {
          FirmView unrated = standing(last, made(3, DAY)).with("tier", null).record();
          for (Audience audience : List.of(Audience.INTERNAL, Audience.SUBJECT)) {
            assertThat(FirmText.render(unrated, "en", audience)).contains(told);
          }
          assertThat(FirmText.render(unrated, "en", Audience.PUBLIC)).doesNotContain(told);
        });
  }

  @Test
  void aTierWhoseRulesCannotBeReadHasNoOutlookForAReason() {
    FirmView view = like(file("甲公司")).with("outlook", null).record();
    String told = "the rules of the last rating cannot be read";
    for (Audience audience : List.of(Audience.INTERNAL, Audience.SUBJECT)) {
      assertThat(FirmText.render(view, "en", audience)).contains(told);
      assertThat(FirmText.render(file("甲公司"), "en", audience)).doesNotContain(told);
    }
    assertThat(FirmText.render(view, "en", Audience.PUBLIC)).doesNotContain(told);
  }

  @Test
  void aProgramReadsOfWhichDayKnowledgeAndRulesTheFileIsAndWhatWasMadeForIt() {
    FirmView unrated = standing(made(0, DAY), made(3, DAY)).with("tier", null).record();
    assertThat(FirmJson.render("{}", unrated))
        .contains("\"known_at\" : \"2026-06-30\"", "\"pending_rules\" : true")
        .contains("\"rules\" : \"rules\"", "\"tier_made\" : \"for_an_earlier_file\"")
        .contains("\"lists_made\" : \"for_the_file\"");
  }

  private static Made<FirmView> standing(Standing tier, Standing lists) {
    return like(file("甲公司")).with("standings", new Standings(made(1, DAY), tier, lists));
  }

  @Test
  void aRepairThatMetNoActIsToldToAnalystAndFirmAndToNobodyElse() {
    FirmView view = file("甲公司");
    for (Audience audience : List.of(Audience.INTERNAL, Audience.SUBJECT)) {
      assertThat(FirmText.render(view, "en", audience))
          .contains("no act of the firm has this number", "repairs/2026-05-31/r.csv, row 9");
    }
    assertThat(FirmText.render(view, "zh", Audience.INTERNAL)).contains("该企业没有此文号的行为");
    assertThat(FirmText.render(view, "en", Audience.PUBLIC)).doesNotContain("珠市监处〔2025〕88号");
    assertThat(FirmJson.render("{}", view)).contains("\"reason\" : \"number\"");
  }

  @Test
  void measuresAndIncentivesAreToldToAnalystAndFirmAndToNobodyElse() {
    FirmView view = file("甲公司");
    for (Audience audience : List.of(Audience.INTERNAL, Audience.SUBJECT)) {
      assertThat(FirmText.render(view, "en", audience))
          .contains("reminder talk (M-13)", "每半年一次", "red list: green channel", "barred by a list");
      assertThat(FirmPage.render(view, "zh", audience)).contains("约谈提醒", "红名单绿色通道");
    }
    assertThat(
            FirmText.render(view, "zh", Audience.PUBLIC)
                + FirmPage.render(view, "zh", Audience.PUBLIC))
        .doesNotContain("约谈提醒", "红名单绿色通道", "荣〔2025〕6号");
    assertThat(FirmJson.render("{}", view))
        .contains("\"measures\" : [", "\"title_en\" : \"reminder talk\"")
        .contains("\"incentives\" : [", "\"state\" : \"barred\"");
  }

  @Test
  void thePublicIsNotToldTheSeverityThatOurRulesGiveAnEvent() {
    FirmView view = file("甲公司");
    assertThat(FirmText.render(view, "en", Audience.INTERNAL)).contains("Severity", "heavy");
    assertThat(
            FirmText.render(view, "en", Audience.PUBLIC)
                + FirmPage.render(view, "en", Audience.PUBLIC))
        .doesNotContain("Severity", "class=\"heavy\"", "key heavy");
  }

  @Test
  void aPriorNoticeIsToldWithItsWindowToAnalystAndFirmAndToNobodyElse() {
    FirmView view = file("甲公司");
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
    FirmView view = file("甲公司");
    assertThat(FirmText.render(view, "en", Audience.INTERNAL)).contains("甲公司斗门分公司");
    for (Audience other : List.of(Audience.SUBJECT, Audience.PUBLIC)) {
      assertThat(FirmText.render(view, "en", other)).doesNotContain("斗门");
    }
  }

  @Test
  void noScoreReachesThePublicPage() {
    for (String language : List.of("zh", "en")) {
      for (Audience audience : List.of(Audience.PUBLIC, Audience.SUBJECT)) {
        String page = FirmPage.render(file("甲公司"), language, audience);
        String text = FirmText.render(file("甲公司"), language, audience);
        assertThat(page + text).doesNotContain("43.2%", "m-2026", "penalties_12m", "id=\"score\"");
      }
      assertThat(FirmPage.render(file("甲公司"), language, Audience.INTERNAL))
          .contains("43.2%", "penalties_12m");
    }
  }

  @Test
  void theDistrictIsNamedWithItsCode() {
    CategoryLabels labels = new CategoryLabels(Schemas.bundled());
    assertThat(labels.ofRegister("district", "440402").full("zh")).isEqualTo("香洲区 (440402)");
    assertThat(labels.ofRegister("district", "999999").full("zh")).isEqualTo("999999");
    assertThat(labels.ofRegister("district", null)).isNull();
    assertThat(FirmText.render(file("甲公司"), "en", Audience.PUBLIC)).contains("Xiangzhou (440402)");
  }

  @Test
  void whatMovedTheScoreIsTitledInTheReadersLanguageAndACountHasNoDecimals() {
    FirmView view = file("甲公司");
    assertThat(FirmText.render(view, "zh", Audience.INTERNAL))
        .containsPattern("近一年处罚数 \\(penalties_12m\\) +1 +\\+0.800");
    assertThat(FirmText.render(view, "en", Audience.INTERNAL))
        .containsPattern("penalties in a year \\(penalties_12m\\) +1 +\\+0.800");
  }

  @Test
  void anIndividualBusinessIsMaskedInPublicOnly() {
    FirmView shop = file(SHOP, "珠海市香洲区张三小吃店");
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
    String page = FirmPage.render(file("甲公司"), "zh", Audience.PUBLIC);
    assertThat(page)
        .contains("珠市监处〔2026〕7号")
        .doesNotContain("珠市监处〔2024〕3号", "XK-1", "珠市监严〔2026〕2号", "投诉举报", "cf.csv", "id=\"tier\"");
  }

  @Test
  void whatWouldChangeTheTierIsToldToAnalystAndFirmOnly() {
    FirmView view = file("甲公司");
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
    FirmView view = file("甲公司");
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
    assertThat(FirmPage.render(file("甲公司"), "en", Audience.INTERNAL))
        .contains("penalties/2026-03-31/cf.csv, row 17, linked by code")
        .contains("firm_register/2026-06-30/f.csv, row 3");
  }

  @Test
  void theWaterfallEndsAtTheTiersPoints() {
    Waterfall waterfall = Waterfall.of(file("甲公司").tier(), "合计", "zh");
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
    assertThat(FirmJson.render("{\"code\": \"1\"}", file("甲公司")))
        .contains("\"code\" : \"1\"", "\"tier_history\"", "\"title_en\"")
        .contains("\"missing\" : 13", "\"day\" : \"2027-03-09\"", "\"points_after\" : 70");
  }

  @Test
  void thePageNeedsNoNetworkAndRunsNothing() {
    assertThat(FirmPage.render(file("甲公司"), "zh", Audience.INTERNAL))
        .doesNotContain("<script", "<link", "<img", "url(", "http://", "https://")
        .contains("default-src 'none'");
  }

  @Test
  void controlCharactersOfANameDoNotReachTheTerminal() {
    assertThat(FirmText.render(file("甲\u001b[31m公司"), "zh", Audience.INTERNAL))
        .doesNotContain("\u001b");
  }

  @Test
  void ideographsTakeTwoColumns() {
    assertThat(FirmText.width("ab中文")).isEqualTo(6);
  }
}
