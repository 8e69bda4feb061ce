package credit.jobs.warehouse;

import credit.schemas.TableContract;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** One Delta table's folder, with whatever version a run, dead or alive, left as its newest. */
record TableOnDisk(SparkSession spark, String location) {

  /** Newest version in the table's log, by its file names: no Spark job for a number. */
  OptionalLong head() {
    Path log = new Path(location, "_delta_log");
    try {
      FileSystem system = fileSystem(log);
      if (!system.exists(log)) {
        return OptionalLong.empty();
      }
      return Arrays.stream(system.listStatus(log))
          .map(FileStatus::getPath)
          .map(p -> Warehouse.COMMIT.matcher(p.getName()))
          .filter(Matcher::matches)
          .mapToLong(m -> Long.parseLong(m.group(1)))
          .max();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void create(TableContract contract) {
    DeltaTableBuilder builder =
        DeltaTable.create(spark).location(location).comment(contract.purpose());
    for (StructField field : Tables.schemaOf(contract).fields()) {
      builder.addColumn(field);
    }
    if (contract.mode() == TableContract.Mode.OVERWRITE) {
      // A replaced row is crossed out in its file, and the next stage reads what was replaced.
      builder.property("delta.enableDeletionVectors", "true");
      builder.property("delta.enableChangeDataFeed", "true");
    }
    if (contract.clusterBy().isEmpty()) {
      // Statistics let readers skip files; of an unclustered table every file is read anyway.
      builder.property("delta.dataSkippingNumIndexedCols", "0");
    } else {
      builder.clusterBy(contract.clusterBy().toArray(String[]::new));
    }
    builder.execute();
  }

  /** Puts back what was written after a version. */
  void restore(long version) {
    table().restoreToVersion(version);
  }

  /** Deletes rows. */
  void deleteRows(Column which) {
    table().delete(which);
  }

  /** Rewrites small files into large ones. */
  void compact() {
    table().optimize().executeCompaction();
  }

  /** Deletes the table with all its versions. */
  void delete() {
    Path folder = new Path(location);
    try {
      fileSystem(folder).delete(folder, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileSystem fileSystem(Path path) throws IOException {
    return path.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  private DeltaTable table() {
    return DeltaTable.forPath(spark, location);
  }
}
