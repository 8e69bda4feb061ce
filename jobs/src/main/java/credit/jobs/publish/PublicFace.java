package credit.jobs.publish;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the public may see on a day: the blacklist and penalties, individual businesses masked. A
 * row leaves on the day on which its display ends.
 */
record PublicFace(PublicSheet blacklist, PublicSheet penalties) {
  private static final String BLACKLIST = "blacklist";
  private static final String PENALTIES = "penalties";
  private static final String JSON_LINES = ".jsonl";
  private static final List<String> BLACKLIST_COLUMNS =
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
  private static final List<String> PENALTY_COLUMNS =
      List.of(
          "name",
          "code",
          "act_no",
          "authority",
          "act_date",
          "categories",
          "amount",
          "band",
          "basis",
          "shown_from",
          "shown_until");

  /** A firm's key, as {@link #of} asks for it. */
  record FirmKey(String idScheme, String code) {}

  /**
   * The face of a day.
   *
   * @param entries entries of the lists, of which those on the blacklist and in effect are shown
   * @param penalties penalties that are shown on the day
   * @param legalPersons firms that are no individual businesses; whoever is not among them is
   *     masked, so that doubt protects the person
   */
  static PublicFace of(
      Collection<ListedEntry> entries,
      Collection<PublicPenalty> penalties,
      Set<FirmKey> legalPersons,
      LocalDate asOf) {
    Stream<List<String>> listed =
        entries.stream()
            .filter(e -> e.list() == ListedEntry.ListName.BLACKLIST && e.isListed())
            .filter(e -> !e.from().isAfter(asOf))
            .sorted(
                Comparator.comparing(ListedEntry::idScheme)
                    .thenComparing(ListedEntry::code)
                    .thenComparing(ListedEntry::entryId))
            .map(e -> row(e, legalPersons.contains(new FirmKey(e.idScheme(), e.code()))));
    Stream<List<String>> shown =
        penalties.stream()
            .filter(p -> !p.from().isAfter(asOf))
            .sorted(
                Comparator.comparing(PublicPenalty::actDate)
                    .reversed()
                    .thenComparing(PublicPenalty::idScheme)
                    .thenComparing(PublicPenalty::code)
                    .thenComparing(PublicPenalty::actNo)
                    .thenComparing(PublicPenalty::authority))
            .map(p -> row(p, legalPersons.contains(new FirmKey(p.idScheme(), p.code()))));
    return new PublicFace(
            new PublicSheet(BLACKLIST, BLACKLIST_COLUMNS, listed.toList()),
            new PublicSheet(PENALTIES, PENALTY_COLUMNS, shown.toList()))
        .on(asOf);
  }

  /** What of it is still shown on a later day. */
  PublicFace on(LocalDate day) {
    return new PublicFace(blacklist.on(day), penalties.on(day));
  }

  /** What of it another face shows too. */
  PublicFace stillIn(PublicFace other) {
    return new PublicFace(
        blacklist.stillIn(other.blacklist()), penalties.stillIn(other.penalties()));
  }

  /** How many rows name an act. */
  int naming(String actNo) {
    return blacklist.naming(actNo) + penalties.naming(actNo);
  }

  /** Its data files by name. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (PublicSheet sheet : List.of(blacklist, penalties)) {
      files.put(sheet.name() + ".csv", sheet.csv());
      files.put(sheet.name() + JSON_LINES, sheet.jsonLines());
    }
    return files;
  }

  /** The face that {@link #files} wrote. */
  static PublicFace read(Map<String, byte[]> files) {
    return new PublicFace(
        read(files, BLACKLIST, BLACKLIST_COLUMNS), read(files, PENALTIES, PENALTY_COLUMNS));
  }

  private static PublicSheet read(Map<String, byte[]> files, String name, List<String> columns) {
    return PublicSheet.read(name, columns, files.getOrDefault(name + JSON_LINES, new byte[0]));
  }

  private static List<String> row(ListedEntry e, boolean legalPerson) {
    return List.of(
        name(e.name(), legalPerson),
        code(e.code(), legalPerson),
        Contents.clean(e.cause()),
        Contents.clean(e.basis()),
        Contents.clean(e.actNo()),
        Contents.clean(e.actAuthority()),
        text(e.actDate()),
        text(e.from()),
        text(e.until()));
  }

  private static List<String> row(PublicPenalty p, boolean legalPerson) {
    return List.of(
        name(p.name(), legalPerson),
        code(p.code(), legalPerson),
        Contents.clean(p.actNo()),
        Contents.clean(p.authority()),
        text(p.actDate()),
        String.join(";", p.categories()),
        amount(p.amount()),
        p.band(),
        Contents.clean(p.basis()),
        text(p.from()),
        text(p.until()));
  }

  private static String name(String name, boolean legalPerson) {
    String clean = Contents.clean(name);
    return legalPerson ? clean : maskedName(clean);
  }

  private static String code(String code, boolean legalPerson) {
    return legalPerson ? code : maskedCode(code);
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

  private static String amount(BigDecimal amount) {
    return amount == null ? "" : amount.toPlainString();
  }

  private static String text(LocalDate date) {
    return date == null ? "" : date.toString();
  }
}
