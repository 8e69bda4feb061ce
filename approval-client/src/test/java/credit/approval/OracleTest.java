package credit.approval;

import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.Coverage;
import credit.approval.format.ItemRule;
import credit.approval.format.ListContent;
import credit.approval.format.Mode;
import credit.approval.format.Restriction;
import credit.approval.format.Subject;
import credit.approval.id.UnifiedCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random questions against a plain reading of the rules over the plain rows. */
class OracleTest {
  private static final int FIRMS = 400;
  private static final LocalDate AS_OF = PublishedFolder.AS_OF;
  private static final LocalDate FIRST_DAY = LocalDate.parse("2023-07-01");
  private static final List<Mode> MODES = List.of(Mode.values());
  private static final String[] ITEMS = {"", "I05", "I06", "I07", "I5"};

  @TempDir Path folder;
  private final Random random = new Random(20260630);
  private final List<Restriction> restrictions = new ArrayList<>();
  private final List<Subject> subjects = new ArrayList<>();
  private final List<LocalDate> edges = new ArrayList<>();
  private final List<Coverage> coverage =
      List.of(
          new Coverage("court", "court", "city", true, AS_OF.minusDays(20), 7),
          new Coverage("honours", "bureau", "city", false, null, 30),
          new Coverage("tax", "bureau", "city", true, AS_OF, 1));
  private final List<ItemRule> items = PublishedFolder.items();
  private ListClient client;

  @BeforeEach
  void publish() {
    edges.addAll(
        List.of(
            FIRST_DAY,
            FIRST_DAY.minusDays(1),
            AS_OF,
            AS_OF.plusDays(3),
            AS_OF.plusDays(4),
            AS_OF.minusDays(13),
            AS_OF.minusDays(12)));
    for (int firm = 0; firm < FIRMS; firm++) {
      if (firm % 10 != 0) {
        LocalDate from = randomDay();
        boolean open = random.nextInt(4) > 0;
        subjects.add(new Subject("uscc", code(firm), from, open ? null : later(from)));
        addEdge(from);
      }
      for (int entry = random.nextInt(4); entry > 0; entry--) {
        addRestriction(firm, entry);
      }
    }
    PublishedFolder published = new PublishedFolder(folder);
    published.publish(
        1, ListContent.of(restrictions, List.of(), List.of(), subjects, coverage, items));
    TestClock clock = new TestClock(PublishedFolder.SIGNED.plus(Duration.ofHours(1)));
    client = ListClient.open(published.options(clock));
  }

  private void addRestriction(int firm, int entry) {
    LocalDate from = randomDay();
    LocalDate until = random.nextBoolean() ? null : later(from);
    String item = random.nextInt(3) == 0 ? ITEMS[1 + random.nextInt(3)] : "";
    Mode mode = MODES.get(random.nextInt(3));
    restrictions.add(
        PublishedFolder.restriction(
            "E-" + firm + "-" + entry,
            code(firm),
            mode,
            item,
            from.toString(),
            until == null ? null : until.toString()));
    addEdge(from);
    if (until != null) {
      addEdge(until);
    }
  }

  private void addEdge(LocalDate day) {
    edges.add(day.minusDays(1));
    edges.add(day);
  }

  private LocalDate randomDay() {
    return FIRST_DAY.plusDays(random.nextInt(1100));
  }

  private LocalDate later(LocalDate day) {
    return day.plusDays(1 + random.nextInt(900));
  }

  private static String code(int firm) {
    return UnifiedCode.compose("91440402", String.format("%08d", firm));
  }

  @Test
  void aHundredThousandChecksEqualTheNaiveEvaluation() {
    compare(100_000);
  }

  @Test
  @Tag("slow")
  void fiveMillionChecksEqualTheNaiveEvaluation() {
    compare(5_000_000);
  }

  private void compare(int checks) {
    Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
    Map<String, List<Restriction>> byCode = new HashMap<>();
    restrictions.forEach(r -> byCode.computeIfAbsent(r.code(), c -> new ArrayList<>()).add(r));
    Map<String, Subject> subjectOf = new HashMap<>();
    subjects.forEach(s -> subjectOf.put(s.code(), s));
    for (int i = 0; i < checks; i++) {
      String code = code(random.nextInt(FIRMS + 20));
      if (random.nextInt(20) == 0) {
        code = code.substring(0, 17) + (code.charAt(17) == '0' ? '1' : '0');
      }
      Mode mode = MODES.get(random.nextInt(3));
      String item = ITEMS[random.nextInt(ITEMS.length)];
      LocalDate at = edges.get(random.nextInt(edges.size()));
      Outcome expected =
          naive(code, mode, item, at, byCode.getOrDefault(code, List.of()), subjectOf.get(code));
      Outcome answered = client.check(Query.of(code, mode).withItem(item).withAt(at)).outcome();
      if (answered != expected) {
        assertThat(answered).as(code + " " + mode + " " + item + " " + at).isEqualTo(expected);
      }
      seen.merge(answered, 1, Integer::sum);
    }
    System.out.println("oracle: " + checks + " checks, 0 differences, " + seen);
    assertThat(seen.keySet())
        .contains(
            Outcome.CLEAR,
            Outcome.RESTRICTED,
            Outcome.ITEM_NOT_ELIGIBLE,
            Outcome.INVALID_CODE,
            Outcome.OUT_OF_COVERAGE,
            Outcome.STALE);
  }

  private Outcome naive(
      String code,
      Mode mode,
      String item,
      LocalDate at,
      List<Restriction> entries,
      Subject subject) {
    if (!UnifiedCode.isValid(code)) {
      return Outcome.INVALID_CODE;
    }
    if (at.toEpochDay() > AS_OF.toEpochDay() + 3) {
      return Outcome.STALE;
    }
    if (at.toEpochDay() < FIRST_DAY.toEpochDay()) {
      return Outcome.OUT_OF_COVERAGE;
    }
    for (ItemRule rule : items) {
      if (rule.item().equals(item) && rule.mode() == mode && rule.excluded()) {
        return Outcome.ITEM_NOT_ELIGIBLE;
      }
    }
    for (Restriction r : entries) {
      boolean scope =
          r.item().isEmpty() || item.isEmpty() || item.equals("I5") || r.item().equals(item);
      boolean holds =
          r.effectiveFrom().toEpochDay() <= at.toEpochDay()
              && (r.effectiveUntil() == null || at.toEpochDay() < r.effectiveUntil().toEpochDay());
      if (r.mode() == mode && scope && holds) {
        return Outcome.RESTRICTED;
      }
    }
    long needed = Math.min(at.toEpochDay(), AS_OF.toEpochDay());
    boolean complete =
        AS_OF.minusDays(20).toEpochDay() >= needed - 7 && AS_OF.toEpochDay() >= needed - 1;
    boolean covered =
        subject != null
            && subject.validFrom().toEpochDay() <= at.toEpochDay()
            && (subject.validUntil() == null
                || at.toEpochDay() < subject.validUntil().toEpochDay());
    return complete && covered && !item.equals("I5") ? Outcome.CLEAR : Outcome.OUT_OF_COVERAGE;
  }
}
