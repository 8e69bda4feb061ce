package credit.sample;

import credit.schemas.SourceContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes the files of every source and delivery, with faults planted, and notes the truth. */
final class DeliveryWriter {
  /** Delivered at every turn, even when there is nothing new: silence must be told from a gap. */
  private static final Set<String> ALWAYS =
      Set.of(
          "firm_register",
          "licences",
          "penalties",
          "inspections",
          "complaints",
          "judgment_debtors",
          "abnormal_listings",
          "serious_violations",
          "listing_notices",
          "promises",
          "repairs",
          "objections",
          "follow_up_duties",
          "other_domain_listings",
          "approval_cases",
          "reviews",
          "penalties_2016",
          "department_inspections",
          "enforcement_cases",
          "judgments",
          "abnormal_marks",
          "remedies",
          "successions",
          "warning_closures");

  private static final String RESENT_SOURCE = "inspections";
  private static final int RESENT_DELIVERY = 1;

  /** A source with versions: what arrives last must not count as the newest. */
  private static final String LATE_SOURCE = "complaints";

  private static final int LATE_DELIVERY = 5;
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM", Locale.ROOT);

  private final Options options;
  private final Schedule schedule;
  private final Deliveries deliveries;
  private final FaultPlanter planter;
  private final Truth truth;
  private final List<Doubt> doubts = new ArrayList<>();

  /** A row whose name contradicts its code: what an officer would be asked to judge. */
  record Doubt(String recordId, Firm firm) {}

  DeliveryWriter(Options options, Schedule schedule, Deliveries deliveries, Truth truth) {
    this.options = options;
    this.schedule = schedule;
    this.deliveries = deliveries;
    this.planter = new FaultPlanter(options, schedule, deliveries);
    this.truth = truth;
  }

  /** Writes all deliveries of a source. */
  void write(SourceContract contract) throws IOException {
    Sheet sheet = new Sheet(contract);
    for (int delivery = 0; delivery < schedule.deliveries().size(); delivery++) {
      List<Row> rows = deliveries.sorted(contract.id(), delivery);
      boolean sayNothingNew = ALWAYS.contains(contract.id()) && sheet.layout().hasHeader();
      if (!rows.isEmpty() || sayNothingNew) {
        write(sheet, delivery, rows);
      }
    }
  }

  List<Doubt> doubts() {
    return doubts;
  }

  private void write(Sheet sheet, int delivery, List<Row> rows) throws IOException {
    SourceContract contract = sheet.contract();
    List<Line> lines = lines(sheet, delivery, rows);
    Variation variation = variation(contract.id(), delivery, lines.isEmpty());
    Layout layout =
        variation.form() == null
            ? sheet.layout()
            : sheet.layout().as(variation.form(), variation.gzip());
    LocalDate day = schedule.deliveries().get(delivery);
    Path folder = options.out().resolve(contract.id()).resolve(day.toString());
    Files.createDirectories(folder);
    String file = layout.fileName(contract.id(), day.format(MONTH));
    byte[] bytes = FileText.bytes(sheet, layout, lines, variation);
    Files.write(folder.resolve(file), bytes);
    String sha256 = sha256(bytes);
    if (layout.control()) {
      control(folder.resolve(file + ".control.json"), lines.size(), sha256);
    }
    noteFileFaults(contract.id(), delivery, day + "/" + file, variation);
    if (contract.id().equals(RESENT_SOURCE) && delivery == RESENT_DELIVERY) {
      resend(contract, file, bytes);
    }
    if (options.faults() == Faults.ALL && delivery == schedule.deliveries().size() - 2) {
      new FileFaults(options.out(), truth).plant(sheet, day.toString(), lines);
    }
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      truth.record(day + "/" + file, i + 1, line);
      if (line.fault() != null && line.fault().id().equals("name_of_other")) {
        doubts.add(
            new Doubt(contract.id() + "/" + sha256.substring(0, 12) + "/" + (i + 1), line.firm()));
      }
    }
  }

  private Variation variation(String source, int delivery, boolean empty) {
    if (options.faults() == Faults.NONE) {
      return Variation.none();
    }
    boolean faultyFilesBeside = delivery == schedule.deliveries().size() - 2;
    return options.faults() == Faults.ALL && !empty && !faultyFilesBeside
        ? Variation.ofForm(source, delivery)
        : Variation.of(source, delivery);
  }

  private void noteFileFaults(String source, int delivery, String file, Variation variation) {
    if (!variation.fault().isEmpty()) {
      truth.fault(source, file, variation.fault(), "accepted");
    }
    boolean arrivesLast = source.equals(LATE_SOURCE) && delivery == LATE_DELIVERY;
    if (options.faults() == Faults.ALL && arrivesLast) {
      truth.fault(source, file, "file_out_of_order", "accepted");
    }
  }

  private List<Line> lines(Sheet sheet, int delivery, List<Row> rows) {
    List<Line> lines = new ArrayList<>();
    rows.forEach(row -> lines.add(Line.of(sheet, row)));
    planter.plant(lines, sheet.contract().id(), delivery);
    List<Line> withDuplicates = new ArrayList<>();
    for (Line line : lines) {
      if (line.fault() != null && line.fault().expected() == Fault.Expected.DUPLICATE) {
        // The first stands for the record; the second is the one that ingest must drop.
        withDuplicates.add(Line.of(sheet, line.row()));
      }
      withDuplicates.add(line);
    }
    return withDuplicates;
  }

  /** The same bytes a month later under another name: one delivery, not two. */
  private void resend(SourceContract contract, String file, byte[] bytes) throws IOException {
    if (options.faults() == Faults.NONE || schedule.deliveries().size() <= RESENT_DELIVERY + 1) {
      return;
    }
    LocalDate day = schedule.deliveries().get(RESENT_DELIVERY + 1);
    Path folder = options.out().resolve(contract.id()).resolve(day.toString());
    Files.createDirectories(folder);
    Files.write(folder.resolve("again_" + file), bytes);
    truth.fault(contract.id(), day + "/again_" + file, "file_resent", "duplicate");
  }

  private static void control(Path path, int rows, String sha256) throws IOException {
    String json = "{\"rows\":" + rows + ",\"sha256\":\"" + sha256 + "\"}\n";
    Files.write(path, json.getBytes(StandardCharsets.UTF_8));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
