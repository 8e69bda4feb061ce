package credit.jobs.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import credit.approval.format.BlacklistEntry;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the public may see of the blacklist: entries in effect on the as-of day, individual
 * businesses masked. An entry leaves the public face on the day on which it ends.
 */
final class PublicFace {
  private static final List<String> COLUMNS =
      List.of(
          "name",
          "code",
          "cause",
          "basis",
          "act_no",
          "act_authority",
          "act_date",
          "effective_from",
          "effective_until");
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublicFace() {}

  /** A firm's key, as {@link #files} asks for it. */
  record FirmKey(String idScheme, String code) {}

  /**
   * The files by name.
   *
   * @param legalPersons firms that are no individual businesses; whoever is not among them is
   *     masked, so that doubt protects the person
   */
  static Map<String, byte[]> files(
      Collection<BlacklistEntry> blacklist, Set<FirmKey> legalPersons, LocalDate asOf) {
    List<List<String>> rows =
        blacklist.stream()
            .filter(e -> !e.effectiveFrom().isAfter(asOf))
            .filter(e -> e.effectiveUntil() == null || e.effectiveUntil().isAfter(asOf))
            .sorted(
                Comparator.comparing(BlacklistEntry::idScheme)
                    .thenComparing(BlacklistEntry::code)
                    .thenComparing(BlacklistEntry::entryId))
            .map(e -> row(e, legalPersons.contains(new FirmKey(e.idScheme(), e.code()))))
            .toList();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("blacklist.csv", csv(rows));
    files.put("blacklist.jsonl", jsonLines(rows));
    return files;
  }

  private static List<String> row(BlacklistEntry e, boolean legalPerson) {
    return List.of(
        legalPerson ? e.name() : maskedName(e.name()),
        legalPerson ? e.code() : maskedCode(e.code()),
        e.cause(),
        e.basis(),
        e.actNo(),
        e.actAuthority(),
        date(e.actDate()),
        date(e.effectiveFrom()),
        date(e.effectiveUntil()));
  }

  /** First and last character; the length is hidden too. */
  static String maskedName(String name) {
    int[] points = name.codePoints().toArray();
    if (points.length < 3) {
      return "***";
    }
    return Character.toString(points[0]) + "***" + Character.toString(points[points.length - 1]);
  }

  /** First and last two characters. */
  static String maskedCode(String code) {
    return code.length() < 8
        ? "***"
        : code.substring(0, 2) + "***" + code.substring(code.length() - 2);
  }

  private static String date(LocalDate date) {
    return date == null ? "" : date.toString();
  }

  private static byte[] csv(List<List<String>> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out)) {
      writer.writeRecord(COLUMNS);
      rows.forEach(writer::writeRecord);
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return out.toByteArray();
  }

  private static byte[] jsonLines(List<List<String>> rows) {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      Map<String, String> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        object.put(COLUMNS.get(i), row.get(i).isEmpty() ? null : row.get(i));
      }
      try {
        out.append(JSON.writeValueAsString(object)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a map of texts is always JSON", e);
      }
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
