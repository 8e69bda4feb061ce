package credit.jobs.cli;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import credit.jobs.link.NameFunctions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Firms by likeness of name: an aid for people, used by no stage. */
final class NameSearch {
  private static final double WORTH_A_LOOK = 0.5;

  private NameSearch() {}

  /**
   * Firms with a name that is like the one looked for, best first. The score is 1 for the same
   * name, from 0.7 for a name that holds the other, else the share of characters that need no edit.
   *
   * @param files firm files
   * @param name what is looked for
   * @param district the firm's district; null: any
   */
  static Dataset<Row> candidates(Dataset<Row> files, String name, String district) {
    Dataset<Row> firms = district == null ? files : files.where(col("district").equalTo(district));
    Dataset<Row> names =
        firms
            .select(
                col("code"),
                col("name"),
                col("district"),
                col("register_status"),
                explode(array_union(array(col("name")), col("names.name"))).as("any_name"))
            .withColumn("normal", NameFunctions.normalise(col("any_name")))
            .withColumn("sought", NameFunctions.normalise(lit(name)));
    return names
        .withColumn("likeness", likeness(col("normal"), col("sought")))
        .where(col("likeness").geq(WORTH_A_LOOK))
        .groupBy("code", "name", "district", "register_status")
        .agg(max_by(struct(col("likeness"), col("any_name")), col("likeness")).as("best"))
        .select(
            round(col("best.likeness"), 2).as("score"),
            col("code"),
            col("name"),
            when(col("best.any_name").notEqual(col("name")), col("best.any_name"))
                .as("former_name"),
            col("district"),
            col("register_status"))
        .orderBy(col("score").desc(), col("name"), col("code"));
  }

  private static Column likeness(Column name, Column sought) {
    Column longer = greatest(length(name), length(sought));
    Column shorter = length(name).plus(length(sought)).minus(longer);
    Column edits = lit(1.0).minus(levenshtein(name, sought).divide(longer));
    Column part = lit(0.7).plus(lit(0.3).multiply(shorter.divide(longer)));
    return when(name.equalTo(sought), lit(1.0))
        .when(name.contains(sought).or(sought.contains(name)), part)
        .otherwise(edits);
  }
}
