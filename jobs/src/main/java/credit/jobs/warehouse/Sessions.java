package credit.jobs.warehouse;

import org.apache.spark.sql.SparkSession;

/** Spark sessions with the settings that the pipeline relies on. */
public final class Sessions {
  private Sessions() {}

  /**
   * A session on a master.
   *
   * @param master Spark master; null: the one that spark-submit set, else {@code local[*]}
   * @return the session, with Delta, in Shanghai's time, ANSI SQL on
   */
  public static SparkSession open(String master) {
    SparkSession.Builder builder = SparkSession.builder().appName("credit");
    String chosen = master != null ? master : System.getProperty("spark.master", "local[*]");
    builder.master(chosen);
    if (chosen.startsWith("local")) {
      int cores = Runtime.getRuntime().availableProcessors();
      builder
          .config("spark.sql.shuffle.partitions", cores)
          // A small table, however many its files, is read by one task: a task has its price.
          .config("spark.sql.files.minPartitionNum", 1)
          .config("spark.sql.files.openCostInBytes", "1m")
          .config("spark.sql.files.maxPartitionBytes", "32m")
          .config("spark.ui.enabled", false)
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.databricks.delta.snapshotPartitions", 1);
    } else {
      builder.config("spark.databricks.delta.snapshotPartitions", 2);
    }
    return builder
        .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .config(
            "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        // Nothing is kept in Spark's own catalog; its folder must not appear where a user stands.
        .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"))
        .config("spark.sql.session.timeZone", "Asia/Shanghai")
        .config("spark.sql.datetime.java8API.enabled", true)
        // The Java 8 date types break Delta's shortcut for max(date).
        .config("spark.databricks.delta.optimizeMetadataQuery.enabled", false)
        // Checksums speed up the reading of long logs; ours are short, and they cost every commit.
        .config("spark.databricks.delta.writeChecksumFile.enabled", false)
        .config("spark.databricks.delta.allFilesInCrc.enabled", false)
        .config("spark.sql.ansi.enabled", true)
        // Every small table that is sent to the tasks takes a whole page; by default up to 64 MB.
        .config("spark.buffer.pageSize", "4m")
        // Asked for every nested value; where it is not set, Spark looks into the environment each
        // time.
        .config("spark.sql.types.framework.enabled", false)
        // A run compiles some hundreds of classes, most of them in every run again; Spark keeps
        // 100.
        .config("spark.sql.codegen.cache.maxEntries", 2000)
        .config("spark.sql.mapKeyDedupPolicy", "LAST_WIN")
        .config("spark.sql.ui.explainMode", "simple")
        .config("spark.ui.showConsoleProgress", false)
        .getOrCreate();
  }
}
