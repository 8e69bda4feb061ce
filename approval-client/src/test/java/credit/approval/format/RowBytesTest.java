package credit.approval.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

/** What is read from a row's bytes is what the typed row says, and nothing else passes. */
class RowBytesTest {
  @Property(tries = 2_000)
  @Domain(AnyRestrictions.class)
  @Domain(DomainContext.Global.class)
  void anEntrysLineSaysWhatTheEntrySays(
      @ForAll Restriction entry, @ForAll Mode mode, @ForAll @IntRange(min = -1, max = 1) int day) {
    byte[] line = line(ListFile.RESTRICTIONS, entry.fields());
    EntryLine read = new EntryLine(line, "uscc,".length() + entry.code().length() + 1);
    assertThat(read.item()).isEqualTo(entry.item());
    assertThat(read.isFor(mode)).isEqualTo(mode == entry.mode());
    LocalDate from = entry.effectiveFrom().plusDays(day);
    assertThat(read.holdsOn(PackedDay.of(from))).isEqualTo(holds(entry, from));
    if (entry.effectiveUntil() != null) {
      LocalDate until = entry.effectiveUntil().plusDays(day);
      assertThat(read.holdsOn(PackedDay.of(until))).isEqualTo(holds(entry, until));
    }
  }

  private static boolean holds(Restriction entry, LocalDate day) {
    return !day.isBefore(entry.effectiveFrom())
        && (entry.effectiveUntil() == null || day.isBefore(entry.effectiveUntil()));
  }

  /** One byte of a good row is another one: both readings refuse, or both take it. */
  @Property(tries = 20_000)
  @Domain(AnyRestrictions.class)
  @Domain(DomainContext.Global.class)
  void aRowIsCheckedAsItsTypedRecordChecksIt(
      @ForAll Restriction entry, @ForAll @IntRange(max = 100_000) int at, @ForAll byte other) {
    byte[] line = line(ListFile.RESTRICTIONS, entry.fields());
    line[at % line.length] = other;
    assertThat(isTakenByBytes(ListFile.RESTRICTIONS, line))
        .isEqualTo(isTakenByRecord(ListFile.RESTRICTIONS, line));
  }

  @Property(tries = 20_000)
  void aSubjectIsCheckedAsItsTypedRecordChecksIt(
      @ForAll @IntRange(max = 100_000) int at, @ForAll byte other) {
    byte[] line =
        "uscc,91350100M000100Y43,2010-02-28,2026-12-31\n".getBytes(StandardCharsets.UTF_8);
    line[at % line.length] = other;
    assertThat(isTakenByBytes(ListFile.SUBJECTS, line))
        .isEqualTo(isTakenByRecord(ListFile.SUBJECTS, line));
  }

  @Test
  void daysThatTheCalendarDoesNotHaveAreRefused() {
    for (String day :
        List.of(
            "2010-02-29",
            "2010-04-31",
            "2010-13-01",
            "2010-00-10",
            "2010-01-00",
            "2010/01/01",
            "20100-1-01",
            "2010-01-1 ",
            "-010-01-01")) {
      assertThat(isTaken(day)).as(day).isFalse();
    }
    for (String day :
        List.of("2012-02-29", "2010-01-31", "2010-12-31", "0000-01-01", "9999-12-31")) {
      assertThat(isTaken(day)).as(day).isTrue();
      LocalDate date = LocalDate.parse(day);
      byte[] bytes = day.getBytes(StandardCharsets.UTF_8);
      assertThat(PackedDay.at(bytes, 0)).isEqualTo(PackedDay.of(date));
      assertThat(PackedDay.of(date.plusDays(1))).isGreaterThan(PackedDay.of(date));
    }
  }

  private static boolean isTaken(String day) {
    byte[] line = ("uscc,91350100M000100Y43," + day + ",\n").getBytes(StandardCharsets.UTF_8);
    boolean taken = isTakenByBytes(ListFile.SUBJECTS, line);
    assertThat(taken).as(day).isEqualTo(isTakenByRecord(ListFile.SUBJECTS, line));
    return taken;
  }

  private static boolean isTakenByBytes(ListFile file, byte[] line) {
    return isTaken(file, line, cursor -> new RowCheck(file, cursor).require());
  }

  private static boolean isTakenByRecord(ListFile file, byte[] line) {
    return isTaken(file, line, cursor -> PublishedFiles.row(file, cursor));
  }

  private interface Reading {
    void read(CsvCursor cursor);
  }

  private static boolean isTaken(ListFile file, byte[] line, Reading reading) {
    byte[] header = PublishedFiles.header(file);
    byte[] csv = new byte[header.length + line.length];
    System.arraycopy(header, 0, csv, 0, header.length);
    System.arraycopy(line, 0, csv, header.length, line.length);
    try {
      CsvCursor cursor = new CsvCursor(file, csv);
      while (cursor.next()) {
        reading.read(cursor);
      }
      return true;
    } catch (ListException e) {
      assertThat(e.reason()).isEqualTo("not_canonical");
      return false;
    }
  }

  private static byte[] line(ListFile file, List<String> fields) {
    return PublishedFiles.line(file, fields).getBytes(StandardCharsets.UTF_8);
  }
}
