package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Sessions;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.Warehouse;
import credit.jobs.warehouse.WarehouseLock;
import credit.schemas.Schemas;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A warehouse with a Spark session and a jurisdiction, opened for one command. */
final class Workspace implements AutoCloseable {
  private final CommonOptions options;
  private final Warehouse warehouse;
  private final Schemas schemas;
  private final SparkSession spark;
  private final WarehouseLock lock;
  private final Pipeline pipeline;

  private Workspace(
      CommonOptions options, Schemas schemas, WarehouseLock lock, SparkSession spark) {
    this.options = options;
    this.warehouse = options.warehouse();
    this.schemas = schemas;
    this.lock = lock;
    this.spark = spark;
    this.pipeline =
        new Pipeline(
            spark, warehouse, schemas, options.settings(), options.clock(), options.progress());
  }

  /** To read only: the warehouse must exist; nobody is kept out. */
  static Workspace toRead(CommonOptions options) {
    options.warehouse().existing();
    return new Workspace(options, options.loadSchemas(), null, Sessions.open(options.master));
  }

  /**
   * To write: the day, rules and contracts are checked and the lock is taken before anything runs.
   */
  static Workspace toWrite(CommonOptions options, String command) {
    return toWrite(options, command, () -> {});
  }

  /**
   * The same.
   *
   * @param check what else is checked before a warehouse is made
   */
  static Workspace toWrite(CommonOptions options, String command, Runnable check) {
    Schemas schemas = options.loadSchemas();
    options.settings();
    options.requireDayThatHasCome();
    check.run();
    WarehouseLock lock =
        WarehouseLock.take(options.warehouse().writable(), command, options.clock());
    SparkSession spark = null;
    try {
      spark = Sessions.open(options.master);
      Workspace workspace = new Workspace(options, schemas, lock, spark);
      Stages.checkNew(spark, schemas, workspace.pipeline.ledger());
      return workspace;
    } catch (RuntimeException | Error e) {
      lock.close();
      if (spark != null) {
        spark.stop();
      }
      throw e;
    }
  }

  Pipeline pipeline() {
    return pipeline;
  }

  SparkSession spark() {
    return spark;
  }

  Schemas schemas() {
    return schemas;
  }

  Warehouse warehouse() {
    return warehouse;
  }

  CommonOptions options() {
    return options;
  }

  Progress progress() {
    return options.progress();
  }

  Tables tables() {
    return pipeline.tables();
  }

  /** A committed table, or a failure that names the stage to run. */
  Dataset<Row> table(String name) {
    Tables tables = tables();
    if (!tables.exists(name)) {
      String writer = tables.contract(name).writer();
      throw Failure.usage("the table '%s' is empty as yet: './credit %s' writes it", name, writer);
    }
    return tables.read("cli", name);
  }

  /** Another warehouse, such as a replayed one. */
  Pipeline pipelineOf(Path other) {
    Warehouse there = Warehouse.at(other).existing();
    return new Pipeline(
        spark, there, schemas, options.settings(), options.clock(), options.progress());
  }

  @Override
  public void close() {
    spark.stop();
    if (lock != null) {
      lock.close();
    }
  }
}
