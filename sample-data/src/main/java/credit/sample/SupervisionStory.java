package credit.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Inspections, complaints and the penalties that follow a breach, all driven by latent risk. */
final class SupervisionStory {
  private static final double RANDOM_A_MONTH = 0.045;
  private static final double TARGETED_A_MONTH = 0.022;
  private static final double BREACH_BASE = -3.15;
  private static final double BREACH_SLOPE = 1.35;
  private static final double COMPLAINT_BASE = -3.25;
  private static final double COMPLAINT_SLOPE = 1.05;
  private static final double IN_BOTH_LAYOUTS = 0.15;
  private static final double IN_OLD_LAYOUT_ONLY = 0.05;
  private static final String MARKET = "珠海市市场监督管理局";

  private static final String[] CHANNELS = {"12315热线", "12345热线", "互联网平台", "来访", "来信"};
  private static final String[] CLASSES = {
    "食品安全", "价格", "产品质量", "售后服务", "预付式消费", "虚假宣传", "合同", "卫生"
  };

  private final Story story;
  private final Draw inspections;
  private final Draw complaints;
  private final Draw penalties;
  private final Draw layouts;
  private int penaltyCount;

  private SupervisionStory(Story story) {
    this.story = story;
    this.inspections = story.draw("inspection");
    this.complaints = story.draw("complaint");
    this.penalties = story.draw("penalty");
    this.layouts = story.draw("penalty layout");
  }

  static void tell(Story story) {
    SupervisionStory supervision = new SupervisionStory(story);
    for (int month = 0; month < story.schedule.months(); month++) {
      supervision.complain(month);
      supervision.inspect(month);
    }
  }

  private void inspect(int month) {
    boolean covered = story.firm.industry().fullCoverage();
    if (inspections.chance(RANDOM_A_MONTH)) {
      inspection("双随机抽查", story.dayIn(month, inspections));
    }
    if (inspections.chance(covered ? 1.6 * TARGETED_A_MONTH : 0.4 * TARGETED_A_MONTH)) {
      inspection("专项检查", story.dayIn(month, inspections));
    }
  }

  private void inspection(String plan, LocalDate day) {
    if (story.over(day) || day.isBefore(story.firm.established())) {
      return;
    }
    boolean gone = story.firm.closedOn() != null && !day.isBefore(story.firm.closedOn());
    if (gone && !inspections.chance(0.1)) {
      return;
    }
    double risk = story.riskOn(day);
    double logOdds = BREACH_BASE + BREACH_SLOPE * risk + story.firm.industry().breachProne;
    boolean breach = !gone && inspections.chance(Draw.logistic(logOdds));
    String number = story.serials.number("JC", day.getYear());
    String results = breach ? breachResults() : cleanResults(gone, risk);
    Row row =
        story
            .row("inspections", day, number, "firm_name")
            .put("inspection_no", number)
            .put("district", Names.districtName(story.firm.district()))
            .put("inspected_on", day)
            .put("plan_type", plan)
            .put("domain", inspections.chance(0.75) ? story.firm.industry().domain : "registration")
            .put("results", results)
            .put("handling", breach ? "责令限期改正" : "")
            .put("department", MARKET + Names.shortDistrict(story.firm.district()) + "分局")
            .put("inspectors", Persons.name(inspections) + "、" + Persons.name(inspections));
    story.deliveries.add(row, day.plusDays(inspections.between(1, 12)));
    if (breach) {
      afterBreach(day, risk);
    }
  }

  private String breachResults() {
    String first =
        inspections.weighted(new String[] {"2", "A", "B", "C", "D", "E"}, 40, 14, 16, 5, 10, 15);
    if (!inspections.chance(0.15)) {
      return first;
    }
    String separator = inspections.pick(List.of(";", "、", "，"));
    return first + separator + (first.equals("D") ? "E" : "D");
  }

  private String cleanResults(boolean gone, double risk) {
    if (gone) {
      return story.firm.revoked() ? "10" : "9";
    }
    double odd = Draw.logistic(-4.2 + 0.9 * risk);
    double at = inspections.uniform();
    return at < odd ? "6" : at < 1.4 * odd ? "7" : at < 1.6 * odd ? "8" : at > 0.985 ? "F" : "1";
  }

  private void afterBreach(LocalDate day, double risk) {
    if (penalties.chance(Draw.logistic(-0.5 + 0.25 * risk))) {
      penalty(day.plusDays(penalties.between(12, 75)), risk);
    }
    if (inspections.chance(0.55)) {
      LocalDate next = day.plusDays(inspections.between(25, 90));
      if (story.lives(next)) {
        inspection("跟踪复查", next);
      }
    }
  }

  private void penalty(LocalDate day, double risk) {
    if (!story.lives(day)) {
      return;
    }
    boolean heavy = penalties.chance(Draw.logistic(-2.9 + 0.7 * risk));
    boolean slight = !heavy && penalties.chance(penaltyCount == 0 ? 0.3 : 0.08);
    boolean exempt = slight && penaltyCount == 0 && penalties.chance(0.4);
    penaltyCount++;
    String authority = MARKET + Names.shortDistrict(story.firm.district()) + "分局";
    String number =
        story.serials.document(
            "珠" + Names.shortDistrict(story.firm.district()) + "市监处罚", day.getYear());
    Row row =
        story
            .row("penalties", day, number, "party_name")
            .put("party_kind", story.firm.individual() ? "个体工商户" : "法人及非法人组织")
            .put("registration_no", story.firm.registrationNo())
            .put("representative", story.firm.representative())
            .put("representative_id_kind", "身份证")
            .put("representative_id", story.firm.representativeId())
            .put("decision_no", number)
            .put("violation", violation())
            .put("facts", "当事人在经营中存在上述违法行为，负责人" + story.firm.representative() + "对事实予以确认。")
            .put("basis", basis())
            .put("content", heavy ? "责令停业并处罚款" : exempt ? "不予行政处罚" : "作出行政处罚")
            .put("decided_on", day)
            .put("public_until", day.plusYears(heavy ? 3 : 1))
            .put("authority", authority)
            .put("authority_code", "11" + story.firm.district() + "MB2C")
            .put("data_authority", MARKET)
            .put("penalty_status", "0");
    amounts(row, heavy, slight, exempt, risk);
    LocalDate ready = day.plusDays(penalties.between(1, 20));
    int delivery = deliver(row, day, ready);
    if (!exempt && delivery != Schedule.NEVER) {
      story.acts.add(new Act(Act.PENALTY, number, authority, day, row, delivery));
    }
    if (heavy) {
      ListingStory.seriousViolation(story, penalties, day, number, risk);
    }
  }

  private void amounts(Row row, boolean heavy, boolean slight, boolean exempt, double risk) {
    if (exempt) {
      row.put("categories", "不予处罚");
      return;
    }
    if (slight) {
      row.put("categories", penalties.chance(0.8) ? "警告" : "通报批评");
      return;
    }
    double size = StrictMath.exp((heavy ? 2.6 : -0.7) + 0.8 * penalties.normal() + 0.2 * risk);
    row.put("fine", wan(size));
    String separator = penalties.pick(List.of(";", "；", "、", ","));
    String extra =
        heavy
            ? penalties.weighted(new String[] {"责令停产停业", "吊销许可证件", "没收违法所得"}, 5, 3, 4)
            : penalties.chance(0.3) ? "没收违法所得" : "";
    row.put("categories", extra.isEmpty() ? "罚款" : "罚款" + separator + extra);
    if (extra.equals("没收违法所得")) {
      row.put("confiscation", wan(size * (0.1 + penalties.uniform())));
    }
    if (extra.equals("吊销许可证件")) {
      row.put("licence_action", "吊销食品经营许可证");
    }
  }

  /** Most acts come in the layout of 2018, some in that of 2016 too, and a few only there. */
  private int deliver(Row row, LocalDate day, LocalDate ready) {
    double layout = layouts.uniform();
    boolean old = layout < IN_BOTH_LAYOUTS + IN_OLD_LAYOUT_ONLY;
    boolean recent = layout >= IN_OLD_LAYOUT_ONLY;
    int delivery = recent ? story.deliveries.add(row, ready) : Schedule.NEVER;
    Row copy = old ? Penalty2016.of(story, row) : null;
    int copied =
        old ? story.deliveries.add(copy, ready.plusDays(layouts.between(0, 40))) : Schedule.NEVER;
    LocalDate later = day.plusDays(penalties.between(30, 120));
    if (penalties.chance(0.03) && !row.cell("fine").isEmpty()) {
      BigDecimal half = new BigDecimal(row.cell("fine")).multiply(new BigDecimal("0.5"));
      Row corrected = row.version().put("fine", half.toPlainString()).put("remark", "更正罚款金额");
      story.deliveries.addVersion(corrected.as(Row.Kind.CORRECTED), later, delivery);
    } else if (penalties.chance(0.02)) {
      withdraw(row, later, delivery);
      if (old) {
        withdraw(copy, later.plusDays(layouts.between(0, 20)), copied);
      }
    }
    return recent ? delivery : copied;
  }

  private void withdraw(Row row, LocalDate day, int delivery) {
    Row withdrawn = row.version().put("penalty_status", "1").put("remark", "原决定已撤销");
    story.deliveries.addVersion(withdrawn.as(Row.Kind.WITHDRAWN), day, delivery);
  }

  private String violation() {
    return switch (story.firm.industry().domain) {
      case "food" -> penalties.pick(List.of("经营超过保质期的食品", "未按规定查验供货者许可证", "食品从业人员无健康证明"));
      case "hygiene" -> penalties.pick(List.of("未按规定对公共用品用具清洗消毒", "卫生检测不符合要求"));
      case "price" -> "未明码标价";
      case "advertising" -> "发布虚假广告";
      case "fire" -> "占用疏散通道";
      default -> penalties.pick(List.of("销售不合格产品", "公示信息隐瞒真实情况", "侵害消费者个人信息权益"));
    };
  }

  private String basis() {
    return story.firm.industry().domain.equals("food") ? "《中华人民共和国食品安全法》" : "《中华人民共和国行政处罚法》";
  }

  private void complain(int month) {
    double rate =
        StrictMath.exp(
            COMPLAINT_BASE
                + COMPLAINT_SLOPE * story.risk.ahead(month)
                + story.firm.industry().breachProne);
    int count = complaints.poisson(Math.min(rate, 3));
    for (int i = 0; i < count; i++) {
      complaint(story.dayIn(month, complaints), story.risk.ahead(month));
    }
  }

  private void complaint(LocalDate day, double risk) {
    if (!story.lives(day)) {
      return;
    }
    boolean tipOff = complaints.chance(0.3);
    String number = story.serials.number("TS", day.getYear());
    Row row = story.row("complaints", day, number, "target_name").put("complaint_no", number);
    if (complaints.chance(0.35)) {
      row.put("code", "");
    }
    row.put("kind", tipOff ? "举报" : "投诉")
        .put("channel", complaints.weighted(CHANNELS, 40, 25, 25, 6, 4))
        .put("registered_on", day)
        .put("district", Names.districtName(story.firm.district()))
        .put("content_class", complaintClass())
        .put("text", Complaints.text(complaints, tipOff))
        .put("complainant", Persons.informant(complaints))
        .put("complainant_phone", Persons.phone(complaints))
        .put("target_address", story.firm.address())
        .put("outcome", "处理中");
    LocalDate closed = day.plusDays(complaints.between(3, 45));
    boolean verified = complaints.chance(Draw.logistic(-0.9 + 0.6 * risk));
    String outcome = verified ? "属实" : complaints.chance(0.45) ? "调解成功" : "不属实";
    int delivery = story.schedule.deliveryFor(day.plusDays(2));
    boolean settledBefore =
        delivery != Schedule.NEVER && !closed.isAfter(story.schedule.deliveries().get(delivery));
    if (settledBefore) {
      row.put("outcome", outcome).put("closed_on", closed);
    }
    delivery = story.deliveries.add(row, day.plusDays(2));
    if (!settledBefore) {
      story.deliveries.addVersion(
          row.version().put("outcome", outcome).put("closed_on", closed), closed, delivery);
    }
    if (complaints.chance(0.16)) {
      inspection("投诉举报检查", day.plusDays(complaints.between(3, 20)));
    }
  }

  private String complaintClass() {
    if (complaints.chance(0.4) && story.firm.industry().domain.equals("food")) {
      return "食品安全";
    }
    return complaints.pick(List.of(CLASSES));
  }

  /** An amount in 10,000 yuan with up to six decimals, as the layout has it. */
  private static String wan(double amount) {
    return BigDecimal.valueOf(Math.max(1, StrictMath.round(amount * 100)), 2)
        .stripTrailingZeros()
        .toPlainString();
  }
}
