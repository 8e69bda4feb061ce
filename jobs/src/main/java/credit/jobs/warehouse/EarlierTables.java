package credit.jobs.warehouse;

import credit.schemas.SchemaException;
import credit.schemas.Schemas;
import credit.schemas.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Tables that stand with other columns than their contract names: an earlier version of the program
 * made them, or one with another contract. What was computed can be dropped and made anew; what was
 * delivered or published cannot.
 */
public final class EarlierTables {
  private static final Set<String> CANNOT_BE_COMPUTED = Set.of("ingest", "publish", "warehouse");

  private EarlierTables() {}

  /** Whether a stage computes the table from others, so that it can be made anew. */
  static boolean computed(TableContract contract) {
    return !CANNOT_BE_COMPUTED.contains(contract.writer());
  }

  /** What a table that stands lacks of its contract, or has in another type, in words. */
  static List<String> differences(StructType stands, TableContract contract) {
    List<String> differences = new ArrayList<>();
    for (StructField wanted : Tables.schemaOf(contract).fields()) {
      String type = wanted.dataType().catalogString();
      if (!Set.of(stands.fieldNames()).contains(wanted.name())) {
        if (computed(contract) || !wanted.nullable()) {
          differences.add("column %s %s is missing".formatted(wanted.name(), type));
        }
      } else if (!stands.apply(wanted.name()).dataType().catalogString().equals(type)) {
        String found = stands.apply(wanted.name()).dataType().catalogString();
        differences.add("column %s is %s, not %s".formatted(wanted.name(), found, type));
      }
    }
    return differences;
  }

  /**
   * Refuses tables that differ from their contracts.
   *
   * @param differences what {@link #differences} tells, by contract
   * @throws Failure (exit code 2) with the tables, what differs and what to do, if there are any
   */
  static void refuse(Map<TableContract, List<String>> differences) {
    Map<String, List<String>> computed = new TreeMap<>();
    Map<String, List<String>> kept = new TreeMap<>();
    differences.forEach(
        (contract, of) -> {
          if (!of.isEmpty()) {
            (computed(contract) ? computed : kept).put(contract.name(), of);
          }
        });
    if (!kept.isEmpty()) {
      throw Failure.usage(
          "%s made by an earlier version of the program or of the contract: %s; what was delivered"
              + " or published cannot be computed again, so use the version that made it, or run"
              + " './credit run' with a new --warehouse, into which you copied 'published' so that the"
              + " numbers of the lists go on: it reads all deliveries again",
          named(kept), told(kept));
    }
    if (!computed.isEmpty()) {
      throw Failure.usage(
          "%s made by an earlier version of the program or of the contract: %s; run './credit"
              + " maintain --drop %s' and then './credit run', which makes them anew",
          named(computed), told(computed), String.join(",", computed.keySet()));
    }
  }

  /** Rows that were delivered or published before the contract named a column have none of it. */
  static Dataset<Row> withNewColumns(Dataset<Row> rows, TableContract contract) {
    List<String> known = List.of(rows.columns());
    Dataset<Row> all = rows;
    for (StructField field : Tables.schemaOf(contract).fields()) {
      if (!known.contains(field.name())) {
        all = all.withColumn(field.name(), functions.lit(null).cast(field.dataType()));
      }
    }
    return all;
  }

  private static String named(Map<String, List<String>> tables) {
    return tables.size() == 1
        ? "the table '" + tables.keySet().iterator().next() + "' was"
        : "the tables '" + String.join("', '", tables.keySet()) + "' were";
  }

  private static String told(Map<String, List<String>> tables) {
    return tables.entrySet().stream()
        .map(e -> (tables.size() == 1 ? "" : e.getKey() + ": ") + String.join(", ", e.getValue()))
        .collect(Collectors.joining("; "));
  }

  /**
   * Refuses a jurisdiction's own table contracts where they lack what this program writes.
   *
   * @throws SchemaException with file, columns and remedy
   */
  public static Schemas requireProgramsTables(Schemas schemas) {
    for (TableContract wanted : Schemas.bundled().tables().values()) {
      TableContract own = schemas.tables().get(wanted.name());
      List<String> differences =
          own == null ? List.of("the file is missing") : differences(Tables.schemaOf(own), wanted);
      if (!differences.isEmpty()) {
        throw new SchemaException(
            "tables/%s.yaml is of another version of the program: %s; put the program's file in its place, or remove the folder 'tables', in whose place the bundled ones serve"
                .formatted(wanted.name(), String.join(", ", differences)));
      }
    }
    return schemas;
  }
}
