package credit.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Files that must be refused whole, left alone or hold nothing. Each stands beside the good file of
 * its delivery and repeats rows of it, so that refusing it loses nothing.
 */
final class FileFaults {
  private final Path out;
  private final Truth truth;

  FileFaults(Path out, Truth truth) {
    this.out = out;
    this.truth = truth;
  }

  /** Plants the source's faulty file, if it has one, into the delivery of that day. */
  void plant(Sheet sheet, String day, List<Line> lines) throws IOException {
    String source = sheet.contract().id();
    byte[] good = FileText.bytes(sheet, lines);
    switch (source) {
      case "approval_cases" ->
          write(source, day, "cut.csv.gz", "file_cut", Arrays.copyOf(good, good.length / 2));
      case "licences" -> write(source, day, "bytes.csv", "file_encoding", brokenBytes(good));
      case "serious_violations" ->
          write(
              source,
              day,
              "columns.csv",
              "file_column_missing",
              without(sheet, "listed_on", lines));
      case "promises" -> write(source, day, "caret.csv", "file_delimiter", caret(good));
      case "objections" -> write(source, day, "empty.csv", "file_empty", new byte[0]);
      case "penalties" -> {
        // Not the good file's bytes: as one content with it, that one would stay out too.
        List<Line> fewer = lines.subList(0, Math.max(0, lines.size() - 1));
        byte[] other = FileText.bytes(sheet, fewer);
        write(source, day, "control.csv", "file_control_mismatch", other);
        byte[] control = "{\"rows\":999999,\"sha256\":\"00\"}\n".getBytes(StandardCharsets.UTF_8);
        Files.write(folder(source, day).resolve("control.csv.control.json"), control);
      }
      case "repairs" -> write(source, day, "dirty.csv", "file_over_limit", undated(sheet, lines));
      case "follow_up_duties" -> write(source, day, "utf16.csv", "file_utf16", utf16(good));
      case "inspections" ->
          write(source, day, "upload.csv.gz.part", "file_unfinished", "left_alone", good);
      case "complaints" ->
          write(
              source,
              day,
              "nothing_new.csv",
              "file_header_only",
              "accepted",
              FileText.bytes(sheet, List.of()));
      default -> {}
    }
  }

  private void write(String source, String day, String file, String fault, byte[] bytes)
      throws IOException {
    write(source, day, file, fault, "refused", bytes);
  }

  private void write(
      String source, String day, String file, String fault, String expected, byte[] bytes)
      throws IOException {
    Files.write(folder(source, day).resolve(file), bytes);
    truth.fault(source, day + "/" + file, fault, expected);
  }

  private Path folder(String source, String day) throws IOException {
    return Files.createDirectories(out.resolve(source).resolve(day));
  }

  /** Bytes that are neither UTF-8 nor GB18030. */
  private static byte[] brokenBytes(byte[] good) {
    byte[] broken = good.clone();
    for (int i = broken.length / 3; i < broken.length; i += 97) {
      broken[i] = (byte) 0xff;
    }
    return broken;
  }

  /** UTF-16 without a byte-order mark: nothing tells it for certain. */
  private static byte[] utf16(byte[] good) {
    return new String(good, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
  }

  private static byte[] caret(byte[] good) {
    return new String(good, StandardCharsets.UTF_8)
        .replace(',', '^')
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] without(Sheet sheet, String column, List<Line> lines) {
    StringBuilder text = new StringBuilder();
    List<String> header = new ArrayList<>();
    sheet.columns().stream()
        .filter(c -> !c.name().equals(column))
        .forEach(c -> header.add(c.physicalName()));
    text.append(String.join(",", header)).append('\n');
    for (Line line : lines) {
      List<String> cells = new ArrayList<>(List.of(line.cells()));
      cells.remove(sheet.at(column));
      cells.replaceAll(FileText::quoted);
      text.append(String.join(",", cells)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] undated(Sheet sheet, List<Line> lines) {
    List<Line> undated = new ArrayList<>();
    for (Line line : lines) {
      Line copy = Line.of(sheet, line.row());
      copy.set("applied_on", "不详");
      undated.add(copy);
    }
    return FileText.bytes(sheet, undated);
  }
}
