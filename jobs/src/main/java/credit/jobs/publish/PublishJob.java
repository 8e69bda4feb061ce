package credit.jobs.publish;

import credit.approval.format.Coverage;
import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.approval.format.Manifest;
import credit.jobs.publish.PublicFace.FirmKey;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Today;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Publishes the lists for approval systems and their public face. It needs signing keys; {@link
 * Keys#initIfMissing} makes them.
 */
public final class PublishJob implements Stage {
  private enum Kind {
    FULL,
    AGAIN,
    TIMESTAMP_ONLY,
    URGENT
  }

  private static final String SETTINGS = "publish";

  private final Kind kind;
  private final String actNo;
  private final String approver;
  private final Map<String, String> environment;

  private PublishJob(Kind kind, String actNo, String approver, Map<String, String> environment) {
    this.kind = kind;
    this.actNo = actNo;
    this.approver = approver;
    this.environment = environment;
  }

  /** The lists as they stand, through all gates; a fresh timestamp where nothing changed. */
  public static PublishJob full() {
    return new PublishJob(Kind.FULL, null, null, System.getenv());
  }

  /**
   * As {@link #full} for a replay: with the folder's own keys whatever the environment holds, and a
   * public face of that day, whatever today is.
   */
  public static PublishJob again() {
    return new PublishJob(Kind.AGAIN, null, null, Map.of());
  }

  /**
   * The same, past the change limits.
   *
   * @param approver who looked into the changes; it stands on the ledger
   */
  public static PublishJob approvedBy(String approver) {
    return new PublishJob(Kind.FULL, null, approver, System.getenv());
  }

  /** A fresh timestamp for the version in force; refused once its data is too old. */
  public static PublishJob timestampOnly() {
    return new PublishJob(Kind.TIMESTAMP_ONLY, null, null, System.getenv());
  }

  /**
   * The version in force without the entries of one act that the lists no longer have in force, and
   * the public face without its rows; every other row as it was, whatever the state of other
   * sources. An act that only the public face shows makes no new version.
   */
  public static PublishJob urgent(String actNo) {
    return new PublishJob(Kind.URGENT, actNo, null, System.getenv());
  }

  /** The same job with keys from another environment than the process's. */
  PublishJob with(Map<String, String> otherEnvironment) {
    return new PublishJob(kind, actNo, approver, otherEnvironment);
  }

  @Override
  public String name() {
    return "publish";
  }

  /** A timestamp speaks of what is in force; an urgent removal asks the lists by itself. */
  @Override
  public boolean goesOnFromResults() {
    return kind == Kind.FULL || kind == Kind.AGAIN;
  }

  @Override
  public void check(SparkSession spark, Schemas schemas) {
    if (schemas.rules().containsKey(SETTINGS)) {
      PublishSettings.of(schemas.rule(SETTINGS));
    }
  }

  @Override
  public Map<String, Long> run(Run run) {
    PublishSettings settings = PublishSettings.of(run.schemas().rule(SETTINGS));
    Signer signer =
        Keys.at(run.settings().keys(), environment, run.clock()).signer(run.warehouse().lists());
    Publisher publisher =
        new Publisher(
            new VersionStore(run.warehouse().lists()),
            new TableLedger(run, this),
            signer,
            settings.validity(),
            run.clock(),
            run.runId());
    return switch (kind) {
      case FULL, AGAIN -> full(run, settings, publisher);
      case TIMESTAMP_ONLY -> timestampOnly(run, publisher);
      case URGENT -> urgent(run, publisher);
    };
  }

  private Map<String, Long> full(Run run, PublishSettings settings, Publisher publisher) {
    requireLists(run);
    List<ListedEntry> entries = InputTables.entries(run, this, run.asOf());
    List<Delivery> deliveries = InputTables.deliveries(run, this);
    List<Delivery> telling = InputTables.tellingCoverage(run, this);
    List<Contents.Firm> firms = InputTables.firms(run, this);
    List<Coverage> coverage =
        SourceCoverage.of(run.schemas().sources().values(), telling, run.knownAt());
    LocalDate firstDay =
        SourceCoverage.firstDay(
            run.schemas().sources().values(),
            telling,
            run.asOf(),
            run.knownAt(),
            settings.answerBackDays());
    List<ListedEntry> out = entries.stream().filter(e -> e.goesOut(firstDay)).toList();
    Statement statement = statement(run, settings, firstDay, out);
    Optional<Version> inForce = publisher.inForce();

    List<String> refusals = new ArrayList<>(Gates.balance(deliveries));
    refusals.addAll(
        Gates.order(inForce.map(Version::manifest).orElse(null), run.asOf(), run.knownAt()));
    refusals.addAll(Gates.day(run.asOf(), Today.at(run.clock())));
    refusals.addAll(Gates.coverage(coverage));
    refusals.addAll(
        Gates.entries(
            out,
            listRules(run, settings),
            run.schemas().sources().keySet(),
            run.settings().allowPending()));
    PublicFace face = publicFace(run, entries, firms, run.asOf());
    if (!refusals.isEmpty()) {
      takeDown(run, inForce, face);
      throw publisher.refuse(statement, null, Gates.summary(refusals));
    }
    ListContent content =
        Contents.of(
            out, Contents.subjects(firms), coverage, InputTables.items(run, this, run.knownAt()));
    List<String> changes =
        Changes.check(
            inForce.map(Version::content).orElse(null),
            content,
            entries,
            run.asOf(),
            settings.limits());
    if (!changes.isEmpty() && approver == null) {
      takeDown(run, inForce, face);
      throw publisher.refuse(statement, content, Gates.summary(changes));
    }
    String note =
        changes.isEmpty() ? null : "approved by " + approver + ": " + Gates.summary(changes);
    Publisher.Result result = publisher.publish(statement, content, note);
    PublicDisplay.of(run).show(result.version(), statement, face);
    Map<String, Long> figures = figures(result, statement, content);
    figures.put("public_penalties", (long) face.penalties().rows().size());
    return figures;
  }

  /** What the day no longer lets the public see goes, although nothing new may come. */
  private static void takeDown(Run run, Optional<Version> inForce, PublicFace face) {
    inForce
        .filter(version -> !run.asOf().isBefore(version.manifest().asOf()))
        .filter(version -> !run.knownAt().isBefore(version.manifest().knownAt()))
        .ifPresent(version -> PublicDisplay.of(run).takeDown(version, face));
  }

  private static Map<String, Long> timestampOnly(Run run, Publisher publisher) {
    publisher
        .inForce()
        .ifPresent(v -> PublicDisplay.of(run).takeDownEnded(v, Today.at(run.clock())));
    return figures(publisher.timestampOnly());
  }

  private Map<String, Long> urgent(Run run, Publisher publisher) {
    Version last =
        publisher
            .inForce()
            .orElseThrow(
                () ->
                    Failure.gate(
                        "nothing was published yet, so no act can be taken off; run './credit"
                            + " publish'"));
    Statement statement = Statement.of(last.manifest());
    LocalDate listed = listed(run).orElse(LocalDate.MIN);
    if (listed.isBefore(statement.asOf())) {
      throw publisher.refuse(
          statement,
          last.content(),
          "the lists in the warehouse are older than version %d; run './credit run --to list' with the annulment delivered"
              .formatted(last.manifest().version()));
    }
    List<ListedEntry> entries = InputTables.entries(run, this, listed);
    PublicFace face = publicFace(run, entries, InputTables.firms(run, this), listed);
    PublicDisplay display = PublicDisplay.of(run);
    UrgentRemoval.Outcome lists = UrgentRemoval.of(last.content(), actNo, entries);
    UrgentRemoval.Rows shown = UrgentRemoval.shown(display.standing(), face, actNo);
    if (lists.rows().isNone() && shown.isNone()) {
      throw publisher.refuse(
          statement,
          last.content(),
          "neither an entry of version %d nor the public page names the act %s; see './credit sql' for the acts published"
              .formatted(last.manifest().version(), actNo));
    }
    display.takeDown(last, face);
    if (lists.rows().removed() + shown.removed() == 0) {
      throw publisher.refuse(
          statement,
          last.content(),
          "act %s is still in force in the warehouse; deliver its annulment, run './credit run --to list', then try again"
              .formatted(actNo));
    }
    Map<String, Long> figures = figures(new Publisher.Result(last.manifest().version(), false));
    if (lists.rows().removed() > 0) {
      Publisher.Result result =
          publisher.publish(statement, lists.content(), "urgent: act " + actNo);
      display.takeDown(publisher.inForce().orElseThrow(), face);
      figures = figures(result, statement, lists.content());
    }
    figures.put("entries_taken_off", (long) lists.rows().removed());
    figures.put("public_rows_taken_down", (long) shown.removed());
    run.progress().note(taken(lists.rows(), shown));
    return figures;
  }

  private String taken(UrgentRemoval.Rows lists, UrgentRemoval.Rows shown) {
    String kept =
        lists.kept() == 0 ? "" : "; %d entries of it are still in force".formatted(lists.kept());
    return "act %s: %d entries taken off the lists, %d rows off the public page%s"
        .formatted(actNo, lists.removed(), shown.removed(), kept);
  }

  private static void requireLists(Run run) {
    if (listed(run).isEmpty()) {
      throw Failure.usage("no lists were made yet; './credit run --to list' makes them");
    }
  }

  private static Optional<LocalDate> listed(Run run) {
    return run.ledger().last("list").map(Ledger.Entry::asOf);
  }

  private static Statement statement(
      Run run, PublishSettings settings, LocalDate firstDay, List<ListedEntry> out) {
    return new Statement(
        settings.scope(),
        run.asOf(),
        run.knownAt(),
        firstDay,
        settings.maxLagDays(),
        settings.manifestRules().stream()
            .map(id -> run.schemas().rule(id))
            .map(file -> new Manifest.RuleEntry(file.id(), file.sha256()))
            .toList(),
        out.stream()
            .filter(ListedEntry::pending)
            .map(ListedEntry::rule)
            .distinct()
            .sorted()
            .toList(),
        settings.idScheme());
  }

  private static Set<String> listRules(Run run, PublishSettings settings) {
    return settings.entryRules().stream()
        .map(id -> run.schemas().rule(id))
        .map(RuleFile::rules)
        .flatMap(List::stream)
        .map(Rule::id)
        .collect(Collectors.toSet());
  }

  private PublicFace publicFace(
      Run run, List<ListedEntry> entries, List<Contents.Firm> firms, LocalDate asOf) {
    Set<FirmKey> legalPersons =
        firms.stream()
            .filter(f -> !f.individual())
            .map(f -> new FirmKey(f.idScheme(), f.code()))
            .collect(Collectors.toSet());
    PublicFace face =
        PublicFace.of(entries, InputTables.penalties(run, this, asOf), legalPersons, asOf);
    return kind == Kind.AGAIN ? face : face.on(laterOf(asOf, Today.at(run.clock())));
  }

  /** A display ends on its day, also where the newest lists are of a day before. */
  private static LocalDate laterOf(LocalDate asOf, LocalDate today) {
    return asOf.isAfter(today) ? asOf : today;
  }

  private static Map<String, Long> figures(Publisher.Result result) {
    Map<String, Long> figures = new TreeMap<>();
    figures.put("version", result.version());
    figures.put("new_version", result.isNew() ? 1L : 0L);
    return figures;
  }

  private static Map<String, Long> figures(
      Publisher.Result result, Statement statement, ListContent content) {
    Map<String, Long> figures = figures(result);
    for (ListFile file : ListFile.values()) {
      if (file.isContent()) {
        String name = file.fileName().replace(".csv", "");
        figures.put(name, Manifest.FileEntry.of(file, content.file(file)).rows());
      }
    }
    figures.put("rules_pending_review", (long) statement.rulesPendingReview().size());
    return figures;
  }
}
