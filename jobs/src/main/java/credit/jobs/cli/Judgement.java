package credit.jobs.cli;

import credit.approval.id.IdScheme;
import credit.jobs.page.Cells;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Today;
import credit.schemas.Column;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * An officer's decision on whether a record is a firm's. It goes the way of every other fact: as a
 * delivery, through ingest.
 *
 * @param record the record's id
 * @param decision LINK or NOT_LINK
 * @param code the firm's code
 * @param officer staff number
 * @param reason why
 */
record Judgement(String record, String decision, String code, String officer, String reason) {
  private static final String SOURCE = "link_judgements";

  /**
   * Writes the decision as a file of its own under today's date; no file is ever overwritten.
   *
   * @return the file
   * @throws Failure (exit code 2) if the contract would refuse the row
   */
  Path deliver(Schemas schemas, Path deliveries, Clock clock) {
    SourceContract contract = schemas.sources().get(SOURCE);
    if (contract == null) {
      throw Failure.usage(
          "this jurisdiction takes no decisions: it has no source '%s'; add its contract", SOURCE);
    }
    LocalDate today = Today.at(clock);
    Map<String, String> values =
        Map.of(
            "judgement_no", number(today, clock),
            "decision", decision,
            "judged_record", record,
            "code", code,
            "officer", officer,
            "decided_on", today.toString(),
            "reason", reason.replaceAll("\\s+", " "));
    contract.columns().forEach(column -> check(column, values.get(column.name())));
    String text = csv(contract, values);
    Path folder = deliveries.resolve(SOURCE).resolve(today.toString());
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, ".judgement", ".part");
      Files.writeString(draft, text, StandardCharsets.UTF_8);
      return moved(draft, folder);
    } catch (IOException e) {
      throw Failure.environment(
          e,
          "the decision could not be written to %s (%s); correct its rights or name --deliveries",
          folder,
          e.getMessage());
    }
  }

  /** Moving refuses where another decision took the name in between. */
  private static Path moved(Path draft, Path folder) throws IOException {
    int n = 1;
    while (Files.exists(folder.resolve(name(n)))) {
      n++;
    }
    return Files.move(draft, folder.resolve(name(n)));
  }

  private static String name(int n) {
    return "judgement-" + n + ".csv";
  }

  private static String csv(SourceContract contract, Map<String, String> values) {
    List<Column> columns = contract.columns();
    return Cells.plainLine(columns.stream().map(Column::physicalName).toList())
        + Cells.plainLine(columns.stream().map(c -> values.getOrDefault(c.name(), "")).toList());
  }

  /** Never the number of another decision, even where older files were moved away. */
  private String number(LocalDate today, Clock clock) {
    String unique = String.join("\n", record, decision, code, officer, clock.instant().toString());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(unique.getBytes(StandardCharsets.UTF_8));
      return "J"
          + today.format(DateTimeFormatter.BASIC_ISO_DATE)
          + "-"
          + HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(Column column, String value) {
    if (value == null || value.isBlank()) {
      if (column.required()) {
        throw Failure.usage(
            "a decision needs '%s' (%s); give it", column.name(), column.physicalName());
      }
      return;
    }
    if (value.length() > column.maxLength()) {
      throw Failure.usage(
          "'%s' has %d characters where %d are allowed; shorten it",
          column.name(), value.length(), column.maxLength());
    }
    if (column.check() != null && !IdScheme.of(column.check()).isValid(value)) {
      throw Failure.usage(
          "'%s' is no valid code of scheme %s: its check digit or form is wrong; correct it",
          value, column.check());
    }
  }
}
