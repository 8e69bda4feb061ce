package credit.jobs.link;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Increment;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.schemas.SourceContract;
import java.util.Optional;
import java.util.stream.Stream;
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
 *   <li>a judgement of any version of the record, or a correction of one.
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
   * @param decided all records as they were decided on: {@code source, record_key, code_given,
   *     normal_name}
   * @return {@code source, record_key}, each once
   */
  Dataset<Row> records(Dataset<Row> decided) {
    Optional<Dataset<Row>> judged =
        changed(Optional.ofNullable(run.schemas().sources().get(LinkJob.JUDGEMENTS)))
            .map(rows -> rows.select("judged_record").distinct());
    return run.schemas().sources().values().stream()
        .filter(SourceContract::links)
        .flatMap(source -> ofSource(source, judged).stream())
        .reduce(decided.where(otherRegister()).select("source", "record_key"), Dataset::union)
        .distinct();
  }

  /**
   * The records of a source that have a new version, or of which any version was judged: the
   * officer may have seen one that others have followed since.
   */
  private Optional<Dataset<Row>> ofSource(SourceContract source, Optional<Dataset<Row>> judged) {
    Stream<Column> fresh =
        increment.sources().contains(source.id()) ? Stream.of(increment.fresh()) : Stream.empty();
    return Stream.concat(fresh, judged.map(ids -> col("record_id").isin(ids)).stream())
        .reduce(Column::or)
        .map(
            again ->
                staged(source)
                    .where(again)
                    .select(lit(source.id()).as("source"), col("record_key")));
  }

  private Column otherRegister() {
    return changed(Optional.of(run.schemas().register()))
        .map(
            rows ->
                col("code_given")
                    .isin(rows.select("code").distinct())
                    .or(
                        col("normal_name")
                            .isin(Register.names(rows).select("normal_name").distinct())))
        .orElse(lit(false));
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
