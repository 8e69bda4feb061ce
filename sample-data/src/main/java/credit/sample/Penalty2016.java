package credit.sample;

import java.time.LocalDate;

/** A penalty in the layout of 2016: the same act with other columns, and amounts in words only. */
final class Penalty2016 {
  private Penalty2016() {}

  /**
   * The copy of a row of the layout of 2018; brackets of its number are as an old system has them.
   */
  static Row of(Story story, Row row) {
    String[] categories = row.cell("categories").split("[;；,、]", -1);
    return story
        .row("penalties_2016", LocalDate.parse(row.cell("decided_on")), row.cell("decision_no"))
        .put("decision_no", row.cell("decision_no").replace('〔', '[').replace('〕', ']'))
        .put("case_name", row.cell("party_name") + row.cell("violation") + "案")
        .put("categories", categories[0])
        .put("categories_2", categories.length > 1 ? categories[1] : "")
        .put("violation", row.cell("violation"))
        .put("basis", row.cell("basis"))
        .put("party_name", row.cell("party_name"))
        .put("code", row.cell("code"))
        .put("organisation_code", story.firm.code().substring(8, 17))
        .put("registration_no", row.cell("registration_no"))
        .put("representative", row.cell("representative"))
        .put("content", content(row))
        .put("decided_on", row.cell("decided_on"))
        .put("public_until", row.cell("public_until"))
        .put("authority", row.cell("authority"))
        .put("penalty_status", "0")
        .put("area_code", story.firm.district());
  }

  private static String content(Row row) {
    String fine = row.cell("fine");
    return fine.isEmpty() ? row.cell("content") : "处罚款" + fine + "万元";
  }
}
