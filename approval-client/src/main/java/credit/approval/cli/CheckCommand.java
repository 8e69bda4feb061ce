package credit.approval.cli;

import credit.approval.Answer;
import credit.approval.ListClient;
import credit.approval.ListView;
import credit.approval.Query;
import credit.approval.RefreshResult;
import credit.approval.audit.AuditLog;
import credit.approval.format.ListException;
import credit.approval.format.Mode;
import credit.approval.id.IdScheme;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** {@code check}: one question, one answer, one exit code. */
final class CheckCommand {
  private final Arguments arguments;
  private final Settings settings;
  private final Places places;
  private final Texts texts;
  private final PrintStream out;
  private final PrintStream err;

  CheckCommand(
      Arguments arguments,
      Settings settings,
      Places places,
      Texts texts,
      PrintStream out,
      PrintStream err) {
    this.arguments = arguments;
    this.settings = settings;
    this.places = places;
    this.texts = texts;
    this.out = out;
    this.err = err;
  }

  int run() throws IOException {
    Query query = query();
    ListClient client = ListClient.open(places.clientOptions());
    RefreshResult opened = client.lastRefresh();
    if (opened.reason().equals("mark_not_kept")) {
      throw new IOException(opened.message());
    }
    if (opened.state() == RefreshResult.State.REFUSED) {
      err.println(texts.message("list.refused", opened.message()));
    }
    ListView view = client.view();
    Answer answer = answer(client, view, query);
    Optional<Path> audit = places.audit();
    if (audit.isPresent()) {
      String id = new AuditLog(audit.get()).append(answer, view.timestampJws());
      err.println(texts.message("audit.logged", id, audit.get()));
    }
    out.println(settings.has("json") ? answer.toJson() : texts.answer(answer));
    return ExitCode.of(answer);
  }

  private Answer answer(ListClient client, ListView view, Query query) {
    Optional<String> version = arguments.value("list-version");
    if (version.isEmpty()) {
      return view.check(query);
    }
    try {
      return view.archived(number("list-version", version.get())).check(query);
    } catch (ListException e) {
      err.println(texts.message("list.refused", e.getMessage()));
      return client.unavailable(query, e.reason());
    }
  }

  private Query query() {
    Mode mode =
        arguments
            .value("mode")
            .map(CheckCommand::mode)
            .orElseThrow(() -> new UsageException("--mode is missing; see check --help"));
    IdScheme scheme = arguments.value("scheme").map(CheckCommand::scheme).orElse(null);
    String item = arguments.value("item").orElse("");
    LocalDate at = arguments.value("at").map(day -> date("at", day)).orElse(null);
    List<String> related = arguments.values("related");
    try {
      return new Query(code(), scheme, mode, item, at, related);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** The code, or null for a new applicant. */
  private String code() {
    List<String> words = arguments.words();
    boolean isNew = arguments.value("applicant").map(CheckCommand::requireNew).orElse(false);
    if (isNew != words.isEmpty() || words.size() > 1) {
      throw new UsageException("give one CODE, or --applicant new; see check --help");
    }
    return isNew ? null : words.get(0);
  }

  private static boolean requireNew(String applicant) {
    if (!applicant.equals("new")) {
      throw new UsageException("--applicant is '" + applicant + "'; the only value is new");
    }
    return true;
  }

  static Mode mode(String text) {
    try {
      return Mode.of(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--mode: " + e.getMessage());
    }
  }

  static IdScheme scheme(String text) {
    try {
      return IdScheme.of(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--scheme: " + e.getMessage());
    }
  }

  static LocalDate date(String option, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "--" + option + " is '" + text + "'; it must be a date such as 2026-06-30");
    }
  }

  static long number(String option, String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new UsageException("--" + option + " is '" + text + "'; it must be a number");
    }
    return Long.parseLong(text);
  }
}
