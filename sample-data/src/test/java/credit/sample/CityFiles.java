package credit.sample;

import credit.schemas.Column;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads a generated city back, as simply as possible and apart from the code that wrote it. */
final class CityFiles {
  private static final Pattern JSON_CELL =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private CityFiles() {}

  /** A delivered row by our column names. */
  record Delivered(String file, int row, Map<String, String> cells) {}

  static List<Delivered> read(Path deliveries, String source) {
    SourceContract contract = Schemas.bundled().sources().get(source);
    List<Delivered> all = new ArrayList<>();
    for (Path file : files(deliveries.resolve(source))) {
      String name = file.getFileName().toString();
      if (!name.endsWith(".json") && !name.startsWith("again_")) {
        String path = file.getParent().getFileName() + "/" + name;
        List<Map<String, String>> rows = name.contains(".jsonl") ? json(file) : csv(file);
        for (int i = 0; i < rows.size(); i++) {
          all.add(new Delivered(path, i + 1, ours(contract, rows.get(i))));
        }
      }
    }
    return all;
  }

  static List<NamedCsvRecord> truth(Path truth, String file) {
    try {
      return records(Files.readString(truth.resolve(file)), ',');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Content by path relative to the folder. */
  static Map<String, byte[]> bytes(Path folder) {
    Map<String, byte[]> bytes = new TreeMap<>();
    for (Path file : files(folder)) {
      try {
        bytes.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes;
  }

  private static Map<String, String> ours(SourceContract contract, Map<String, String> row) {
    Map<String, String> ours = new LinkedHashMap<>();
    for (Column column : contract.columns()) {
      String cell = row.getOrDefault(column.physicalName(), "");
      for (String alias : column.aliases()) {
        cell = row.getOrDefault(alias, cell);
      }
      ours.put(column.name(), cell);
    }
    return ours;
  }

  private static List<Map<String, String>> csv(Path file) {
    String text = text(file);
    String header = text.lines().findFirst().orElse("");
    char separator = header.contains("\t") ? '\t' : header.contains(";") ? ';' : ',';
    List<Map<String, String>> rows = new ArrayList<>();
    for (NamedCsvRecord row : records(text, separator)) {
      rows.add(row.getFieldsAsMap());
    }
    return rows;
  }

  private static List<NamedCsvRecord> records(String text, char separator) {
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().fieldSeparator(separator).ofNamedCsvRecord(text)) {
      return reader.stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, String>> json(Path file) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : text(file).lines().toList()) {
      Map<String, String> row = new LinkedHashMap<>();
      Matcher cell = JSON_CELL.matcher(line);
      while (cell.find()) {
        row.put(cell.group(1), cell.group(2));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String text(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (file.toString().endsWith(".gz")) {
        bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
      }
      String utf8 = new String(bytes, StandardCharsets.UTF_8);
      String text = utf8.contains("\ufffd") ? new String(bytes, Charset.forName("GB18030")) : utf8;
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
