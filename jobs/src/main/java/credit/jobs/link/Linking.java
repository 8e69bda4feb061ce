package credit.jobs.link;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.levenshtein;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/**
 * The linking rules, the first decisive one wins: a human's decision; a code of the register whose
 * firm's name agrees; the exact normalised name, unique in its district and valid on the record's
 * day, unless the record's code is sound and another firm's, be it one that the register does not
 * know. A branch is never attached to its head firm, and doubt goes to review.
 */
final class Linking {
  static final String VERSION = "1";
  static final String LINKED = "linked";
  static final String RECORDS = "records";
  private static final String[] ROW = {"record_id"};
  private static final String[] RECORD = {"source", "record_key"};
  private static final String CANDIDATES =
      "ARRAY<STRUCT<code: STRING, name: STRING, score: DOUBLE>>";

  /** Names that differ in more than this share of their characters do not agree with the code. */
  private static final double LARGEST_DIFFERENCE = 1.0 / 3;

  private Linking() {}

  /**
   * Decides on every record.
   *
   * @param records see {@link Records#of}
   * @param counted is told how many they are, as {@link #RECORDS}
   * @param names see {@link Register#names}
   * @param judgements see {@link #judged}
   * @return one row a record: the record's columns with {@code outcome, tier, code, score, reasons,
   *     reason, candidates}
   */
  static Dataset<Row> decide(
      Dataset<Row> records, Observation counted, Dataset<Row> names, Dataset<Row> judgements) {
    Dataset<Row> named = records.withColumn("normal_name", NameFunctions.normalise(col("name")));
    // Counted on this side only: where no name fits, Spark never asks the other for its records.
    Dataset<Row> evidence =
        named
            .observe(counted, count(lit(1)).as(RECORDS))
            .join(broadcast(decisions(judgements)), RECORD, "left")
            .join(firms(names), col("given_code").equalTo(col("firm_code")), "left")
            .join(sameName(named, names), ROW, "left");
    return outcomes(weigh(evidence));
  }

  /**
   * Officers' judgements, each of the record and not only of the version that the officer saw: a
   * later version has another id, and would be linked again as if nobody had decided.
   *
   * @param judgements {@code judged_record, decision (LINK|NOT_LINK), code, decided_on}
   * @param versions all known versions of the records
   * @return {@code source, record_key, decision, code, decided_on}
   */
  static Dataset<Row> judged(Dataset<Row> judgements, Dataset<Row> versions) {
    return versions
        .select("source", "record_key", "record_id")
        .join(
            broadcast(judgements.select("judged_record", "decision", "code", "decided_on")),
            col("record_id").equalTo(col("judged_record")))
        .select("source", "record_key", "decision", "code", "decided_on");
  }

  /**
   * The last decision on each record and firm, of two on one day NOT_LINK; among several firms the
   * one that was linked last.
   */
  private static Dataset<Row> decisions(Dataset<Row> judgements) {
    return judgements
        .groupBy("source", "record_key", "code")
        .agg(max(struct(col("decided_on"), col("decision"))).as("last"))
        .select(col("source"), col("record_key"), col("code"), col("last.*"))
        .groupBy("source", "record_key")
        .agg(
            max_by(
                    col("code"),
                    when(col("decision").equalTo("LINK"), struct(col("decided_on"), col("code"))))
                .as("human_code"),
            collect_set(when(col("decision").equalTo("NOT_LINK"), col("code"))).as("human_not"));
  }

  /** One row a firm: its present name and all normalised names it had. */
  private static Dataset<Row> firms(Dataset<Row> names) {
    return names
        .groupBy("firm_code")
        .agg(
            first(when(col("valid_until").isNull(), col("firm_name")), true).as("coded_name"),
            collect_set("normal_name").as("coded_names"));
  }

  /** Firms of the register that have or had the record's name. */
  private static Dataset<Row> sameName(Dataset<Row> named, Dataset<Row> names) {
    Column inTime =
        coalesce(col("on_date").geq(col("valid_from")), lit(true))
            .and(coalesce(col("on_date").lt(col("valid_until")), lit(true)));
    Column inPlace =
        col("district")
            .isNull()
            .or(col("firm_district").isNull())
            .or(col("district").equalTo(col("firm_district")));
    return named
        .select("record_id", "normal_name", "district", "on_date")
        .join(names, "normal_name")
        .groupBy("record_id")
        .agg(
            array_sort(collect_set(when(inTime.and(inPlace), col("firm_code")))).as("fitting"),
            array_sort(
                    collect_set(
                        struct(
                            col("firm_code").as("code"),
                            col("firm_name").as("name"),
                            lit(1.0).as("score"))))
                .as("same_name"));
  }

  private static Dataset<Row> weigh(Dataset<Row> evidence) {
    Column human = coalesce(col("human_not"), array().cast("ARRAY<STRING>"));
    Column coded = col("firm_code").isNotNull().and(not(array_contains(human, col("firm_code"))));
    Column same = array_contains(col("coded_names"), col("normal_name"));
    Column difference =
        array_min(
            transform(
                col("coded_names"),
                n ->
                    levenshtein(n, col("normal_name"))
                        .divide(greatest(length(n), length(col("normal_name"))))));
    Column branch =
        not(col("coded_same"))
            .and(exists(col("coded_names"), n -> NameFunctions.isBranchOf(col("normal_name"), n)));
    return evidence
        .withColumn("coded", coalesce(coded, lit(false)))
        .withColumn("coded_same", coalesce(same, lit(false)))
        .withColumn("difference", difference)
        .withColumn("coded_branch", coalesce(branch, lit(false)))
        .withColumn("coded_similar", coalesce(similar(), lit(false)))
        .withColumn(
            "coded_unknown",
            col("firm_code")
                .isNull()
                .and(GivenCode.isSomebodys(col("id_scheme"), col("given_code"))))
        .withColumn(
            "fits",
            filter(
                coalesce(col("fitting"), array().cast("ARRAY<STRING>")),
                c -> not(array_contains(human, c))));
  }

  /**
   * A misspelling of the coded firm's name: few characters differ, no other firm has that very
   * name, and it is not a branch's name on a firm that is none.
   */
  private static Column similar() {
    Column branchOnly =
        NameFunctions.isBranch(col("normal_name"))
            .and(not(exists(col("coded_names"), NameFunctions::isBranch)));
    return col("difference")
        .leq(LARGEST_DIFFERENCE)
        .and(col("same_name").isNull())
        .and(not(branchOnly));
  }

  private static Dataset<Row> outcomes(Dataset<Row> weighed) {
    Column agrees =
        col("coded")
            .and(not(col("coded_branch")))
            .and(col("normal_name").isNull().or(col("coded_same")).or(col("coded_similar")));
    Column codeSaysOther = col("coded").and(not(col("coded_branch"))).or(col("coded_unknown"));
    Column named = not(codeSaysOther).and(size(col("fits")).equalTo(1));
    Column tier =
        when(col("not_a_firm"), lit(null).cast("STRING"))
            .when(col("human_code").isNotNull(), "human")
            .when(agrees.and(col("coded_same").or(col("normal_name").isNull())), "code")
            .when(agrees, "code-similar-name")
            .when(named, "name");
    Column candidates =
        array_distinct(
            concat(
                when(
                        col("coded"),
                        array(
                            struct(
                                col("firm_code").as("code"),
                                col("coded_name").as("name"),
                                coalesce(lit(1.0).minus(col("difference")), lit(0.0)).as("score"))))
                    .otherwise(array())
                    .cast(CANDIDATES),
                coalesce(col("same_name"), array().cast(CANDIDATES)).cast(CANDIDATES)));
    return weighed
        .withColumn("tier", tier)
        .withColumn(
            "code",
            when(col("tier").equalTo("human"), col("human_code"))
                .when(col("tier").startsWith("code"), col("firm_code"))
                .when(col("tier").equalTo("name"), element_at(col("fits"), 1)))
        .withColumn("candidates", candidates)
        .withColumn(
            "outcome",
            when(col("not_a_firm"), "not_a_firm")
                .when(col("tier").isNotNull(), LINKED)
                .when(col("coded_branch"), "branch")
                .when(size(col("candidates")).gt(0), "review")
                .otherwise("unmatched"))
        .withColumn("reason", reason())
        .withColumn(
            "score",
            when(col("tier").equalTo("code-similar-name"), lit(1.0).minus(col("difference")))
                .otherwise(lit(1.0)))
        .withColumn("reasons", reasons());
  }

  /** Why no rule was decisive. */
  private static Column reason() {
    return when(col("outcome").equalTo("not_a_firm"), "the source says that it is no firm")
        .when(col("outcome").equalTo("branch"), "a branch is not its head firm")
        .when(
            col("outcome").equalTo("review").and(col("coded")), "the name disagrees with the code")
        .when(
            col("outcome").equalTo("review").and(col("coded_unknown")),
            "the code is sound and no firm of the register has it, only the name is known")
        .when(
            col("outcome").equalTo("review").and(size(col("fits")).gt(1)),
            "several firms have this name")
        .when(
            col("outcome").equalTo("review"),
            "the name is known in another district or at another time")
        .when(col("outcome").equalTo("unmatched"), "no firm of the register has this code or name");
  }

  private static Column reasons() {
    return when(col("tier").equalTo("human"), array(lit("an officer decided")))
        .when(
            col("tier").equalTo("code").or(col("tier").equalTo("code-similar-name")),
            array(
                lit("code is in the register"),
                when(col("normal_name").isNull(), "the record has no name")
                    .when(col("coded_same"), "name agrees")
                    .otherwise("name differs slightly")))
        .when(
            col("tier").equalTo("name"),
            array(
                lit("exact normalised name"),
                when(col("district").isNull(), "unique in the register")
                    .otherwise("unique in its district"),
                lit("valid on the record's day")))
        .otherwise(array().cast("ARRAY<STRING>"));
  }
}
