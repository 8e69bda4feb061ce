package credit.benchmarks.ingest;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ingest of one large inspection file, plain, gzip'd and as Parquet, beside DuckDB's copy of the
 * same file into Parquet. The sides take turns, each in a fresh process that warms up first; the
 * median over the rounds is told. What DuckDB does not do, ingest does: number and hash rows, check
 * every cell, drop and redact personal data, tell versions and duplicates apart, balance, commit.
 */
public final class IngestBesideDuckDb {
  private static final int WARM_UP_ROWS = 200_000;
  private static final List<String> FORMATS = List.of("csv", "csv.gz", "parquet");

  private final Path work;
  private final List<String> jvm;

  private IngestBesideDuckDb(Path work, List<String> jvm) {
    this.work = work;
    this.jvm = jvm;
  }

  /** Arguments: folder to work in, rows, rounds, then the JVM options of the ingesting side. */
  public static void main(String[] args) throws Exception {
    Path work = Path.of(args[0]).toAbsolutePath();
    long rows = Long.parseLong(args[1]);
    int rounds = Integer.parseInt(args[2]);
    Files.createDirectories(work);
    new IngestBesideDuckDb(work, List.of(args).subList(3, args.length)).compare(rows, rounds);
  }

  private void compare(long rows, int rounds)
      throws IOException, InterruptedException, SQLException {
    System.out.printf(
        "%-8s %10s %12s %12s %12s %12s %8s %12s %12s%n",
        "format",
        "rows",
        "ingest s",
        "rows/s",
        "DuckDB s",
        "rows/s",
        "ratio",
        "ingest MiB",
        "DuckDB MiB");
    for (String format : FORMATS) {
      Path warmUp = file(format, WARM_UP_ROWS);
      Path file = file(format, rows);
      List<Turn> ingest = new ArrayList<>();
      List<Turn> duckdb = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        duckdb.add(turn("duckdb", warmUp, file));
        ingest.add(turn("ingest", warmUp, file));
      }
      Turn ours = median(ingest);
      Turn theirs = median(duckdb);
      System.out.printf(
          "%-8s %,10d %12.1f %,12.0f %12.1f %,12.0f %8.1f %,12d %,12d%n",
          format,
          rows,
          ours.seconds(),
          rows / ours.seconds(),
          theirs.seconds(),
          rows / theirs.seconds(),
          ours.seconds() / theirs.seconds(),
          ours.mebibytes(),
          theirs.mebibytes());
    }
  }

  private record Turn(double seconds, long mebibytes, long rows) {}

  private static Turn median(List<Turn> turns) {
    return turns.stream()
        .sorted(Comparator.comparingDouble(Turn::seconds))
        .toList()
        .get(turns.size() / 2);
  }

  /** The file in a format; made once. */
  private Path file(String format, long rows) throws IOException, SQLException {
    Path file = work.resolve("inspections_" + rows + "." + format);
    if (!Files.exists(file)) {
      System.err.println("making " + file.getFileName());
      if (format.equals("parquet")) {
        parquet(file("csv", rows), file);
      } else {
        InspectionFile.write(file, rows);
      }
    }
    return file;
  }

  /** All cells as text, as an old system exports them. */
  private static void parquet(Path csv, Path to) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT * FROM read_csv('%s', header = true, all_varchar = true)) TO '%s' (FORMAT parquet)"
              .formatted(csv, to));
    }
  }

  private Turn turn(String side, Path warmUp, Path file) throws IOException, InterruptedException {
    System.err.println(side + " takes " + file.getFileName());
    Path place = work.resolve("turn");
    delete(place);
    Files.createDirectories(place);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Side.class.getName()));
    command.addAll(List.of(side, warmUp.toString(), file.toString(), place.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(side + " failed on " + file + ":\n" + out);
    }
    delete(place);
    String[] told = out.strip().substring(out.strip().lastIndexOf('\n') + 1).split(" ", 3);
    return new Turn(Double.parseDouble(told[0]), Long.parseLong(told[1]), Long.parseLong(told[2]));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
