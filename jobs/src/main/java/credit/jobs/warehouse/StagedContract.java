package credit.jobs.warehouse;

import credit.schemas.Column;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import credit.schemas.TableContract;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The table of a source: its contract's columns, and those that every staged row has beside. */
final class StagedContract {
  private static final String PREFIX = "staged_";
  private static final List<Column> PROVENANCE =
      List.of(
          Column.kept(RecordKey.COLUMN, Column.Type.STRING),
          Column.kept("record_id", Column.Type.STRING),
          Column.kept("delivery_id", Column.Type.STRING),
          Column.kept("row_number", Column.Type.INTEGER),
          Column.kept("row_hash", Column.Type.STRING),
          Column.kept("repaired_cells", Column.Type.ARRAY),
          Column.kept("known_at", Column.Type.DATE),
          Column.kept("declared_on", Column.Type.DATE),
          Column.kept("ended", Column.Type.BOOLEAN));

  private StagedContract() {}

  /** The source whose rows a table holds; null: it is no staged table, or of no known source. */
  static SourceContract source(Schemas schemas, String table) {
    return table.startsWith(PREFIX)
        ? schemas.sources().get(table.substring(PREFIX.length()))
        : null;
  }

  /** Rows of a table; staged ones with the key that their contract has now. */
  static Dataset<Row> keyed(Dataset<Row> rows, SourceContract source) {
    return source == null ? rows : rows.withColumn(RecordKey.COLUMN, RecordKey.of(source));
  }

  static TableContract of(SourceContract source) {
    List<Column> columns = new ArrayList<>(source.storedColumns());
    columns.addAll(PROVENANCE);
    List<String> readers = new ArrayList<>(source.readers());
    readers.add("cli");
    return new TableContract(
        source.stagedTable(),
        source.purpose(),
        "ingest",
        readers,
        TableContract.Mode.APPEND,
        List.of(),
        List.copyOf(columns));
  }
}
