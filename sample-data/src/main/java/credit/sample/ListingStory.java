package credit.sample;

import java.time.LocalDate;
import java.util.List;

/**
 * Lists of others and of the regulator: abnormal operations, serious violations, courts, domains.
 */
final class ListingStory {
  private static final String MARKET = "珠海市市场监督管理局";
  private static final String[] CONDUCT = {
    "有履行能力而拒不履行生效法律文书确定义务", "违反财产报告制度", "违反限制消费令", "无正当理由拒不履行执行和解协议"
  };
  private static final String[] DOMAINS = {"税务", "拖欠农民工工资", "安全生产", "文化市场", "交通运输", "生态环境"};

  private ListingStory() {}

  static void tell(Story story) {
    Draw court = story.draw("court");
    Draw domains = story.draw("domains");
    Draw abnormal = story.draw("abnormal");
    for (int month = 0; month < story.schedule.months(); month++) {
      double risk = story.risk.at(month);
      boolean person = story.firm.individual();
      if (court.chance(StrictMath.exp(-9.6 + 1.5 * risk - (person ? 1.2 : 0)))) {
        debtor(story, court, story.dayIn(month, court));
      }
      if (domains.chance(StrictMath.exp(-9.9 + 1.2 * risk))) {
        otherDomain(story, domains, story.dayIn(month, domains));
      }
      if (abnormal.chance(StrictMath.exp(-7.6 + 0.9 * risk))) {
        abnormal(story, abnormal, story.dayIn(month, abnormal), "通过登记的住所或者经营场所无法联系", null);
      }
    }
  }

  /** A heavy penalty may lead to the list: prior notice first, then the decision. */
  static void seriousViolation(
      Story story, Draw draw, LocalDate penalised, String penalty, double risk) {
    LocalDate notified = penalised.plusDays(draw.between(10, 30));
    LocalDate listed = notified.plusDays(draw.between(12, 40));
    NoticeStory notice = new NoticeStory(story, penalty, MARKET);
    if (!story.lives(listed) || !draw.chance(Draw.logistic(-1.4 + 0.4 * risk))) {
      notice.alone(penalised);
      return;
    }
    String number = story.serials.document("珠市监严违列字", listed.getYear());
    Row row =
        story
            .row("serious_violations", listed, number, "firm_name")
            .put("decision_no", number)
            .put("notified_on", notified)
            .put("listed_on", listed)
            .put("domain", story.firm.industry().domain)
            .put("reason", "违法行为性质恶劣、情节严重、社会危害较大，受到较重行政处罚")
            .put("basis", "《市场监督管理严重违法失信名单管理办法》（令第44号）")
            .put("authority", MARKET)
            .put("penalty_no", penalty);
    notice.before(row);
    int delivery = story.deliveries.add(row, listed.plusDays(draw.between(1, 5)));
    LocalDate removed = listed.plusDays(370L + draw.below(200));
    boolean leaves = draw.chance(0.35) && !story.over(removed);
    if (leaves) {
      Row off =
          row.version()
              .put("removal_reason", "已履行义务，准予提前移出")
              .put("removed_on", removed)
              .put("removal_authority", MARKET);
      story.deliveries.addVersion(off, removed, delivery);
    } else if (delivery != Schedule.NEVER) {
      story.acts.add(new Act(Act.SERIOUS, number, MARKET, listed, row, delivery));
    }
    story.restricts("serious_violation " + number, leaves ? removed : null, delivery);
  }

  private static void debtor(Story story, Draw draw, LocalDate published) {
    if (!story.lives(published)) {
      return;
    }
    int year = published.getYear();
    String court = "珠海市" + Names.districtName(story.firm.district()) + "人民法院";
    String number =
        "（"
            + year
            + "）粤"
            + story.firm.district().substring(2)
            + "执"
            + story.serials.next("执" + year);
    Row row =
        story
            .row("judgment_debtors", published, number + "号", "party_name")
            .put("party_kind", "581")
            .put("representative", story.firm.representative())
            .put("court", court)
            .put("area_name", "广东")
            .put("case_no", number + "号")
            .put("filed_on", published.minusDays(draw.between(20, 120)))
            .put("basis_no", number.replace("执", "民初") + "号")
            .put("basis_court", court)
            .put("duty", "支付货款" + draw.between(2, 300) + "万元")
            .put("performance", "全部未履行")
            .put("conduct", conduct(draw))
            .put("published_on", published);
    int delivery = story.deliveries.add(row, published.plusDays(draw.between(1, 10)));
    CourtStory.enforcedBefore(story, row);
    LocalDate removed = published.plusDays(60L + draw.below(600));
    boolean leaves = draw.chance(0.5) && !story.over(removed);
    if (leaves) {
      story.deliveries.addVersion(row.version().put("removed_on", removed), removed, delivery);
    }
    story.restricts("judgment_debtor " + number + "号", leaves ? removed : null, delivery);
  }

  static String conduct(Draw draw) {
    String first = draw.pick(List.of(CONDUCT));
    return draw.chance(0.2) && !first.equals(CONDUCT[1]) ? first + ";" + CONDUCT[1] : first;
  }

  private static void otherDomain(Story story, Draw draw, LocalDate listed) {
    if (!story.lives(listed)) {
      return;
    }
    String domain = draw.weighted(DOMAINS, 40, 20, 15, 8, 10, 7);
    String authority =
        switch (domain) {
          case "税务" -> "国家税务总局珠海市税务局";
          case "拖欠农民工工资" -> "珠海市人力资源和社会保障局";
          case "安全生产" -> "珠海市应急管理局";
          case "文化市场" -> "珠海市文化广电旅游体育局";
          case "交通运输" -> "珠海市交通运输局";
          default -> "珠海市生态环境局";
        };
    String number = story.serials.document("珠失信认字", listed.getYear());
    boolean noEnd = draw.chance(0.2);
    LocalDate last = listed.plusYears(3).minusDays(1);
    Row row =
        story
            .row("other_domain_listings", listed, number, "firm_name")
            .put("act_no", number)
            .put("domain", domain)
            .put("basis", domain + "领域严重失信主体名单管理规定")
            .put("reason", "经认定列入严重失信主体名单")
            .put("authority", authority)
            .put("listed_on", listed)
            .put("valid_until", noEnd ? "2099-12-31" : last.toString());
    int delivery = story.deliveries.add(row, listed.plusDays(draw.between(1, 15)));
    LocalDate removed = listed.plusDays(180L + draw.below(500));
    boolean leaves = draw.chance(0.3) && !story.over(removed);
    if (leaves) {
      story.deliveries.addVersion(row.version().put("removed_on", removed), removed, delivery);
    }
    story.restricts(
        "other_domain_listing " + number, leaves ? removed : noEnd ? null : last, delivery);
  }

  /** Individual businesses are marked, all others listed. */
  static void abnormal(
      Story story, Draw draw, LocalDate listed, String reason, LocalDate removedOrNull) {
    if (!story.lives(listed)) {
      return;
    }
    boolean marked = story.firm.individual();
    Row row = marked ? mark(story, listed, reason) : listing(story, listed, reason);
    int delivery = story.deliveries.add(row, listed.plusDays(draw.between(1, 8)));
    LocalDate removed =
        removedOrNull != null ? removedOrNull : listed.plusDays(30L + draw.below(500));
    if ((removedOrNull != null || draw.chance(0.6)) && !story.over(removed)) {
      Row off = row.version();
      off.put(marked ? "lift_reason" : "removal_reason", "列入原因消除，申请移出");
      off.put(marked ? "lifted_on" : "removed_on", removed);
      off.put(marked ? "lift_authority" : "removal_authority", MARKET);
      story.deliveries.addVersion(off, removed, delivery);
    }
  }

  private static Row listing(Story story, LocalDate listed, String reason) {
    String number = story.serials.document("珠市监异列字", listed.getYear());
    return story
        .row("abnormal_listings", listed, number, "firm_name")
        .put("listing_no", number)
        .put("reason", reason)
        .put("listed_on", listed)
        .put("authority", MARKET + Names.shortDistrict(story.firm.district()) + "分局");
  }

  private static Row mark(Story story, LocalDate marked, String reason) {
    String number = story.serials.document("珠市监异标字", marked.getYear());
    return story
        .row("abnormal_marks", marked, number, "business_name")
        .put("mark_no", number)
        .put("reason", reason)
        .put("marked_on", marked)
        .put("authority", MARKET + Names.shortDistrict(story.firm.district()) + "分局")
        .put("operator", story.firm.representative());
  }
}
