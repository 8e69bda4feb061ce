package credit.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import credit.jobs.page.Cells;
import credit.jobs.warehouse.Failure;
import credit.schemas.Column;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A corrected file on its way back. It goes the way of every other file, as a delivery through
 * ingest; its control file says what it corrects.
 */
final class Correction {
  private static final Pattern ENDING = Pattern.compile("(?:\\.[A-Za-z]+)?(?:\\.gz)?$");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final QuarantinedDelivery delivery;
  private final Path file;
  private final SortedMap<Long, Map<String, String>> sheet;

  /**
   * A correction of one delivery.
   *
   * @param file a corrected {@link CorrectionSheet}, or the whole file in any form that ingest
   *     reads
   */
  Correction(QuarantinedDelivery delivery, Path file) {
    if (!Files.isRegularFile(file)) {
      throw Failure.usage("%s is no file; name the corrected one", file);
    }
    this.delivery = delivery;
    this.file = file;
    this.sheet = CorrectionSheet.read(file, delivery);
  }

  /**
   * Writes the delivery and its control file; none is ever overwritten. It bears the date of the
   * delivery that it corrects: it says what that one meant to say, and nothing of the days since.
   *
   * @return the delivery
   */
  Path deliver(Path deliveries) {
    Path folder =
        deliveries.resolve(delivery.source().id()).resolve(delivery.declaredOn().toString());
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, ".correction", ".part");
      try {
        Map<String, Object> control = fill(draft);
        return moved(draft, folder, JSON.writeValueAsBytes(control));
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw Failure.environment(
          e,
          "the correction could not be written to %s (%s); correct its rights or name --deliveries",
          folder,
          e.getMessage());
    }
  }

  /** Writes the rows and tells what the control file says of them. */
  private Map<String, Object> fill(Path draft) throws IOException {
    Map<String, Object> control = new LinkedHashMap<>();
    control.put("corrects", delivery.id());
    if (sheet.isEmpty()) {
      Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
      return control;
    }
    control.put("rows", write(draft));
    if (!delivery.refused()) {
      control.put("corrected_rows", List.copyOf(sheet.keySet()));
    }
    return control;
  }

  /** The control file stands before the delivery: an ingest at the same time sees both or none. */
  private Path moved(Path draft, Path folder, byte[] control) throws IOException {
    int n = 1;
    while (Files.exists(folder.resolve(name(n))) || Files.exists(control(folder, n))) {
      n++;
    }
    Files.write(control(folder, n), control);
    return Files.move(draft, folder.resolve(name(n)));
  }

  private Path control(Path folder, int n) {
    return folder.resolve(name(n) + ".control.json");
  }

  private String name(int n) {
    Matcher ending = ENDING.matcher(file.getFileName().toString());
    return "correction-%s-%d%s"
        .formatted(delivery.shortId(), n, ending.find() ? ending.group() : "");
  }

  /**
   * The corrected rows under the department's headers; of a refused delivery, which left nothing
   * behind, its other rows too.
   */
  private long write(Path draft) throws IOException {
    List<Column> columns = delivery.source().columns();
    long[] rows = {0};
    try (BufferedWriter out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
      out.write(Cells.plainLine(columns.stream().map(Column::physicalName).toList()));
      delivery.read(
          (number, cells, malformed) -> {
            Map<String, String> corrected = sheet.get(number);
            if (corrected != null || delivery.refused()) {
              out.write(Cells.plainLine(row(number, cells, malformed, corrected)));
              rows[0]++;
            }
          });
    }
    return rows[0];
  }

  /**
   * Cells that the sheet has no column for are those of the delivered file, unless nobody knows
   * what they are.
   */
  private List<String> row(
      long number, List<String> cells, boolean malformed, Map<String, String> corrected) {
    List<Column> columns = delivery.source().columns();
    List<String> row = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String delivered = malformed || !column.stored() ? null : cells.get(i);
      String cell =
          corrected == null ? delivered : corrected.getOrDefault(column.physicalName(), delivered);
      row.add(cell == null ? "" : cell);
    }
    if (row.stream().allMatch(String::isBlank)) {
      throw Failure.usage(
          "row %d is empty: its cells could not be told apart; fill them in, in %s", number, file);
    }
    return row;
  }
}
