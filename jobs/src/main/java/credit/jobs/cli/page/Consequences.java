package credit.jobs.cli.page;

import credit.jobs.cli.page.FirmView.Listing;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What follows from a firm's credit, for it or against it, lists apart.
 *
 * @param measures measures that follow from its tier and field; null: none were found for the day
 * @param incentives entries that good credit earned it; null: no lists were made for the day
 */
public record Consequences(List<Measure> measures, List<Incentive> incentives) {
  /** Nothing that anybody may be told. */
  static final Consequences UNTOLD = new Consequences(null, null);

  /** A measure; {@code setting} is a rate or frequency, or null. */
  public record Measure(
      String id, String kind, String titleZh, String titleEn, String setting, String basis) {
    String title(String language) {
      return language.equals("en") ? titleEn : titleZh;
    }
  }

  /** An entry of the incentives, by the rule that earned it. */
  public record Incentive(String measure, String titleZh, String titleEn, Listing entry) {
    String title(String language) {
      return language.equals("en") ? titleEn : titleZh;
    }
  }

  /**
   * From rows of the tables {@code measures} and {@code incentives}.
   *
   * @param measures null: none were made for the day
   * @param incentives null: none were made for the day
   */
  static Consequences of(Schemas schemas, List<Row> measures, List<Row> incentives) {
    return new Consequences(
        measures == null
            ? null
            : measures.stream()
                .map(row -> measure(schemas, row))
                .sorted(Comparator.comparing(Measure::id))
                .toList(),
        incentives == null
            ? null
            : incentives.stream()
                .map(row -> incentive(schemas, row))
                .sorted(Comparator.comparing((Incentive i) -> i.entry().from()).reversed())
                .toList());
  }

  private static Measure measure(Schemas schemas, Row row) {
    String title = row.getAs("title");
    Rule rule = rule(schemas, "measures", row.getAs("rule"));
    return new Measure(
        row.getAs("measure"),
        row.getAs("kind"),
        title,
        rule == null ? title : rule.titleEn(),
        row.getAs("setting"),
        row.getAs("basis"));
  }

  private static Incentive incentive(Schemas schemas, Row row) {
    String measure = row.getAs("measure");
    Rule rule = rule(schemas, "incentives", row.getAs("rule"));
    return new Incentive(
        measure,
        rule == null ? measure : rule.titleZh(),
        rule == null ? measure : rule.titleEn(),
        FirmViews.listing(row, null, null));
  }

  private static Rule rule(Schemas schemas, String file, String id) {
    RuleFile rules = schemas.rules().get(file);
    return rules == null
        ? null
        : rules.rules().stream().filter(r -> r.id().equals(id)).findFirst().orElse(null);
  }
}
