package credit.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.SourceContract;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetRowsTest {
  private static final String TEXTS =
      "optional binary 文号 (UTF8); optional binary 名称 (UTF8); optional binary 金额 (UTF8);";

  @TempDir Path folder;
  private SourceContract acts;
  private final List<String> rows = new ArrayList<>();

  @BeforeEach
  void contract() {
    acts = Town.in(folder.resolve("schemas")).sources().get("acts");
  }

  private RowFormat.Seen read(Path file) throws BadFile {
    rows.clear();
    String name = file.getFileName().toString();
    return RowFormat.read(
        new DeliveredFile(acts, file, name, LocalDate.of(2026, 6, 30), "0".repeat(64)),
        folder.resolve("scratch"),
        (number, cells, problem) ->
            rows.add(
                number
                    + ":"
                    + String.join("|", Arrays.asList(cells))
                    + (problem == null ? "" : " !" + problem)));
  }

  @SafeVarargs
  private Path write(CompressionCodecName codec, String fields, Consumer<Group>... rows)
      throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m { " + fields + " }");
    Path file = folder.resolve("a.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withCompressionCodec(codec)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(schema);
        row.accept(group);
        out.write(group);
      }
    }
    return file;
  }

  @SafeVarargs
  private List<String> read(String fields, Consumer<Group>... rows) throws Exception {
    read(write(CompressionCodecName.SNAPPY, fields, rows));
    return this.rows;
  }

  /** The text that a value becomes as an act's amount. */
  private String amount(String type, Consumer<Group> value) throws Exception {
    return read(
            "required binary 名称 (UTF8); required binary 文号 (UTF8); optional " + type + ";",
            g -> value.accept(g.append("文号", "1").append("名称", "甲")))
        .get(0)
        .replaceFirst("1:1\\|甲\\|(.*?)\\|null\\|null\\|null", "$1");
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void rowsAreReadByTheNamesOfTheirColumns(CompressionCodecName codec) throws Exception {
    RowFormat.Seen seen =
        read(
            write(
                codec,
                "optional binary 名称 (UTF8); optional int32 备注; optional binary 编号 (UTF8);",
                g -> g.append("名称", "甲公司").append("编号", "1").append("备注", 3),
                g -> g.append("名称", "乙公司").append("编号", "2"),
                g -> g.append("编号", "3")));
    assertThat(rows)
        .containsExactly(
            "1:1|甲公司|null|null|null|null",
            "2:2|乙公司|null|null|null|null",
            "3:3|null|null|null|null|null");
    assertThat(seen).isEqualTo(new RowFormat.Seen(null, 3, List.of("备注")));
  }

  @Test
  void everyKindOfNumberKeepsItsDigits() throws Exception {
    assertThat(amount("int32 金额", g -> g.append("金额", -5))).isEqualTo("-5");
    assertThat(amount("int32 金额 (UINT_32)", g -> g.append("金额", -1))).isEqualTo("4294967295");
    assertThat(amount("int64 金额", g -> g.append("金额", Long.MAX_VALUE)))
        .isEqualTo("9223372036854775807");
    assertThat(amount("int32 金额 (DECIMAL(9,2))", g -> g.append("金额", 12345))).isEqualTo("123.45");
    assertThat(amount("int64 金额 (DECIMAL(18,2))", g -> g.append("金额", -5L))).isEqualTo("-0.05");
    Binary long20 =
        Binary.fromConstantByteArray(
            new BigDecimal("123456789012345678.90").unscaledValue().toByteArray());
    assertThat(amount("binary 金额 (DECIMAL(20,2))", g -> g.append("金额", long20)))
        .isEqualTo("123456789012345678.90");
    assertThat(amount("boolean 金额", g -> g.append("金额", true))).isEqualTo("true");
  }

  @Test
  void aFloatingPointNumberIsTheShortestThatItCanMean() throws Exception {
    assertThat(amount("double 金额", g -> g.append("金额", 1234.56))).isEqualTo("1234.56");
    assertThat(amount("double 金额", g -> g.append("金额", 123.0))).isEqualTo("123");
    assertThat(amount("double 金额", g -> g.append("金额", 1e15))).isEqualTo("1000000000000000");
    assertThat(amount("float 金额", g -> g.append("金额", 0.1f))).isEqualTo("0.1");
    for (double lost : new double[] {1e18, 0x1p53, Double.NaN, Double.NEGATIVE_INFINITY}) {
      assertThat(amount("double 金额", g -> g.append("金额", lost)))
          .contains("null !'金额' is a floating-point number that has lost digits");
    }
  }

  @Test
  void daysAndMomentsAreTheDaysOfTheCitysClock() throws Exception {
    long evening = Instant.parse("2026-06-29T16:00:00Z").toEpochMilli();
    assertThat(day("int32 撤销 (DATE)", g -> g.append("撤销", 20_634))).isEqualTo("2026-06-30");
    assertThat(day("int64 撤销 (TIMESTAMP(MILLIS,true))", g -> g.append("撤销", evening)))
        .isEqualTo("2026-06-30T00:00");
    assertThat(day("int64 撤销 (TIMESTAMP(MICROS,false))", g -> g.append("撤销", evening * 1000)))
        .isEqualTo("2026-06-29T16:00");
    ByteBuffer old = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    old.putLong(16 * 3_600_000_000_000L).putInt(20_633 + 2_440_588).flip();
    Binary julian = Binary.fromConstantByteBuffer(old);
    assertThat(day("int96 撤销", g -> g.append("撤销", julian))).isEqualTo("2026-06-30T00:00");
  }

  private String day(String type, Consumer<Group> value) throws Exception {
    return amount(type, value).replaceFirst("1:1\\|甲\\|null\\|(.*?)\\|null\\|null", "$1");
  }

  @Test
  void textMustBeUtf8() throws Exception {
    Binary gbk = Binary.fromConstantByteArray("甲".getBytes("GB18030"));
    List<String> read =
        read(
            "required binary 名称; required binary 文号 (UTF8);",
            g -> g.append("文号", "1").append("名称", gbk),
            g -> g.append("文号", "2").append("名称", "乙"));
    assertThat(read)
        .containsExactly(
            "1:1|null|null|null|null|null !'名称' is no text in UTF-8", "2:2|乙|null|null|null|null");
  }

  @Test
  void listsAreJoinedAsTheContractPartsThem() throws Exception {
    SourceContract town = acts;
    acts = Town.withKinds(folder.resolve("kinds")).sources().get("cases");
    for (String list :
        List.of(
            "optional group 种类 (LIST) { repeated group list { optional binary element (UTF8); } }",
            "optional group 种类 (LIST) { repeated binary array (UTF8); }",
            "repeated binary 种类 (UTF8);")) {
      boolean flat = list.startsWith("repeated");
      boolean two = list.contains("array");
      read(
          "required binary 号 (UTF8); " + list,
          g -> {
            g.append("号", "1");
            Group of = flat ? g : g.addGroup("种类");
            for (String item : List.of("警告", "罚款")) {
              if (flat || two) {
                of.append(flat ? "种类" : "array", item);
              } else {
                of.addGroup("list").append("element", item);
              }
            }
          },
          g -> g.append("号", "2"));
      assertThat(rows).containsExactly("1:1|警告;罚款", "2:2|null");
    }
    read(
        "required binary 号 (UTF8); repeated binary 种类 (UTF8);",
        g -> g.append("号", "1").append("种类", "甲;乙"));
    assertThat(rows.get(0)).contains("!'种类' has an item that would become two");
    acts = town;
    refused(
        write(
            CompressionCodecName.SNAPPY,
            "required binary 文号 (UTF8); repeated binary 名称 (UTF8);",
            g -> g.append("文号", "1")),
        "'名称' holds lists");
  }

  @Test
  void aColumnThatIsNoPlainValueRefusesTheFile() throws Exception {
    Path nested =
        write(
            CompressionCodecName.SNAPPY,
            "required binary 文号 (UTF8); required group 名称 { optional binary a (UTF8); }",
            g -> g.append("文号", "1").addGroup("名称"));
    refused(nested, "the column '名称' holds", "plain values");
    refused(
        write(CompressionCodecName.SNAPPY, "required binary 文号 (UTF8);", g -> g.append("文号", "1")),
        "required column '名称' is missing");
  }

  private void refused(Path file, String... parts) {
    assertThatThrownBy(() -> read(file)).isInstanceOf(BadFile.class).message().contains(parts);
  }

  @Test
  void whatIsCutOrNoParquetIsRefused() throws Exception {
    Path file =
        write(
            CompressionCodecName.SNAPPY,
            TEXTS,
            g -> g.append("文号", "1").append("名称", "甲").append("金额", "5"));
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length += 7) {
      Files.write(file, Arrays.copyOf(good, length));
      refused(file, "deliver it again");
    }
    Files.writeString(file, "文号,名称\n1,甲\n");
    refused(file, "no Parquet file");
  }

  @Test
  void aFileMayBeGzippedAndNothingStaysUnpacked() throws Exception {
    Path file =
        write(CompressionCodecName.SNAPPY, TEXTS, g -> g.append("文号", "1").append("名称", "甲"));
    Path packed = folder.resolve("a.parquet.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(file, out);
    }
    assertThat(read(packed).rows()).isEqualTo(1);
    assertThat(rows).containsExactly("1:1|甲|null|null|null|null");
    Files.write(packed, "PAR1".getBytes(StandardCharsets.UTF_8));
    refused(packed, "cut or no gzip");
    assertThat(folder.resolve("scratch")).isEmptyDirectory();
  }
}
