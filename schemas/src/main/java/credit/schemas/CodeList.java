package credit.schemas;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A code list. Codes are keyed by source where sources differ; an entry without a source holds for
 * all that have no entry of their own.
 *
 * @param name list's name
 * @param entries entries in file order
 */
public record CodeList(String name, List<Entry> entries) {
  /** One code of a source and the canonical code it stands for. */
  public record Entry(
      String source, String code, String canonical, String labelZh, String labelEn) {}

  /** Canonical code of what a source wrote. */
  public Optional<String> canonical(String source, String code) {
    return Optional.ofNullable(mapping(source).get(code));
  }

  /** What a source may write → the canonical code, in the order of codes. */
  public Map<String, String> mapping(String source) {
    Map<String, String> mapping = new TreeMap<>();
    entries.stream()
        .filter(e -> e.source().isEmpty())
        .forEach(e -> mapping.put(e.code(), e.canonical()));
    entries.stream()
        .filter(e -> e.source().equals(source))
        .forEach(e -> mapping.put(e.code(), e.canonical()));
    return mapping;
  }

  /** Label of a canonical code in {@code zh} or {@code en}; the code itself where it has none. */
  public String label(String canonical, String language) {
    return entries.stream()
        .filter(e -> e.canonical().equals(canonical))
        .map(e -> language.equals("en") ? e.labelEn() : e.labelZh())
        .findFirst()
        .orElse(canonical);
  }

  private static final List<String> HEADER =
      List.of("source", "code", "canonical", "label_zh", "label_en");

  static CodeList of(String file, String name, String text) {
    List<Entry> entries = new ArrayList<>();
    Set<List<String>> codes = new HashSet<>();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : reader) {
        int line = (int) row.getStartingLineNumber();
        if (!row.getHeader().equals(HEADER)) {
          throw SchemaException.at(file, 1, "the header is wrong", "write " + HEADER);
        }
        if (row.getFieldCount() != HEADER.size() || row.getField("code").isBlank()) {
          throw SchemaException.at(
              file, line, "the row has no code or a wrong number of cells", "complete the row");
        }
        if (row.getField("canonical").isBlank()) {
          throw SchemaException.at(
              file, line, "the row has no canonical code", "name the code that is kept");
        }
        if (!codes.add(List.of(row.getField("source"), row.getField("code")))) {
          throw SchemaException.at(
              file,
              line,
              "code '" + row.getField("code") + "' stands twice for one source",
              "keep one of them");
        }
        entries.add(
            new Entry(
                row.getField("source"),
                row.getField("code"),
                row.getField("canonical"),
                row.getField("label_zh"),
                row.getField("label_en")));
      }
    } catch (CsvParseException e) {
      throw SchemaException.at(file, 1, "not CSV: " + e.getMessage(), "correct the file");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (entries.isEmpty()) {
      throw SchemaException.at(file, 1, "the list has no code", "fill or remove the file");
    }
    return new CodeList(name, List.copyOf(entries));
  }
}
