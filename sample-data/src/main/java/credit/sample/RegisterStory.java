package credit.sample;

import java.time.LocalDate;
import java.util.StringJoiner;

/** The register's rows and the licences that a firm holds. */
final class RegisterStory {
  private static final String MARKET = "珠海市市场监督管理局";

  private RegisterStory() {}

  static void tell(Story story) {
    Firm firm = story.firm;
    LocalDate first =
        firm.established().isBefore(story.schedule.from())
            ? story.schedule.from()
            : firm.established();
    int delivery = story.deliveries.add(row(story, first), first);
    for (Firm.Name name : firm.names()) {
      if (name.until() != null) {
        delivery = again(story, name.until(), delivery);
      }
    }
    if (firm.closedOn() != null && !story.over(firm.closedOn())) {
      again(story, firm.closedOn(), delivery);
    }
    licences(story);
  }

  /** Full row as of the delivery, so that two changes in one month are one row. */
  private static int again(Story story, LocalDate change, int before) {
    int delivery = story.schedule.deliveryFor(change);
    if (delivery == Schedule.NEVER || delivery == before) {
      return before;
    }
    LocalDate day = story.schedule.deliveries().get(delivery);
    return story.deliveries.add(row(story, day), day);
  }

  private static Row row(Story story, LocalDate day) {
    Firm firm = story.firm;
    int delivery = story.schedule.deliveryFor(day);
    LocalDate known = story.schedule.deliveries().get(Math.max(delivery, 0));
    boolean closed = firm.closedOn() != null && !firm.closedOn().isAfter(known);
    return Row.of("firm_register", firm, firm.established() + " " + firm.code())
        .put("code", firm.code())
        .put("name", firm.nameOn(known))
        .put("entity_type", firm.kind().label)
        .put("district", Names.districtName(firm.district()))
        .put("area", firm.area())
        .put("industry", firm.industry().code)
        .put("established", firm.established())
        .put("register_status", !closed ? "存续" : firm.revoked() ? "吊销" : "注销")
        .put("closed_on", closed ? firm.closedOn() : null)
        .put("registered_capital", firm.capitalWan())
        .put("employees", firm.employees())
        .put("address", firm.address())
        .put("parent_code", firm.parent() == null ? "" : firm.parent().code())
        .put("representative", firm.representative())
        .put("representative_id", firm.representativeId())
        .put("phone", firm.phone())
        .put("former_names", formerNames(firm, known))
        .put("organisation_code", firm.code().substring(8, 17))
        .put("registration_no", firm.registrationNo());
  }

  private static String formerNames(Firm firm, LocalDate known) {
    StringJoiner names = new StringJoiner(";");
    for (Firm.Name name : firm.names()) {
      if (name.until() != null && !name.until().isAfter(known)) {
        names.add(name.text() + "@" + name.until());
      }
    }
    return names.toString();
  }

  private static void licences(Story story) {
    Firm firm = story.firm;
    Draw draw = story.draw("licence");
    boolean permit = firm.industry().fullCoverage() || firm.industry() == Industry.TRAINING;
    if (!draw.chance(permit ? 0.9 : 0.15)) {
      return;
    }
    LocalDate decided = draw.day(firm.established(), firm.established().plusDays(90));
    LocalDate floor = story.schedule.from().minusYears(4);
    while (decided.isBefore(floor)) {
      decided = decided.plusYears(5);
    }
    while (!story.over(decided) && firm.openOn(decided)) {
      boolean longTerm = !permit || draw.chance(0.1);
      licence(story, draw, decided, longTerm);
      if (longTerm) {
        return;
      }
      decided = decided.plusYears(5).minusDays(draw.between(0, 40));
    }
  }

  private static void licence(Story story, Draw draw, LocalDate decided, boolean longTerm) {
    Firm firm = story.firm;
    String name =
        switch (firm.industry().domain) {
          case "food" -> "食品经营许可证";
          case "hygiene" -> "公共场所卫生许可证";
          case "fire" -> "公众聚集场所消防检查意见书";
          default -> "特种行业许可证";
        };
    String number = story.serials.document("珠许决字", decided.getYear());
    Row row =
        story
            .row("licences", decided, number, "party_name")
            .put("party_kind", firm.individual() ? "个体工商户" : "法人及非法人组织")
            .put("registration_no", firm.registrationNo())
            .put("representative", firm.representative())
            .put("representative_id_kind", "身份证")
            .put("representative_id", firm.representativeId())
            .put("document_name", name + "行政许可决定书")
            .put("decision_no", number)
            .put("licence_kind", draw.chance(0.8) ? "普通" : "核准")
            .put("licence_name", name)
            .put("licence_no", "JY" + firm.code().substring(2, 8) + story.serials.next("JY"))
            .put("content", "准予" + name + "所载事项")
            .put("decided_on", decided)
            .put("valid_from", decided)
            .put("valid_until", longTerm ? "2099-12-31" : decided.plusYears(5).minusDays(1) + "")
            .put("authority", MARKET)
            .put("authority_code", "440400")
            .put("licence_status", "有效")
            .put("data_authority", MARKET);
    int delivery = story.deliveries.add(row, decided.plusDays(draw.between(1, 15)));
    LocalDate revoked = decided.plusDays(200L + draw.below(900));
    if (story.lives(revoked) && draw.chance(0.02 * Draw.logistic(2 * story.riskOn(revoked)))) {
      Row ended = row.version().put("licence_status", draw.chance(0.5) ? "吊销" : "暂扣");
      story.deliveries.addVersion(ended, revoked.plusDays(10), delivery);
    }
  }
}
