package credit.approval;

import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.FileBytes;
import credit.approval.format.ListFile;
import credit.approval.format.PackedDay;
import credit.approval.format.PublishedFiles;
import credit.approval.format.Subject;
import credit.approval.id.IdScheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** A firm is found by its key and by no other one, whatever its scheme and the form of its code. */
class FirmTableTest {
  private static final LocalDate FIRST = LocalDate.parse("2020-01-01");

  private final Random random = new Random(11);

  @Property(tries = 5_000)
  void keysThatArePackedWholeAreEqualOnlyForTheSameCode(
      @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 24) String one,
      @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 24) String other) {
    for (String near : List.of(other, one + "0", one.substring(1), "0" + one)) {
      FirmKey a = FirmKey.of(IdScheme.NONE, one);
      FirmKey b = FirmKey.of(IdScheme.NONE, near);
      boolean isSame = a.high() == b.high() && a.low() == b.low();
      if (a.isWhole()) {
        assertThat(isSame).isEqualTo(one.equals(near));
      }
      assertThat(a.isWhole() && one.length() > 20).isFalse();
    }
  }

  @Test
  void aCodeOfOneSchemeIsNoneOfAnother() {
    FirmKey number = FirmKey.of(IdScheme.REG_NO_15, "440400000000015");
    FirmKey unchecked = FirmKey.of(IdScheme.NONE, "440400000000015");
    assertThat(number.high() == unchecked.high() && number.low() == unchecked.low()).isFalse();
  }

  @Test
  void everyFirmIsFoundWithItsDaysAndNoOtherFirmIs() {
    Map<String, List<Subject>> subjects = new HashMap<>();
    while (subjects.size() < 3_000) {
      String code = code();
      subjects.putIfAbsent(code, subjects(code));
    }
    List<Subject> rows = subjects.values().stream().flatMap(List::stream).toList();
    byte[] csv = PublishedFiles.encode(ListFile.SUBJECTS, rows);
    RowFile file = new RowFile(ListFile.SUBJECTS, FileBytes.of(csv), rows.size());
    FirmTable table = FirmTable.of(file);
    subjects.forEach(
        (code, own) -> assertThat(daysCovered(table, file, code)).isEqualTo(days(own)));
    for (int i = 0; i < 3_000; i++) {
      String code = code();
      if (!subjects.containsKey(code)) {
        assertThat(table.find(FirmKey.of(IdScheme.NONE, code))).isEqualTo(FirmTable.NOWHERE);
      }
    }
  }

  /** Short and long ones, of characters that are packed and of others. */
  private String code() {
    String alphabet = random.nextBoolean() ? "0123456789AZ" : "0Zn~!-";
    StringBuilder code = new StringBuilder();
    for (int length = 1 + random.nextInt(28); length > 0; length--) {
      code.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return code.toString();
  }

  private List<Subject> subjects(String code) {
    List<Subject> rows = new ArrayList<>();
    LocalDate from = FIRST;
    for (int row = 1 + random.nextInt(3); row > 0; row--) {
      from = from.plusDays(1 + random.nextInt(4));
      LocalDate until = from.plusDays(1 + random.nextInt(3));
      rows.add(new Subject("none", code, from, row == 1 && random.nextBoolean() ? null : until));
      from = until;
    }
    return rows;
  }

  private static List<LocalDate> days(List<Subject> rows) {
    return FIRST
        .datesUntil(FIRST.plusDays(30))
        .filter(
            day ->
                rows.stream()
                    .anyMatch(
                        row ->
                            !day.isBefore(row.validFrom())
                                && (row.validUntil() == null || day.isBefore(row.validUntil()))))
        .toList();
  }

  private static List<LocalDate> daysCovered(FirmTable table, RowFile file, String code) {
    FirmKey firm = FirmKey.of(IdScheme.NONE, code);
    int found = table.find(firm);
    return FIRST
        .datesUntil(FIRST.plusDays(30))
        .filter(day -> isCovered(table.row(found, 0), file, firm, PackedDay.of(day)))
        .toList();
  }

  private static boolean isCovered(long first, RowFile file, FirmKey firm, int day) {
    for (long row = first; row != RowFile.NONE; row = file.next(row, firm)) {
      if (file.holdsOn(row, firm, day)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void onlyFirmsOfTheOtherTableAreMarked() {
    List<Subject> all = new ArrayList<>();
    List<Subject> some = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String code = "F".repeat(i % 30) + i;
      all.add(new Subject("none", code, FIRST, null));
      if (i % 3 == 0) {
        some.add(all.get(i));
      }
    }
    FirmTable table = table(all);
    table.mark(table(some));
    for (Subject subject : all) {
      int found = table.find(FirmKey.of(IdScheme.NONE, subject.code()));
      assertThat(table.isMarked(found)).isEqualTo(some.contains(subject));
    }
  }

  private static FirmTable table(List<Subject> rows) {
    byte[] csv = PublishedFiles.encode(ListFile.SUBJECTS, rows);
    return FirmTable.of(new RowFile(ListFile.SUBJECTS, FileBytes.of(csv), rows.size()));
  }
}
