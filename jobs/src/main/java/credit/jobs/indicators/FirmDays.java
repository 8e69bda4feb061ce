package credit.jobs.indicators;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Firms, each on every day for which it is looked at, with its relations to other firms. */
final class FirmDays {
  /** Branches of the firm: established, closed_on. */
  private static final String BRANCHES = "branches";

  /** Firms with the same representative, itself among them: code, established, closed_on. */
  private static final String KIN = "same_representative";

  private FirmDays() {}

  /** The columns over which a firm's values speak. */
  static StructType columns(StructType firms) {
    return firms
        .add("as_of", DataTypes.DateType)
        .add(BRANCHES, DataType.fromDDL("ARRAY<STRUCT<established: DATE, closed_on: DATE>>"))
        .add(
            KIN,
            DataType.fromDDL("ARRAY<STRUCT<code: STRING, established: DATE, closed_on: DATE>>"));
  }

  /**
   * One row per firm and day.
   *
   * @param expressions what the rules say over firms: relations that none mentions are not made
   */
  static Dataset<Row> on(
      Dataset<Row> firms,
      Collection<LocalDate> days,
      StructType columns,
      Column active,
      Collection<String> expressions) {
    Dataset<Row> named = firms.select(own(columns));
    Dataset<Row> related = named;
    if (mentioned(expressions, BRANCHES)) {
      related = withBranches(related, named);
    }
    if (mentioned(expressions, KIN)) {
      related = withKin(related, named);
    }
    return related.withColumn("as_of", explode(dates(days))).where(active);
  }

  /** The days as an array, in order. */
  static Column dates(Collection<LocalDate> days) {
    return array(days.stream().sorted().map(day -> lit(day)).toArray(Column[]::new));
  }

  private static boolean mentioned(Collection<String> expressions, String column) {
    return expressions.stream().anyMatch(sql -> sql.contains(column));
  }

  private static Column[] own(StructType columns) {
    return Arrays.stream(columns.fieldNames())
        .filter(name -> !List.of(BRANCHES, KIN, "as_of").contains(name))
        .map(name -> col(name))
        .toArray(Column[]::new);
  }

  private static Dataset<Row> withBranches(Dataset<Row> firms, Dataset<Row> all) {
    Dataset<Row> branches =
        all.where(col("parent_code").isNotNull())
            .groupBy(col("id_scheme"), col("parent_code").as("code"))
            .agg(collect_list(struct("established", "closed_on")).as(BRANCHES));
    return firms.join(branches, new String[] {"id_scheme", "code"}, "left");
  }

  private static Dataset<Row> withKin(Dataset<Row> firms, Dataset<Row> all) {
    Dataset<Row> kin =
        all.where(col("representative_key").isNotNull())
            .groupBy(col("representative_key"))
            .agg(collect_list(struct("code", "established", "closed_on")).as(KIN));
    return firms.join(kin, new String[] {"representative_key"}, "left");
  }
}
