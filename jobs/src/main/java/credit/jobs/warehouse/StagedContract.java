package credit.jobs.warehouse;

import credit.schemas.Column;
import credit.schemas.SourceContract;
import credit.schemas.TableContract;
import java.util.ArrayList;
import java.util.List;

/** The table of a source: its contract's columns, and those that every staged row has beside. */
final class StagedContract {
  private static final List<Column> PROVENANCE =
      List.of(
          Column.kept("record_key", Column.Type.STRING),
          Column.kept("record_id", Column.Type.STRING),
          Column.kept("delivery_id", Column.Type.STRING),
          Column.kept("row_number", Column.Type.INTEGER),
          Column.kept("row_hash", Column.Type.STRING),
          Column.kept("repaired_cells", Column.Type.ARRAY),
          Column.kept("known_at", Column.Type.DATE),
          Column.kept("declared_on", Column.Type.DATE),
          Column.kept("ended", Column.Type.BOOLEAN));

  private StagedContract() {}

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
