package credit.jobs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Looks for the invented id numbers, phones and informants of the sample city. */
public final class PlantedPersons {
  private static final String FORMAT_CHECK = "spark.databricks.delta.formatCheck.enabled";

  private final Map<Integer, Set<String>> byLength;

  private PlantedPersons(Map<Integer, Set<String>> byLength) {
    this.byLength = byLength;
  }

  /** What the generator wrote down as planted. */
  public static PlantedPersons of(Path plantedCsv) throws IOException {
    try (Stream<String> lines = Files.lines(plantedCsv)) {
      return new PlantedPersons(
          lines
              .skip(1)
              .map(line -> line.substring(line.indexOf(',') + 1))
              .collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.toSet())));
    }
  }

  int size() {
    return byLength.values().stream().mapToInt(Set::size).sum();
  }

  /** The planted values that a text holds. */
  Set<String> in(String text) {
    Set<String> found = new TreeSet<>();
    byLength.forEach(
        (length, values) -> {
          for (int i = 0; i + length <= text.length(); i++) {
            String part = text.substring(i, i + length);
            if (values.contains(part)) {
              found.add(part);
            }
          }
        });
    return found;
  }

  /**
   * Planted values by the file or table folder that holds them. Parquet is read row by row, since
   * its pages are compressed; files of earlier table versions are read too.
   */
  public Map<String, Set<String>> below(Path folder, SparkSession spark) throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    Map<Path, List<String>> parquet = new TreeMap<>();
    for (Path file : files(folder)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".parquet")) {
        parquet
            .computeIfAbsent(file.getParent(), f -> new java.util.ArrayList<>())
            .add(file.toUri().toString());
      } else {
        put(found, file, in(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
      }
    }
    spark.conf().set(FORMAT_CHECK, false);
    try {
      parquet.forEach((table, parts) -> put(found, table, in(rows(spark, parts))));
    } finally {
      spark.conf().unset(FORMAT_CHECK);
    }
    return found;
  }

  private static Collection<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String rows(SparkSession spark, List<String> parts) {
    return String.join(
        "\n", spark.read().parquet(parts.toArray(String[]::new)).toJSON().collectAsList());
  }

  private static void put(Map<String, Set<String>> found, Path where, Set<String> values) {
    if (!values.isEmpty()) {
      found.put(where.toString(), values);
    }
  }

  /** The planted values in all plain files of a folder: proof that there is something to find. */
  Set<String> inPlainFiles(Path folder) throws IOException {
    Set<String> found = new TreeSet<>();
    for (Path file : files(folder)) {
      try {
        found.addAll(in(Files.readString(file, StandardCharsets.ISO_8859_1)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }
}
