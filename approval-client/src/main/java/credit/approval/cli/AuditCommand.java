package credit.approval.cli;

import credit.approval.ListClient;
import credit.approval.audit.AuditLog;
import credit.approval.audit.AuditRecord;
import credit.approval.audit.Proof;
import credit.approval.audit.Replay;
import credit.approval.format.ListException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** {@code audit verify}, {@code audit prove ID} and {@code audit replay --on DAY}. */
final class AuditCommand {
  private final Arguments arguments;
  private final Places places;
  private final Texts texts;
  private final PrintStream out;

  AuditCommand(Arguments arguments, Places places, Texts texts, PrintStream out) {
    this.arguments = arguments;
    this.places = places;
    this.texts = texts;
    this.out = out;
  }

  int run() throws IOException {
    List<String> words = arguments.words();
    if (words.equals(List.of("verify"))) {
      return arguments.has("proof") ? verifyProof() : verify();
    }
    if (words.size() == 2 && words.get(0).equals("prove")) {
      return prove(words.get(1));
    }
    if (words.equals(List.of("replay"))) {
      return replay();
    }
    throw new UsageException("audit verify, audit prove ID or audit replay; see audit --help");
  }

  private int verify() throws IOException {
    Path log = log();
    if (!Files.exists(log)) {
      throw new IOException(log + " does not exist; name the log with --audit FILE");
    }
    AuditLog.Verification found = new AuditLog(log).verify();
    String expected = arguments.value("head").orElse(found.head());
    boolean whole = found.isWhole() && expected.equals(found.head());
    String fault = found.isWhole() ? texts.message("audit.otherhead", expected) : found.fault();
    out.println(
        whole
            ? texts.message("audit.whole", found.records(), found.head())
            : texts.message("audit.broken", log, fault));
    return whole ? ExitCode.PERMITTED : ExitCode.BAD_INPUT;
  }

  private int prove(String id) throws IOException {
    Path folder = Path.of(arguments.value("out").orElse("proof-" + id));
    if (Files.exists(folder)) {
      throw new UsageException(folder + " exists; name another folder with --out");
    }
    Proof.export(new AuditLog(log()), id, places.clientOptions(), folder);
    out.println(texts.message("audit.proved", id, folder));
    return ExitCode.PERMITTED;
  }

  private int verifyProof() throws IOException {
    Path folder = Path.of(arguments.value("proof").orElseThrow());
    Proof.verify(folder, places.root());
    out.println(texts.message("audit.proof.good", folder));
    return ExitCode.PERMITTED;
  }

  /** Every answer of a day, asked again on the list of then. */
  private int replay() throws IOException {
    LocalDate day =
        arguments
            .value("on")
            .map(text -> CheckCommand.date("on", text))
            .orElseThrow(() -> new UsageException("--on DATE is missing; see audit --help"));
    String code = arguments.value("code").orElse(null);
    List<AuditRecord> records =
        new AuditLog(log())
            .on(day).stream()
                .filter(record -> code == null || code.equals(record.answer().get("code")))
                .toList();
    int differing = 0;
    try (ListClient client = ListClient.open(places.clientOptions().withMark(null))) {
      Replay replay = new Replay(client.view());
      for (AuditRecord record : records) {
        String fault = fault(replay, record);
        differing += fault.isEmpty() ? 0 : 1;
        out.println(line(record, fault));
      }
    }
    out.println(texts.message("audit.replayed", records.size(), differing, day));
    return differing == 0 ? ExitCode.PERMITTED : ExitCode.BAD_INPUT;
  }

  private String line(AuditRecord record, String fault) {
    Map<?, ?> answer = record.answer();
    Object version = record.list().map(list -> (Object) list.get("version")).orElse("-");
    return String.join(
        "  ",
        record.id(),
        Texts.time(record.checkedAt()),
        String.valueOf(answer.get("code")),
        String.valueOf(answer.get("mode")),
        String.valueOf(answer.get("at")),
        String.valueOf(answer.get("outcome")),
        texts.message("audit.list", version),
        fault.isEmpty() ? texts.message("audit.same") : fault);
  }

  /** What is wrong; empty where the same answer comes out. */
  private static String fault(Replay replay, AuditRecord record) {
    try {
      replay.requireSame(record);
      return "";
    } catch (ListException e) {
      return e.getMessage();
    }
  }

  private Path log() {
    return places.audit().orElseThrow(() -> new UsageException("name the log with --audit FILE"));
  }
}
