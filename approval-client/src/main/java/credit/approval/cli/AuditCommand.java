package credit.approval.cli;

import credit.approval.audit.AuditLog;
import credit.approval.audit.Proof;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code audit verify} and {@code audit prove ID}. */
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
    throw new UsageException("audit verify, or audit prove ID; see audit --help");
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
    Proof.export(new AuditLog(log()), id, places.clientOptions(), folder);
    out.println(texts.message("audit.proved", id, folder));
    return ExitCode.PERMITTED;
  }

  private int verifyProof() throws IOException {
    Path folder = Path.of(arguments.value("proof").orElseThrow());
    Proof.verify(folder, places.clientOptions().root());
    out.println(texts.message("audit.proof.good", folder));
    return ExitCode.PERMITTED;
  }

  private Path log() {
    return places.audit().orElseThrow(() -> new UsageException("name the log with --audit FILE"));
  }
}
