package credit.sample;

import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Makes a city's deliveries and, apart from them, the truth about it. The same options give the
 * same bytes; no firm and no person in it is real.
 */
public final class CityGenerator {
  private static final String JUDGEMENTS = "link_judgements";
  private static final int MOST_JUDGEMENTS = 20;

  private CityGenerator() {}

  /**
   * What was made.
   *
   * @param rows rows delivered
   * @param dirtyRows rows with a planted fault
   * @param restricted firms that a legal act restricts on the last day
   */
  public record Summary(int firms, int rows, int dirtyRows, int restricted) {}

  /**
   * Writes the deliveries and the truth.
   *
   * @throws IOException if a folder cannot be written
   * @throws IllegalArgumentException if {@code out} is not empty: another city's files would mix
   */
  public static Summary generate(Options options, Progress progress) throws IOException {
    requireEmpty(options.out());
    Schemas schemas = Schemas.bundled();
    Schedule schedule = Schedule.of(options);
    Deliveries deliveries = new Deliveries(schedule);
    List<Story> stories = tell(options, schedule, deliveries, schemas, progress);
    Truth truth = new Truth();
    DeliveryWriter writer = new DeliveryWriter(options, schedule, deliveries, truth);
    List<SourceContract> contracts =
        schemas.sources().values().stream().filter(c -> !c.id().equals(JUDGEMENTS)).toList();
    for (int i = 0; i < contracts.size(); i++) {
      writer.write(contracts.get(i));
      progress.report("files", i + 1L, contracts.size());
    }
    judge(schedule, deliveries, writer.doubts());
    writer.write(schemas.sources().get(JUDGEMENTS));
    truth.write(options.truthOut(), stories);
    int restricted = (int) stories.stream().filter(s -> !s.restrictedBy.isEmpty()).count();
    return new Summary(stories.size(), truth.records(), truth.faultyRows(), restricted);
  }

  private static List<Story> tell(
      Options options,
      Schedule schedule,
      Deliveries deliveries,
      Schemas schemas,
      Progress progress) {
    List<Item> items = Item.catalogue(options.seed());
    items.forEach(item -> deliveries.add(item.row(), schedule.from()));
    Serials serials = new Serials();
    List<Story> stories = new ArrayList<>();
    List<Firm> firms = City.build(options);
    for (Firm firm : firms) {
      Risk risk = Risk.draw(Draw.of(options.seed(), "risk", firm.index()), schedule.months());
      Story story = new Story(options, schedule, firm, risk, deliveries, serials);
      RegisterStory.tell(story);
      SupervisionStory.tell(story);
      ListingStory.tell(story);
      YearlyStory.tell(story);
      ApprovalStory.tell(story, items, schemas.holidays());
      RepairStory.tell(story);
      CourtStory.tell(story);
      DepartmentStory.tell(story);
      RemedyStory.tell(story);
      ClosureStory.tell(story);
      stories.add(story);
      if (stories.size() % 500 == 0) {
        progress.report("firms", stories.size(), firms.size());
      }
    }
    SuccessionStory.tell(stories);
    new Bystanders(options, schedule, deliveries, serials).tell();
    return stories;
  }

  /** Officers answer some of the doubtful rows; half of them belong to the firm. */
  private static void judge(
      Schedule schedule, Deliveries deliveries, List<DeliveryWriter.Doubt> doubts) {
    LocalDate day = schedule.until();
    for (int i = 0; i < Math.min(doubts.size() / 2, MOST_JUDGEMENTS); i++) {
      DeliveryWriter.Doubt doubt = doubts.get(2 * i);
      String number = String.format(Locale.ROOT, "PD%06d", i + 1);
      deliveries.add(
          Row.of(JUDGEMENTS, doubt.firm(), number)
              .put("judgement_no", number)
              .put("decision", "LINK")
              .put("judged_record", doubt.recordId())
              .put("code", doubt.firm().code())
              .put("officer", "ZH" + (1000 + i % 7))
              .put("decided_on", day.minusDays(1))
              .put("reason", "经核对决定书原件"),
          day);
    }
  }

  private static void requireEmpty(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return;
    }
    try (Stream<Path> files = Files.list(out)) {
      if (files.findAny().isPresent()) {
        throw new IllegalArgumentException(
            out + " is not empty: another city's deliveries would mix; name an empty folder");
      }
    }
  }
}
