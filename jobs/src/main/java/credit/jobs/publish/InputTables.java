package credit.jobs.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import credit.jobs.publish.ListedEntry.ListName;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Staged;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables that publish reads, as values. */
final class InputTables {
  private static final String ITEMS = "items";

  private InputTables() {}

  /** Entries of the three lists on a day, in any state. */
  static List<ListedEntry> entries(Run run, Stage stage, LocalDate asOf) {
    List<ListedEntry> entries = new ArrayList<>();
    for (ListName list : ListName.values()) {
      Dataset<Row> rows = run.read(stage, list.table()).where(col("as_of").equalTo(lit(asOf)));
      Set<String> columns = new TreeSet<>(Arrays.asList(rows.columns()));
      rows.collectAsList().forEach(row -> entries.add(entry(list, row, columns)));
    }
    return entries;
  }

  /** Penalties that the public may see on a day. */
  static List<PublicPenalty> penalties(Run run, Stage stage, LocalDate asOf) {
    return run
        .read(stage, "public_penalties")
        .where(col("as_of").equalTo(lit(asOf)).and(col("state").equalTo("shown")))
        .collectAsList()
        .stream()
        .map(
            row ->
                new PublicPenalty(
                    row.getAs("id_scheme"),
                    row.getAs("code"),
                    row.getAs("name"),
                    row.getAs("act_no"),
                    row.getAs("authority"),
                    row.getAs("act_date"),
                    texts(row, "categories"),
                    row.getAs("amount"),
                    row.getAs("band"),
                    row.getAs("basis"),
                    row.getAs("shown_from"),
                    row.getAs("shown_until")))
        .toList();
  }

  static List<Delivery> deliveries(Run run, Stage stage) {
    return deliveries(run.read(stage, "deliveries"));
  }

  /**
   * The deliveries that tell how far a source is complete. A correction brings single rows of the
   * past and says nothing of the days since; it counts only where it stands in for a whole file.
   */
  static List<Delivery> tellingCoverage(Run run, Stage stage) {
    return deliveries(tellingCoverage(run.read(stage, "deliveries")));
  }

  static Dataset<Row> tellingCoverage(Dataset<Row> ledger) {
    Dataset<Row> corrected =
        ledger
            .select(col("source"), col("declared_on"), col("delivery_id").as("corrects"))
            .distinct();
    Dataset<Row> wholeFiles =
        ledger
            .where(col("corrected_rows").isNull().or(size(col("corrected_rows")).equalTo(0)))
            .join(corrected, new String[] {"source", "declared_on", "corrects"}, "left_semi");
    return ledger.where(col("corrects").isNull()).unionByName(wholeFiles);
  }

  private static List<Delivery> deliveries(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row ->
                new Delivery(
                    row.getAs("source"),
                    row.getAs("path"),
                    row.getAs("declared_on"),
                    row.getAs("known_at"),
                    row.getAs("ingested_at"),
                    row.getAs("status"),
                    row.<Long>getAs("rows_in"),
                    row.<Long>getAs("staged"),
                    row.<Long>getAs("duplicate"),
                    row.<Long>getAs("quarantined"),
                    row.<Long>getAs("dropped")))
        .toList();
  }

  static List<Contents.Firm> firms(Run run, Stage stage) {
    return run
        .read(stage, "firm_file")
        .select("id_scheme", "code", "established", "first_known_at", "closed_on", "entity_type")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Contents.Firm(
                    row.getAs("id_scheme"),
                    row.getAs("code"),
                    row.getAs("established"),
                    row.getAs("first_known_at"),
                    row.getAs("closed_on"),
                    row.getAs("entity_type").equals("individual")))
        .toList();
  }

  /** The item catalogue as it was known; empty in a jurisdiction without one. */
  static List<Contents.Item> items(Run run, Stage stage, LocalDate knownAt) {
    if (!run.schemas().sources().containsKey(ITEMS)) {
      return List.of();
    }
    return Staged.current(run.read(stage, "staged_" + ITEMS), knownAt)
        .select("item", "excluded_modes", "excluded_basis", "new_applicant_modes")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Contents.Item(
                    row.getAs("item"),
                    texts(row, "excluded_modes"),
                    row.getAs("excluded_basis"),
                    texts(row, "new_applicant_modes")))
        .toList();
  }

  private static ListedEntry entry(ListName list, Row row, Set<String> columns) {
    return new ListedEntry(
        list,
        row.getAs("entry_id"),
        row.getAs("id_scheme"),
        row.getAs("code"),
        row.getAs("name"),
        list.scopeColumn() == null ? null : row.getAs(list.scopeColumn()),
        columns.contains("item") ? row.getAs("item") : null,
        row.getAs("effective_from"),
        row.getAs("effective_until"),
        row.getAs("cause"),
        row.getAs("basis"),
        row.getAs("act_no"),
        row.getAs("act_authority"),
        row.getAs("act_date"),
        texts(row, "source_records"),
        row.getAs("rule"),
        row.<Boolean>getAs("pending"),
        row.getAs("state"),
        row.getAs("next_state"));
  }

  private static List<String> texts(Row row, String column) {
    int index = row.fieldIndex(column);
    return row.isNullAt(index) ? List.of() : row.getList(index);
  }
}
