package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a quarantined row, command by command, in real processes. */
@Tag("slow")
class CorrectionRunTest {
  @TempDir Path folder;

  private String credit(String... arguments) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> all = new ArrayList<>(List.of(arguments));
    for (String named : List.of("schemas", "deliveries", "warehouse", "keys")) {
      all.addAll(List.of("--" + named, folder.resolve(named).toString()));
    }
    Process process = CreditProcess.start(output, all.toArray(String[]::new));
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String printed = Files.readString(output);
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private String deliver() throws Exception {
    Path sources = Files.createDirectories(folder.resolve("schemas/sources"));
    Files.writeString(sources.resolve("visits.yaml"), CorrectionTest.CONTRACT);
    Path file = folder.resolve("deliveries/visits/2026-05-31/visits.csv");
    Files.createDirectories(file.getParent());
    Files.writeString(file, CorrectionTest.DELIVERED);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(hash);
  }

  private void edit(Path sheet, String wrong, String right) throws IOException {
    List<String> lines = Files.readAllLines(sheet);
    assertThat(lines).hasSize(4);
    Files.write(sheet, List.of(lines.get(0), lines.get(1).replace(wrong, right)));
  }

  @Test
  void whatAnOfficerCorrectsComesInAsADeliveryAndClosesItsRowAndNoOther() throws Exception {
    String id = deliver();
    credit("ingest");
    Path sheet = folder.resolve("sheet.csv");
    credit("quarantine", "--delivery", id.substring(0, 8), "--sheet", sheet.toString());
    edit(sheet, "31.05.2026", "2026-05-31");
    credit("quarantine", "--delivery", id.substring(0, 8), "--correct", sheet.toString());
    assertThat(credit("ingest").replaceAll(" +", " "))
        .contains("ingest new files 1", "ingest staged 1", "ingest quarantined 0");

    assertThat(credit("quarantine", "--list", "--state", "closed", "--json"))
        .contains("\"row_number\":2", "\"state\":\"closed\"", "\"closed_by\":")
        .doesNotContain("\"row_number\":3", "\"state\":\"open\"");
    assertThat(credit("quarantine", "--list", "--json"))
        .contains("\"row_number\":3", "\"row_number\":4")
        .doesNotContain("\"row_number\":2");
    assertThat(credit("status", "--json")).contains("\"rows_that_wait\":2");
  }
}
