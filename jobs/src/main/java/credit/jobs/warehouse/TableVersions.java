package credit.jobs.warehouse;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.StructType;

/** Delta tables at their versions; the files of each version are listed once for all stages. */
final class TableVersions {
  private record Version(String path, long number) {}

  private final SparkSession spark;
  private final Map<Version, Optional<BaseRelation>> listed = new ConcurrentHashMap<>();

  TableVersions(SparkSession spark) {
    this.spark = spark;
  }

  Dataset<Row> read(String path, long version) {
    return listed
        .computeIfAbsent(
            new Version(path, version), key -> ListedFiles.relation(spark, delta(path, version)))
        .map(spark::baseRelationToDataFrame)
        .orElseGet(() -> delta(path, version));
  }

  StructType schema(String path, long version) {
    return delta(path, version).schema();
  }

  /** To be told before a table is removed: another that takes its place counts from 0 again. */
  void forget(String path) {
    listed.keySet().removeIf(version -> version.path().equals(path));
  }

  private Dataset<Row> delta(String path, long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path);
  }
}
