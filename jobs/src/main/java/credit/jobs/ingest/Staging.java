package credit.jobs.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.RecordKey;
import credit.schemas.SourceContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Landed rows, judged as whole rows: conditions, natural persons, records' keys. */
final class Staging {
  static final String PROBLEMS = LandingFile.PROBLEMS;
  static final String NATURAL_PERSON = "_natural_person";
  static final String REPAIRED_CELLS = "repaired_cells";

  private Staging() {}

  /**
   * Types a source's landed rows.
   *
   * @param landed see {@link LandingFile#schema}
   * @return the contract's stored columns with {@code delivery_id, known_at, declared_on,
   *     row_number, row_hash, repaired_cells, record_id, record_key, ended, _problems (null: none),
   *     _natural_person}
   */
  static Dataset<Row> type(Dataset<Row> landed, SourceContract source) {
    List<Column> columns = new ArrayList<>();
    for (credit.schemas.Column column : source.storedColumns()) {
      columns.add(col(column.name()).cast(column.sparkType()).as(column.name()));
    }
    columns.add(col(LandingFile.DELIVERY).as("delivery_id"));
    columns.add(col(LandingFile.KNOWN).as("known_at"));
    columns.add(col(LandingFile.DECLARED).as("declared_on"));
    columns.add(col(LandingFile.ROW).as("row_number"));
    columns.add(col(LandingFile.HASH).as("row_hash"));
    columns.add(repairedCells().as(REPAIRED_CELLS));
    columns.add(recordId(source).as("record_id"));
    columns.add(col(PROBLEMS));
    return landed
        .select(columns.toArray(Column[]::new))
        .withColumn(NATURAL_PERSON, flag(source.delivery().naturalPersonWhen()))
        .withColumn("ended", flag(source.endedWhen()))
        .withColumn("record_key", RecordKey.of(source))
        .withColumn(PROBLEMS, coalesce(col(PROBLEMS), brokenConditions(source)));
  }

  /** Names of the repaired columns; empty where the row was read as it stands. */
  private static Column repairedCells() {
    return coalesce(split(col(LandingFile.REPAIRED), ","), array().cast("ARRAY<STRING>"));
  }

  private static Column recordId(SourceContract source) {
    return concat_ws(
        "/", lit(source.id()), substring(col(LandingFile.DELIVERY), 1, 12), col(LandingFile.ROW));
  }

  /** A row that a contract refuses; rows of natural persons are dropped whatever they hold. */
  static Column refused() {
    return not(col(NATURAL_PERSON)).and(col(PROBLEMS).isNotNull());
  }

  private static Column flag(String condition) {
    return condition == null ? lit(false) : coalesce(expr(condition), lit(false));
  }

  /** Conditions over whole rows, judged only where every cell could be read. */
  private static Column brokenConditions(SourceContract source) {
    Column[] broken =
        source.quality().stream()
            .map(
                q ->
                    when(
                        not(coalesce(expr(q.condition()), lit(true))),
                        lit(q.name() + Lane.PART + Lane.PART + Lane.PART + q.condition())))
            .toArray(Column[]::new);
    return broken.length == 0
        ? lit(null).cast("STRING")
        : nullif(concat_ws(Lane.PROBLEM, broken), lit(""));
  }

  /** One row for each problem: {@code reason, column, value, detail} beside the given columns. */
  static Dataset<Row> problems(Dataset<Row> rows, Column... kept) {
    List<Column> columns = new ArrayList<>(List.of(kept));
    columns.add(explode(split(col(PROBLEMS), Lane.PROBLEM)).as("_problem"));
    Column parts = split(col("_problem"), Lane.PART);
    return rows.select(columns.toArray(Column[]::new))
        .withColumn("reason", element_at(parts, 1))
        .withColumn("column", element_at(parts, 2))
        .withColumn("value", element_at(parts, 3))
        .withColumn("detail", element_at(parts, 4))
        .drop("_problem");
  }
}
