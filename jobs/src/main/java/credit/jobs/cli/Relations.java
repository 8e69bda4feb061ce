package credit.jobs.cli;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How a firm is related to others. Found when its file is shown and kept nowhere: a file that held
 * other firms' rows would change with each of them. Associations count in the risk class only.
 */
final class Relations {
  private Relations() {}

  /**
   * Related firms: head and branches, the same representative (by hash) or address, predecessors
   * and successors.
   *
   * @param files rows of {@code firm_file}
   * @param events rows of {@code events}
   * @param firm the firm's row of {@code firm_file}
   * @return {@code relation, code, name, register_status, since}; {@code since} is known of
   *     successions only, and a firm that is not in the register has no name
   */
  static Dataset<Row> of(Dataset<Row> files, Dataset<Row> events, Row firm) {
    return kin(files, firm)
        .unionByName(successions(files, events, firm))
        .distinct()
        .orderBy("relation", "code");
  }

  private static Dataset<Row> kin(Dataset<Row> files, Row firm) {
    String parent = firm.getAs("parent_code");
    Column relations =
        array(
            when(col("parent_code").equalTo(firm.<String>getAs("code")), "branch"),
            when(same("code", parent), "head"),
            when(same("parent_code", parent), "other_branch"),
            when(same("representative_key", firm.getAs("representative_key")), "representative"),
            when(same("address", firm.getAs("address")), "address"));
    return files
        .where(not(isFirm("code", firm)))
        .select(
            explode(array_compact(relations)).as("relation"),
            col("code"),
            col("name"),
            col("register_status"),
            lit(null).cast("DATE").as("since"));
  }

  /** Both ends of a succession: its event is the successor's, and names the predecessor. */
  private static Dataset<Row> successions(Dataset<Row> files, Dataset<Row> events, Row firm) {
    Column predecessor = col("details").getItem("predecessor_code");
    Column isSuccessor = isFirm("code", firm);
    return events
        .where(col("event_type").equalTo("succession"))
        .where(isSuccessor.or(predecessor.equalTo(firm.<String>getAs("code"))))
        .select(
            when(isSuccessor, "predecessor").otherwise("successor").as("relation"),
            when(isSuccessor, predecessor).otherwise(col("code")).as("other"),
            when(isSuccessor, col("details").getItem("predecessor_name")).as("told_name"),
            col("event_date").as("since"))
        .join(
            files.select("code", "name", "register_status"),
            col("code").equalTo(col("other")),
            "left")
        .select(
            col("relation"),
            col("other").as("code"),
            coalesce(col("name"), col("told_name")).as("name"),
            col("register_status"),
            col("since"));
  }

  private static Column isFirm(String column, Row firm) {
    return col(column).equalTo(firm.<String>getAs("code"));
  }

  /** What is not known is the same as nothing. */
  private static Column same(String column, String value) {
    return value == null || value.isBlank() ? lit(false) : col(column).equalTo(value);
  }
}
