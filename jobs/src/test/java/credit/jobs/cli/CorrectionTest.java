package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.warehouse.Failure;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the quarantine to a spreadsheet and back as a delivery. */
class CorrectionTest {
  private static final LocalDate DAY = LocalDate.of(2026, 5, 31);
  static final String CONTRACT =
      """
      apiVersion: v3.0.2
      kind: DataContract
      id: visits
      role: reference
      delivery: {authority: Office, territory: "440400", layout: assumed}
      table: {readers: [link]}
      schema:
        - name: visits
          properties:
            - {name: visit_no, physicalName: 编号, logicalType: string, required: true, primaryKey: true}
            - {name: day, physicalName: 日期, logicalType: date, required: true}
            - {name: note, physicalName: 备注, logicalType: string}
            - {name: story, physicalName: 经过, logicalType: string, personal: redact}
            - {name: phone, physicalName: 电话, logicalType: string, personal: drop}
      """;
  static final String DELIVERED =
      """
      编号,日期,备注,经过,电话
      V1,2026-05-01,,好,13800138000
      V2,31.05.2026,=1+1,"张三来访, 说",13900139000
      V3,昨天,13700137000,坏,
      V4,2026-05-02
      """;

  @TempDir Path folder;

  private Path file;
  private SourceContract visits;

  @BeforeEach
  void aDeliveryOfWhichThreeRowsWait() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("schemas/sources"));
    Files.writeString(sources.resolve("visits.yaml"), CONTRACT);
    visits = Schemas.load(folder.resolve("schemas")).sources().get("visits");
    file = folder.resolve("deliveries/visits/2026-05-31/visits.csv");
    Files.createDirectories(file.getParent());
    Files.writeString(file, DELIVERED);
  }

  private QuarantinedDelivery delivery(boolean refused) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    Map<Long, String> open =
        Map.of(2L, "day date_unreadable", 3L, "day date_unreadable", 4L, "row_malformed");
    return new QuarantinedDelivery(
        HexFormat.of().formatHex(hash), visits, file, DAY, refused, open);
  }

  private List<String> sheet() throws Exception {
    Path sheet = folder.resolve("sheet.csv");
    assertThat(CorrectionSheet.write(delivery(false), sheet)).isEqualTo(3);
    return Files.readAllLines(sheet);
  }

  private Path correct(boolean refused, String... lines) throws Exception {
    Path corrected = folder.resolve("corrected.csv");
    Files.writeString(corrected, String.join("\n", lines) + "\n");
    return new Correction(delivery(refused), corrected).deliver(folder.resolve("deliveries"));
  }

  private static String control(Path delivered) throws IOException {
    return Files.readString(delivered.resolveSibling(delivered.getFileName() + ".control.json"));
  }

  @Test
  void theSheetHasTheRowsThatWaitAndNothingOfAPerson() throws Exception {
    assertThat(sheet())
        .containsExactly(
            "\uFEFFquarantine_row,quarantine_problems,编号,日期,备注",
            "2,day date_unreadable,V2,31.05.2026,'=1+1",
            "3,day date_unreadable,V3,昨天,",
            "4,row_malformed,,,");
  }

  @Test
  void theCorrectedRowsComeBackOnTheDayOfTheirDeliveryWithWhatTheSheetDidNotShow()
      throws Exception {
    Path delivered = correct(false, sheet().get(0), "2,day date_unreadable,V2,2026-05-31,'=1+1");
    assertThat(folder.resolve("deliveries").relativize(delivered).toString())
        .matches("visits/2026-05-31/correction-[0-9a-f]{12}-1\\.csv");
    assertThat(delivered)
        .content()
        .isEqualTo("编号,日期,备注,经过,电话\r\nV2,2026-05-31,=1+1,\"张三来访, 说\",\r\n");
    assertThat(control(delivered))
        .isEqualTo(
            "{\"corrects\":\"%s\",\"rows\":1,\"corrected_rows\":[2]}"
                .formatted(delivery(false).id()));
  }

  @Test
  void aSheetThatASpreadsheetSavedItsOwnWayIsReadAllTheSame() throws Exception {
    Path corrected = folder.resolve("corrected.csv");
    String text = "quarantine_row;quarantine_problems;编号;日期\n3;;V3;2026/5/30\n";
    Files.write(corrected, text.getBytes(Charset.forName("GB18030")));
    Path delivered =
        new Correction(delivery(false), corrected).deliver(folder.resolve("deliveries"));
    assertThat(Files.readAllLines(delivered).get(1)).isEqualTo("V3,2026/5/30,13700137000,坏,");
  }

  @Test
  void aCorrectionOfARefusedDeliveryTakesItsPlaceWhole() throws Exception {
    Path delivered = correct(true, "quarantine_row,编号,日期", "2,V2,2026-05-31", "4,V4,2026-05-02");
    assertThat(delivered.getParent().getFileName()).hasToString("2026-05-31");
    assertThat(Files.readAllLines(delivered))
        .containsExactly(
            "编号,日期,备注,经过,电话",
            "V1,2026-05-01,,好,",
            "V2,2026-05-31,=1+1,\"张三来访, 说\",",
            "V3,昨天,13700137000,坏,",
            "V4,2026-05-02,,,");
    assertThat(control(delivered)).doesNotContain("corrected_rows");
  }

  @Test
  void theWholeFileComesBackAsItIsAndNoOtherIsOverwritten() throws Exception {
    String whole = "编号,日期,备注,经过,电话\nV2,2026-05-31,,,\n";
    Path first = correct(false, whole.strip());
    Path second = correct(false, whole.strip());
    assertThat(first).isNotEqualTo(second).content().isEqualTo(whole);
    assertThat(control(second)).isEqualTo("{\"corrects\":\"%s\"}".formatted(delivery(false).id()));
  }

  @Test
  void whatIsNoCorrectionIsRefusedAndNothingIsDelivered() throws Exception {
    assertThatThrownBy(() -> correct(false, "quarantine_row,日期", "1,2026-05-01"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("row 1 does not wait");
    assertThatThrownBy(() -> correct(false, "quarantine_row,日期", "2,2026-05-01", "2,"))
        .hasMessageContaining("row 2 stands twice");
    assertThatThrownBy(() -> correct(false, "quarantine_row,日期"))
        .hasMessageContaining("has no rows");
    assertThatThrownBy(() -> correct(false, "quarantine_row,日期", "x,2026-05-01"))
        .hasMessageContaining("no row number");
    assertThatThrownBy(() -> correct(false, "quarantine_row,日期", "4,"))
        .hasMessageContaining("row 4 is empty");
    QuarantinedDelivery delivery = delivery(false);
    Files.writeString(file, "another file by now");
    assertThatThrownBy(() -> CorrectionSheet.write(delivery, folder.resolve("s.csv")))
        .hasMessageContaining("not there any more as it was delivered");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }
}
