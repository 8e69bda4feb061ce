package credit.jobs.warehouse;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.files.TahoeBatchFileIndex;
import org.apache.spark.sql.delta.files.TahoeLogFileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.sources.BaseRelation;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;

/**
 * The files of one version of a table, listed once. Delta has Spark list them anew for every query,
 * which costs more than to read a small table, and a stage makes some hundred queries.
 */
final class ListedFiles extends TahoeBatchFileIndex {
  /** Of more files, statistics spare readers most: then Delta chooses. */
  private static final int FEW = 64;

  private ListedFiles(TahoeLogFileIndex log, Seq<AddFile> files) {
    super(log.spark(), "batch", files, log.deltaLog(), log.path(), log.getSnapshotToScan(), false);
  }

  /** All of them: no table has partitions, and readers filter rows themselves. */
  @Override
  public Seq<AddFile> matchingFiles(Seq<Expression> partitions, Seq<Expression> data) {
    return addFiles();
  }

  /**
   * What reads the files of a version.
   *
   * @param version one version of a Delta table, as Spark reads it
   * @return empty where Delta should choose among the files at each reading
   */
  static Optional<BaseRelation> relation(SparkSession spark, Dataset<Row> version) {
    HadoopFsRelation read = read(version);
    TahoeLogFileIndex log = (TahoeLogFileIndex) read.location();
    Seq<AddFile> files = log.matchingFiles(none(), none());
    return files.size() > FEW
        ? Optional.empty()
        : Optional.of(
            new HadoopFsRelation(
                new ListedFiles(log, files),
                read.partitionSchema(),
                read.dataSchema(),
                read.bucketSpec(),
                read.fileFormat(),
                read.options(),
                (org.apache.spark.sql.classic.SparkSession) spark));
  }

  private static HadoopFsRelation read(Dataset<Row> version) {
    var plan = ((org.apache.spark.sql.classic.Dataset<Row>) version).queryExecution().analyzed();
    return (HadoopFsRelation) ((LogicalRelation) plan.collectLeaves().head()).relation();
  }

  @SuppressWarnings("unchecked")
  private static Seq<Expression> none() {
    return (Seq<Expression>) (Seq<?>) Nil$.MODULE$;
  }
}
