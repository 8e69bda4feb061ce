package credit.jobs.warehouse;

import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import credit.schemas.TableContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The pipeline's Delta tables, opened only for the stages that their contracts name, and read at
 * the versions that the last committed stage recorded: what a dead run left behind is not seen, and
 * is put back before the next write. Ledgers alone are read at their head.
 */
public final class Tables {
  /** Column of {@link #changes} that says what became of a row. */
  public static final String CHANGE = "_change_type";

  /** Stands in no text, so that joined columns keep apart. */
  private static final String NO_TEXT = "\u0000";

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Schemas schemas;
  private final Map<String, Long> versions;
  private final TableVersions files;

  Tables(SparkSession spark, Warehouse warehouse, Schemas schemas, Map<String, Long> versions) {
    this(spark, warehouse, schemas, versions, new TableVersions(spark));
  }

  Tables(
      SparkSession spark,
      Warehouse warehouse,
      Schemas schemas,
      Map<String, Long> versions,
      TableVersions files) {
    this.spark = spark;
    this.files = files;
    this.warehouse = warehouse;
    this.schemas = schemas;
    this.versions = new ConcurrentSkipListMap<>(versions);
    readLedgersAtTheirHead();
  }

  /**
   * A ledger's row is a fact once it is written: a publication that was prepared must be seen by
   * the run after a kill, and one that was refused by everybody, although its stage never ended.
   */
  private void readLedgersAtTheirHead() {
    for (TableContract contract : schemas.tables().values()) {
      if (contract.mode() == TableContract.Mode.LEDGER) {
        headVersion(contract.name()).ifPresent(head -> versions.put(contract.name(), head));
      }
    }
  }

  /** Versions as they stand now; a stage's commit records them. */
  public Map<String, Long> versions() {
    return new TreeMap<>(versions);
  }

  /** Whether a committed version of the table exists. */
  public boolean exists(String name) {
    return versions.containsKey(name);
  }

  /** Whether the table's files are here: a replayed warehouse has the ledger without the tables. */
  boolean stands(String name) {
    return exists(name) && headVersion(name).isPresent();
  }

  /** Names of the tables that hold something. */
  public List<String> names() {
    return List.copyOf(versions.keySet());
  }

  /**
   * A table, as a stage may read it; empty, with the contract's columns, where nothing was written
   * yet.
   *
   * @throws IllegalStateException if the contract does not name the stage among the readers
   */
  public Dataset<Row> read(String stage, String name) {
    TableContract contract = contract(name);
    if (!contract.readableBy(stage)) {
      throw new IllegalStateException(
          "stage '" + stage + "' may not read '" + name + "': readers are " + contract.readers());
    }
    return at(name, contract);
  }

  private Dataset<Row> at(String name, TableContract contract) {
    if (!stands(name)) {
      return spark.createDataFrame(List.of(), schemaOf(contract));
    }
    Dataset<Row> rows = files.read(path(name), versions.get(name));
    EarlierTables.refuse(Map.of(contract, EarlierTables.differences(rows.schema(), contract)));
    return StagedContract.keyed(
        EarlierTables.withNewColumns(rows, contract), StagedContract.source(schemas, name));
  }

  /**
   * Compares every table that some stages read or write with its contract.
   *
   * @throws Failure (exit code 2) if one was made by an earlier version
   */
  public void requireContracts(Collection<String> stages) {
    Map<TableContract, List<String>> differences = new ConcurrentHashMap<>();
    versions.keySet().parallelStream()
        .filter(this::described)
        .map(this::contract)
        .filter(
            contract -> stages.stream().anyMatch(contract::readableBy) && stands(contract.name()))
        .forEach(
            contract ->
                differences.put(
                    contract, EarlierTables.differences(committed(contract.name()), contract)));
    EarlierTables.refuse(differences);
  }

  private StructType committed(String name) {
    return files.schema(path(name), versions.get(name));
  }

  /**
   * Writes a stage's rows as the contract says: appended, in place of all rows, or in place of the
   * rows of the same as-of day. Columns are put in the contract's order and types.
   */
  public void write(String stage, String name, Dataset<Row> rows, LocalDate asOf) {
    TableContract contract = written(stage, name);
    prepare(contract);
    DataFrameWriter<Row> writer = conform(rows, contract).write().format("delta");
    switch (contract.mode()) {
      case APPEND, LEDGER -> writer.mode(SaveMode.Append).option("mergeSchema", "true");
      case OVERWRITE -> writer.mode(SaveMode.Overwrite);
      case BY_AS_OF ->
          writer.mode(SaveMode.Overwrite).option("replaceWhere", "as_of = '" + asOf + "'");
    }
    writer.save(path(name));
    versions.put(name, headVersion(name).orElseThrow());
  }

  /**
   * The rows that went and came between a version of a table and now, with {@link #CHANGE} saying
   * which: {@code delete} or {@code insert}. A row that was rewritten as it was is in there as
   * both.
   *
   * @throws IllegalStateException if the contract does not name the stage among the readers
   */
  public Dataset<Row> changes(String stage, String name, long since) {
    Dataset<Row> now = read(stage, name);
    long version = versions.get(name);
    if (since == version) {
      return now.withColumn(CHANGE, functions.lit("")).limit(0);
    }
    return spark
        .read()
        .format("delta")
        .option("readChangeFeed", true)
        .option("startingVersion", since + 1)
        .option("endingVersion", version)
        .load(path(name));
  }

  private TableContract written(String stage, String name) {
    TableContract contract = contract(name);
    if (!contract.writer().equals(stage)) {
      throw new IllegalStateException(
          "stage '" + stage + "' may not write '" + name + "': its writer is " + contract.writer());
    }
    return contract;
  }

  /**
   * Writes several tables side by side, as {@link #write} does each: most of a small table's write
   * is work of one thread on the driver.
   *
   * @param rows rows by table; none may read another of them
   */
  public void writeAll(String stage, Map<String, Dataset<Row>> rows, LocalDate asOf) {
    sideBySide(rows, (name, of) -> write(stage, name, of, asOf));
  }

  /**
   * Puts rows of several tables in place of those with the same key; a key without new rows loses
   * its old ones. Other rows stay untouched, and so do their files. These are two versions of each
   * table, of which a commit names the second only.
   *
   * @param keys the keys to replace, each once; its columns are the key, and never null
   * @param rows rows by table; none may read another of them
   */
  public void replaceAll(String stage, Dataset<Row> keys, Map<String, Dataset<Row>> rows) {
    Column replaced = isOneOf(keys);
    sideBySide(rows, (name, of) -> replace(stage, name, replaced, of));
  }

  private void replace(String stage, String name, Column replaced, Dataset<Row> rows) {
    TableContract contract = written(stage, name);
    prepare(contract);
    onDisk(name).deleteRows(replaced);
    conform(rows, contract).write().format("delta").mode(SaveMode.Append).save(path(name));
    versions.put(name, headVersion(name).orElseThrow());
  }

  /**
   * Whether a row has one of the keys. A function and no list of literals, which Delta would keep
   * in its log; a join, which only MERGE offers, reads the table twice.
   */
  private static Column isOneOf(Dataset<Row> keys) {
    Column key =
        functions.concat_ws(
            NO_TEXT, Arrays.stream(keys.columns()).map(functions::col).toArray(Column[]::new));
    Set<String> all =
        new HashSet<>(keys.select(key.as("key")).as(Encoders.STRING()).collectAsList());
    return functions.udf((UDF1<String, Boolean>) all::contains, DataTypes.BooleanType).apply(key);
  }

  private static void sideBySide(
      Map<String, Dataset<Row>> rows, BiConsumer<String, Dataset<Row>> writer) {
    ExecutorService writers =
        Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
    try {
      List<Future<?>> writes = new ArrayList<>();
      rows.forEach((name, of) -> writes.add(writers.submit(() -> writer.accept(name, of))));
      for (Future<?> write : writes) {
        write.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing", e);
    } finally {
      writers.shutdown();
    }
  }

  /**
   * Forgets a computed table: its stage makes it anew, and its files go then.
   *
   * @throws Failure (exit code 2) if there is none of the name, or if it cannot be computed
   */
  public void drop(String name) {
    if (!EarlierTables.computed(contract(name))) {
      throw Failure.usage(
          "'%s' holds what was delivered or published, which cannot be computed again; only tables"
              + " of the stages from link on can be dropped, and publications not",
          name);
    }
    if (versions.remove(name) == null) {
      throw Failure.usage("there is no table '%s' here, so nothing can be dropped", name);
    }
  }

  /** Puts back what a dead run left behind, so that the newest version is the committed one. */
  public void settle(String name) {
    prepare(contract(name));
    versions.put(name, headVersion(name).orElseThrow());
  }

  /** Settles a table and rewrites its small files into large ones; its rows stay the same. */
  public void compact(String name) {
    settle(name);
    onDisk(name).compact();
    versions.put(name, headVersion(name).orElseThrow());
  }

  /** Columns in the contract's order and types; a missing one is a bug of the stage. */
  static Dataset<Row> conform(Dataset<Row> rows, TableContract contract) {
    return rows.select(
        contract.columns().stream()
            .map(c -> functions.col(c.name()).cast(c.sparkType()).as(c.name()))
            .toArray(Column[]::new));
  }

  /** The Spark schema of a contract. */
  public static StructType schemaOf(TableContract contract) {
    return StructType.fromDDL(contract.ddl());
  }

  /** The contract of a table; staged tables have their source's. */
  public TableContract contract(String name) {
    return contract(schemas, name);
  }

  private boolean described(String name) {
    return schemas.tables().containsKey(name) || StagedContract.source(schemas, name) != null;
  }

  /** The contract of a table in a jurisdiction. */
  public static TableContract contract(Schemas schemas, String name) {
    TableContract table = schemas.tables().get(name);
    if (table != null) {
      return table;
    }
    SourceContract source = StagedContract.source(schemas, name);
    if (source == null) {
      throw Failure.usage(
          "there is no table '%s'; './credit sql' without a statement lists them", name);
    }
    return StagedContract.of(source);
  }

  private void prepare(TableContract contract) {
    String name = contract.name();
    OptionalLong head = headVersion(name);
    Long committed = versions.get(name);
    if (committed == null) {
      delete(name);
      head = OptionalLong.empty();
    }
    if (head.isEmpty()) {
      onDisk(name).create(contract);
    } else if (head.getAsLong() != committed) {
      onDisk(name).restore(committed);
    }
  }

  private void delete(String name) {
    files.forget(path(name));
    onDisk(name).delete();
  }

  private OptionalLong headVersion(String name) {
    return onDisk(name).head();
  }

  private TableOnDisk onDisk(String name) {
    return new TableOnDisk(spark, path(name));
  }

  private String path(String name) {
    return warehouse.tableLocation(name);
  }
}
