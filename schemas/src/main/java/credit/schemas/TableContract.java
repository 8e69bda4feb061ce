package credit.schemas;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the pipeline keeps in one table.
 *
 * @param name table's name
 * @param purpose one sentence
 * @param writer stage that writes it
 * @param readers stages that may read it; {@code *}: all
 * @param mode how a write treats the rows that stand there
 * @param clusterBy columns by which it is clustered
 * @param columns columns in order
 */
public record TableContract(
    String name,
    String purpose,
    String writer,
    List<String> readers,
    Mode mode,
    List<String> clusterBy,
    List<Column> columns) {

  /** How a write treats the rows that stand there. */
  public enum Mode {
    /** Rows are added and never changed. */
    APPEND,
    /** The table holds the newest result only. */
    OVERWRITE,
    /** Rows of the same as-of day are replaced, those of other days stay. */
    BY_AS_OF,
    /** Rows are added and count at once, whatever becomes of the stage that wrote them. */
    LEDGER
  }

  /** Whether a stage may read it. */
  public boolean readableBy(String stage) {
    return writer.equals(stage) || readers.contains(stage) || readers.contains("*");
  }

  /** Spark DDL of the columns. */
  public String ddl() {
    return columns.stream()
        .map(c -> "`" + c.name() + "` " + c.sparkType() + (c.required() ? " NOT NULL" : ""))
        .collect(Collectors.joining(", "));
  }

  static TableContract of(Yaml yaml, String fileId) {
    yaml.allow(
        "apiVersion", "kind", "id", "name", "version", "status", "description", "table", "schema");
    Yaml table = yaml.get("table").allow("writer", "readers", "mode", "cluster_by");
    Yaml schema = SourceReader.onlySchema(yaml);
    if (!yaml.text("id").equals(fileId)) {
      throw yaml.get("id").refuse("id is not the file's name", "call the file after the id");
    }
    return new TableContract(
        fileId,
        yaml.get("description").text("purpose"),
        table.text("writer"),
        table.texts("readers"),
        Mode.valueOf(
            table
                .oneOf("mode", null, "append", "overwrite", "by_as_of", "ledger")
                .toUpperCase(java.util.Locale.ROOT)),
        table.texts("cluster_by"),
        schema.list("properties").stream().map(Column::of).toList());
  }
}
