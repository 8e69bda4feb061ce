package credit.sample;

import credit.schemas.Column;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is really so: written apart from the deliveries, for evaluation and tests only. */
final class Truth {
  private static final Map<String, Pattern> PLANTED =
      Map.of(
          "id_number", Pattern.compile("440499\\d{11}[\\dX]"),
          "phone", Pattern.compile("1410499\\d{4}"),
          "informant", Pattern.compile("[禤亓仉芈鄢郄][琈玥翀赟霭旻昶煊]{2}"));

  private final List<String[]> records = new ArrayList<>();
  private final List<String[]> faults = new ArrayList<>();
  private final List<String[]> kinds = new ArrayList<>();
  private final Map<String, String> planted = new TreeMap<>();

  void record(String file, int rowNumber, Line line) {
    Firm firm = line.firm();
    records.add(
        new String[] {
          line.row().source(), file, Integer.toString(rowNumber), firm == null ? "" : firm.code()
        });
    List<Column> columns = line.sheet().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).personal() != Column.Personal.NONE || columns.get(i).check() != null) {
        personal(line.cells()[i]);
      }
    }
    if (line.fault() != null) {
      fault(line, file, rowNumber);
    } else if (line.row().kind() != Row.Kind.PLAIN) {
      kinds.add(
          new String[] {
            line.row().source(),
            file,
            Integer.toString(rowNumber),
            line.row().kind().name().toLowerCase(Locale.ROOT)
          });
    }
  }

  private void fault(Line line, String file, int rowNumber) {
    Fault fault = line.fault();
    faults.add(
        new String[] {
          line.row().source(),
          file,
          Integer.toString(rowNumber),
          fault.id(),
          fault.expected().name().toLowerCase(Locale.ROOT),
          fault.reason(),
          fault.link().equals("code") && line.get("code").isEmpty() ? "name" : fault.link(),
          line.meantColumn(),
          line.meantValue()
        });
  }

  /** Notes what is wrong with a whole file. */
  void fault(String source, String file, String id, String expected) {
    faults.add(new String[] {source, file, "0", id, expected, "", "-", "", ""});
  }

  private void personal(String cell) {
    if (cell.length() < 3) {
      return;
    }
    PLANTED.forEach(
        (kind, pattern) -> {
          Matcher matcher = pattern.matcher(cell);
          while (matcher.find()) {
            planted.put(matcher.group(), kind);
          }
        });
  }

  int records() {
    return records.size();
  }

  int faultyRows() {
    return (int) faults.stream().filter(f -> !f[2].equals("0")).count();
  }

  void write(Path folder, List<Story> stories) throws IOException {
    Files.createDirectories(folder);
    write(folder, "records.csv", new String[] {"source", "file", "row", "code"}, records);
    write(
        folder,
        "faults.csv",
        new String[] {
          "source", "file", "row", "fault", "expected", "reason", "link", "column", "value"
        },
        faults);
    write(folder, "kinds.csv", new String[] {"source", "file", "row", "kind"}, kinds);
    List<String[]> personal = new ArrayList<>();
    planted.forEach((value, kind) -> personal.add(new String[] {kind, value}));
    write(folder, "planted.csv", new String[] {"kind", "value"}, personal);
    List<String[]> firms = new ArrayList<>();
    List<String[]> risks = new ArrayList<>();
    for (Story story : stories) {
      firms.add(
          new String[] {
            story.firm.code(),
            story.firm.names().get(story.firm.names().size() - 1).text(),
            rounded(story.risk.mean()),
            rounded(story.risk.at(story.schedule.months() - 1)),
            String.join("; ", story.restrictedBy)
          });
      risks.add(path(story));
    }
    write(
        folder,
        "firms.csv",
        new String[] {"code", "name", "mean_risk", "last_risk", "restricted_by"},
        firms);
    write(folder, "risk_by_month.csv", riskHeader(stories.get(0).schedule), risks);
  }

  private static String[] riskHeader(Schedule schedule) {
    String[] header = new String[schedule.months() + 1];
    header[0] = "code";
    for (int month = 0; month < schedule.months(); month++) {
      header[month + 1] = schedule.firstOf(month).toString().substring(0, 7);
    }
    return header;
  }

  private static String[] path(Story story) {
    String[] path = new String[story.schedule.months() + 1];
    path[0] = story.firm.code();
    for (int month = 0; month < story.schedule.months(); month++) {
      path[month + 1] = rounded(story.risk.at(month));
    }
    return path;
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static void write(Path folder, String file, String[] header, List<String[]> rows)
      throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(header);
      rows.forEach(csv::writeRecord);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Files.write(folder.resolve(file), text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
