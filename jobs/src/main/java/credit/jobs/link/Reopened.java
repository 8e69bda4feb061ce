package credit.jobs.link;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Increment;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.schemas.SourceContract;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The records on which linking decides again. A decision rests on the record's newest version, the
 * register's firms with its code or its name, and an officer's judgements of it; so a record is
 * reopened where one of these is new:
 *
 * <ul>
 *   <li>a version of the record itself, or one that came late and changes when it was first known;
 *   <li>the register's row of the firm whose code the record gives;
 *   <li>the register's row of a firm that has, or had before, the record's name: that name may now
 *       be unique, or no longer be;
 *   <li>a judgement of the record, or a correction of one.
 * </ul>
 */
final class Reopened {
  private final Run run;
  private final Stage stage;
  private final Increment increment;

  Reopened(Run run, Stage stage, Increment increment) {
    this.run = run;
    this.stage = stage;
    this.increment = increment;
  }

  /**
   * The records to decide on again.
   *
   * @param decided all records as they were decided on: {@code source, record_key, record_id,
   *     code_given, normal_name}
   * @return {@code source, record_key}, each once
   */
  Dataset<Row> records(Dataset<Row> decided) {
    Dataset<Row> reopened = decided.where(otherEvidence()).select("source", "record_key");
    for (SourceContract source : run.schemas().sources().values()) {
      if (source.links() && increment.sources().contains(source.id())) {
        reopened =
            reopened.union(
                staged(source)
                    .where(increment.fresh())
                    .select(lit(source.id()).as("source"), col("record_key")));
      }
    }
    return reopened.distinct();
  }

  private Column otherEvidence() {
    Column register =
        changed(Optional.of(run.schemas().register()))
            .map(
                rows ->
                    col("code_given")
                        .isin(rows.select("code").distinct())
                        .or(
                            col("normal_name")
                                .isin(Register.names(rows).select("normal_name").distinct())))
            .orElse(lit(false));
    Column judgements =
        changed(Optional.ofNullable(run.schemas().sources().get(LinkJob.JUDGEMENTS)))
            .map(rows -> col("record_id").isin(rows.select("judged_record").distinct()))
            .orElse(lit(false));
    return register.or(judgements);
  }

  /** All versions of a source's changed records: what they said before counts too. */
  private Optional<Dataset<Row>> changed(Optional<SourceContract> source) {
    return source
        .filter(s -> increment.sources().contains(s.id()))
        .map(s -> increment.changedRecords(staged(s)));
  }

  private Dataset<Row> staged(SourceContract source) {
    return run.read(stage, source.stagedTable());
  }
}
