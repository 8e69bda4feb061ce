package credit.jobs.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A row of Town's acts as a department means it, and files of such rows in every format. */
record Act(String number, String name, String amount) {
  private static final MessageType PARQUET =
      MessageTypeParser.parseMessageType(
          "message acts { optional binary 文号 (UTF8); optional binary 名称 (UTF8);"
              + " optional binary 金额 (UTF8); }");

  List<String> cells() {
    return List.of(number, name, amount);
  }

  /** A file in the format that the name says. */
  static byte[] file(String name, List<Act> acts, Path scratch) {
    try {
      String plain = name.replace(".gz", "");
      byte[] bytes =
          switch (plain.substring(plain.lastIndexOf('.'))) {
            case ".csv" -> text(acts, ',');
            case ".tsv" -> text(acts, '\t');
            case ".jsonl" -> json(acts);
            case ".xlsx" -> workbook(acts).bytes();
            case ".parquet" -> parquet(acts, scratch);
            default -> throw new IllegalArgumentException(name);
          };
      return name.endsWith(".gz") ? gzip(bytes) : bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] text(List<Act> acts, char separator) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter out = CsvWriter.builder().fieldSeparator(separator).build(text)) {
      out.writeRecord("文号", "名称", "金额");
      acts.forEach(a -> out.writeRecord(a.cells()));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] json(List<Act> acts) throws IOException {
    ObjectMapper json = new ObjectMapper();
    StringBuilder text = new StringBuilder();
    for (Act act : acts) {
      text.append(
              json.writeValueAsString(Map.of("文号", act.number, "名称", act.name, "金额", act.amount)))
          .append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  static WorkbookFixture workbook(List<Act> acts) {
    WorkbookFixture workbook = WorkbookFixture.sheet("处罚");
    workbook.row(
        WorkbookFixture.text("文号"), WorkbookFixture.text("名称"), WorkbookFixture.text("金额"));
    for (Act act : acts) {
      workbook.row(
          act.cells().stream()
              .map(WorkbookFixture::escaped)
              .map(WorkbookFixture::text)
              .toArray(String[]::new));
    }
    return workbook;
  }

  private static byte[] parquet(List<Act> acts, Path scratch) throws IOException {
    Path file = Files.createDirectories(scratch).resolve("written.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(PARQUET).build()) {
      for (Act act : acts) {
        out.write(
            new SimpleGroup(PARQUET)
                .append("文号", act.number)
                .append("名称", act.name)
                .append("金额", act.amount));
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
