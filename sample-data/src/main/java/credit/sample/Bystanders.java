package credit.sample;

import credit.approval.id.UnifiedCode;
import java.time.LocalDate;
import java.util.List;

/** Rows about nobody on the register: natural persons, firms of other cities, street stalls. */
final class Bystanders {
  private final Options options;
  private final Schedule schedule;
  private final Deliveries deliveries;
  private final Serials serials;
  private final Names names = new Names();

  Bystanders(Options options, Schedule schedule, Deliveries deliveries, Serials serials) {
    this.options = options;
    this.schedule = schedule;
    this.deliveries = deliveries;
    this.serials = serials;
  }

  void tell() {
    double thousands = options.firms() / 1000.0;
    for (int month = 0; month < schedule.months(); month++) {
      Draw draw = Draw.of(options.seed(), "bystander", month);
      month(draw, month, thousands);
      court(Draw.of(options.seed(), "bystander court", month), month, thousands);
    }
  }

  private void month(Draw draw, int month, double thousands) {
    LocalDate first = schedule.firstOf(month);
    LocalDate last = schedule.lastOf(month);
    repeat(1 + draw.poisson(1.6 * thousands), () -> debtor(draw, draw.day(first, last)));
    repeat(draw.poisson(0.8 * thousands), () -> personPenalty(draw, draw.day(first, last)));
    repeat(draw.poisson(2.4 * thousands), () -> complaint(draw, draw.day(first, last), true));
    repeat(draw.poisson(1.2 * thousands), () -> complaint(draw, draw.day(first, last), false));
    repeat(draw.poisson(0.6 * thousands), () -> foreignPenalty(draw, draw.day(first, last)));
  }

  /** Persons in the court's and the old penalty layout's rows. */
  private void court(Draw draw, int month, double thousands) {
    LocalDate first = schedule.firstOf(month);
    LocalDate last = schedule.lastOf(month);
    repeat(1 + draw.poisson(2 * thousands), () -> enforced(draw, draw.day(first, last)));
    repeat(draw.poisson(thousands), () -> judged(draw, draw.day(first, last)));
    repeat(draw.poisson(0.5 * thousands), () -> penaltyOf2016(draw, draw.day(first, last)));
  }

  private void enforced(Draw draw, LocalDate filed) {
    String number = CourtStory.enforcementNo(serials, filed.getYear(), "440402");
    deliveries.add(
        Row.of("enforcement_cases", null, filed + " " + number)
            .put("party_name", Persons.name(draw))
            .put("party_kind", "580")
            .put("code", Persons.idNumber(draw))
            .put("case_no", number)
            .put("court", "珠海市香洲区人民法院")
            .put("filed_on", filed)
            .put("amount", draw.between(1, 900) * 1000L)
            .as(Row.Kind.NATURAL_PERSON),
        filed.plusDays(draw.between(1, 10)));
  }

  private void judged(Draw draw, LocalDate day) {
    String number = CourtStory.judgmentNo(serials, day.getYear(), "440402");
    deliveries.add(
        Row.of("judgments", null, day + " " + number)
            .put("case_no", number)
            .put("court", "珠海市香洲区人民法院")
            .put("cause", "民间借贷纠纷")
            .put("party_name", Persons.name(draw))
            .put("party_kind", "自然人")
            .put("party_role", "被告")
            .put("amount", draw.between(1, 300) * 1000L)
            .put("judged_on", day)
            .put("result", "支持")
            .as(Row.Kind.NATURAL_PERSON),
        day.plusDays(draw.between(1, 15)));
  }

  private void penaltyOf2016(Draw draw, LocalDate day) {
    String number = serials.document("珠综执旧", day.getYear());
    deliveries.add(
        Row.of("penalties_2016", null, day + " " + number)
            .put("decision_no", number)
            .put("case_name", "销售不合格产品案")
            .put("categories", "警告")
            .put("violation", "销售不合格产品")
            .put("basis", "《中华人民共和国产品质量法》")
            .put("party_name", Persons.name(draw))
            .put("party_id", Persons.idNumber(draw))
            .put("content", "警告")
            .put("decided_on", day)
            .put("authority", "珠海市市场监督管理局综合执法支队")
            .put("penalty_status", "0")
            .as(Row.Kind.NATURAL_PERSON),
        day.plusDays(draw.between(1, 15)));
  }

  private static void repeat(int times, Runnable action) {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }

  private void debtor(Draw draw, LocalDate published) {
    int year = published.getYear();
    String number = "（" + year + "）粤0402执" + serials.next("执" + year) + "号";
    deliveries.add(
        Row.of("judgment_debtors", null, published + " " + number)
            .put("party_name", Persons.name(draw))
            .put("party_kind", "580")
            .put("code", Persons.idNumber(draw))
            .put("court", "珠海市香洲区人民法院")
            .put("area_name", "广东")
            .put("case_no", number)
            .put("filed_on", published.minusDays(draw.between(20, 90)))
            .put("duty", "偿还借款" + draw.between(1, 60) + "万元")
            .put("performance", "全部未履行")
            .put("conduct", ListingStory.conduct(draw))
            .put("published_on", published)
            .as(Row.Kind.NATURAL_PERSON),
        published.plusDays(draw.between(1, 10)));
  }

  private void personPenalty(Draw draw, LocalDate day) {
    Row row = penalty(draw, day).put("party_name", Persons.name(draw)).put("party_kind", "自然人");
    row.as(Row.Kind.NATURAL_PERSON);
    deliveries.add(
        row.put("party_id_kind", "身份证").put("party_id", Persons.idNumber(draw)),
        day.plusDays(draw.between(1, 15)));
  }

  private void foreignPenalty(Draw draw, LocalDate day) {
    deliveries.add(
        penalty(draw, day)
            .put("party_name", foreignName(draw))
            .put("party_kind", "法人及非法人组织")
            .put("code", foreignCode(draw)),
        day.plusDays(draw.between(1, 15)));
  }

  private Row penalty(Draw draw, LocalDate day) {
    String number = serials.document("珠市监综执", day.getYear());
    return Row.of("penalties", null, day + " " + number)
        .put("decision_no", number)
        .put("violation", "销售不合格产品")
        .put("facts", "在本市经营活动中存在上述违法行为。")
        .put("basis", "《中华人民共和国产品质量法》")
        .put("categories", "罚款")
        .put("content", "作出行政处罚")
        .put("fine", "0." + draw.between(1, 9))
        .put("decided_on", day)
        .put("authority", "珠海市市场监督管理局综合执法支队")
        .put("penalty_status", "0");
  }

  private void complaint(Draw draw, LocalDate day, boolean stall) {
    String number = serials.number("TS", day.getYear());
    String target =
        stall ? draw.pick(List.of("路边流动摊贩", "某店（具体店名不详）", "市场门口流动摊")) : foreignName(draw);
    deliveries.add(
        Row.of("complaints", null, day + " " + number)
            .put("complaint_no", number)
            .put("kind", "投诉")
            .put("channel", "12345热线")
            .put("registered_on", day)
            .put("content_class", "其他")
            .put("text", Complaints.text(draw, false))
            .put("complainant", Persons.informant(draw))
            .put("complainant_phone", Persons.phone(draw))
            .put("target_name", target)
            .put("outcome", "不属实")
            .put("closed_on", day),
        day.plusDays(1));
  }

  private String foreignName(Draw draw) {
    return draw.pick(List.of("中山市", "江门市", "佛山市")) + names.trade(draw) + "商贸有限公司";
  }

  private static String foreignCode(Draw draw) {
    return UnifiedCode.compose("91442000", "Y" + (1_000_000 + draw.below(8_999_999)));
  }
}
