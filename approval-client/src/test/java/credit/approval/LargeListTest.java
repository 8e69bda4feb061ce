package credit.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.format.CsvCursor;
import credit.approval.format.FileBytes;
import credit.approval.format.Layout;
import credit.approval.format.ListContent;
import credit.approval.format.ListException;
import credit.approval.format.ListFile;
import credit.approval.format.Manifest;
import credit.approval.format.Mode;
import credit.approval.format.PublishedFiles;
import credit.approval.format.Restriction;
import credit.approval.format.Sha256;
import credit.approval.format.SmallSegments;
import credit.approval.format.Subject;
import credit.approval.id.UnifiedCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that passes the length of an array lies in segments, and nobody sees where they meet. */
class LargeListTest {
  private static final LocalDate DAY = PublishedFolder.AS_OF;
  private static final List<Mode> MODES = List.of(Mode.values());

  @TempDir Path temp;

  /** Rows of many lengths up to the longest, some with line feeds, on about forty segments. */
  private static ListContent content(int firms) {
    Random random = new Random(7);
    List<Restriction> restrictions = new ArrayList<>();
    List<Subject> subjects = new ArrayList<>();
    for (int firm = 0; firm < firms; firm++) {
      subjects.add(new Subject("uscc", code(firm), LocalDate.parse("2015-01-01"), null));
      for (int entry = random.nextInt(4); entry > 0; entry--) {
        int length = random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(200);
        String name = "甲,\n".repeat(length / 4) + firm;
        restrictions.add(
            new Restriction(
                "E-" + entry,
                "uscc",
                code(firm),
                name,
                MODES.get(random.nextInt(3)),
                "",
                LocalDate.parse("2020-01-01").plusDays(random.nextInt(3_000)),
                null,
                "cause",
                "basis",
                "act",
                "",
                null,
                List.of()));
      }
    }
    ListContent small = PublishedFolder.content();
    return ListContent.of(
        restrictions,
        List.of(),
        List.of(),
        subjects,
        PublishedFiles.coverage(small.bytes(ListFile.COVERAGE)),
        PublishedFolder.items());
  }

  private static String code(int firm) {
    return UnifiedCode.compose("91440402", String.format("%08d", firm));
  }

  @Test
  void rowsAreTheSameWhereverASegmentEnds() {
    byte[] bytes = content(2_000).bytes(ListFile.RESTRICTIONS);
    FileBytes segments = SmallSegments.of(bytes);
    assertThat(bytes.length).isGreaterThan(20 * 65_536);
    assertThat(segments.length()).isEqualTo(bytes.length);
    assertThat(segments.sha256()).isEqualTo(FileBytes.of(bytes).sha256());
    assertThat(segments.array()).isEqualTo(bytes);
    CsvCursor whole = new CsvCursor(ListFile.RESTRICTIONS, bytes);
    CsvCursor parts = new CsvCursor(ListFile.RESTRICTIONS, segments);
    while (whole.next()) {
      assertThat(parts.next()).isTrue();
      assertThat(parts.rowStart()).isEqualTo(whole.rowStart());
      assertThat(parts.fields()).isEqualTo(whole.fields());
    }
    assertThat(parts.next()).isFalse();
  }

  @Test
  void aFileThatEndsWhereASegmentEndsIsReadToItsEnd() {
    for (int more = -2; more <= 2; more++) {
      StringBuilder csv = new StringBuilder("id_scheme,code,valid_from,valid_until\n");
      for (int row = 0; row < 1_022; row++) {
        append(csv, row, 64);
      }
      append(csv, 1_022, 44);
      append(csv, 1_023, 65_536 + more - csv.length());
      byte[] bytes = csv.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(bytes).hasSize(65_536 + more);
      CsvCursor cursor = new CsvCursor(ListFile.SUBJECTS, SmallSegments.of(bytes));
      assertThat(cursor.readAll()).isEqualTo(1_024);
    }
  }

  private static void append(StringBuilder csv, int row, int length) {
    String number = "%06d".formatted(row);
    csv.append("none,").append(number).append("x".repeat(length - 24)).append(",2015-01-01,\n");
  }

  @Test
  void answersAreTheSameAsOnOneArray() {
    ListContent content = content(2_000);
    PublishedFolder published = new PublishedFolder(temp);
    published.publish(1, content);
    TestClock clock = new TestClock(PublishedFolder.SIGNED.plus(Duration.ofHours(1)));
    ListClient client = ListClient.open(published.options(clock));
    Snapshot large = Snapshot.of(signed(published), SmallSegments.of(content));
    Answer.ListStamp stamp = client.list().orElseThrow();
    for (int firm = 0; firm < 2_100; firm++) {
      for (Mode mode : MODES) {
        Query query = Query.of(code(firm), mode).withAt(DAY);
        assertThat(Evaluation.of(large, stamp, query, clock.instant()))
            .isEqualTo(client.check(query));
      }
    }
  }

  private static SignedManifest signed(PublishedFolder published) {
    String compact = published.read("1/" + Layout.MANIFEST);
    Manifest manifest = Manifest.decode(AttackedFolder.payload(compact));
    return new SignedManifest(manifest, Sha256.hex(compact), "kid");
  }

  @Test
  void aDeltaOnALargeListGivesTheFullFilesToTheByte() {
    ListContent before = content(2_000);
    ListContent after = content(1_900);
    byte[] delta = after.deltaFrom(before);
    ListContent rebuilt = SmallSegments.of(before).plus(SmallSegments.of(delta));
    assertThat(rebuilt.sha256()).isEqualTo(after.sha256());
    ListContent back = SmallSegments.of(after).plus(FileBytes.of(before.deltaFrom(after)));
    assertThat(back.sha256()).isEqualTo(before.sha256());
  }

  @Test
  void moreBytesThanWereAnnouncedAreRefused() {
    FileBytes.Builder builder = new FileBytes.Builder(3);
    builder.append(ByteBuffer.wrap(new byte[3]));
    assertThatThrownBy(() -> builder.append(ByteBuffer.wrap(new byte[1])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRowLongerThanAllowedIsRefusedAlsoAcrossSegments() {
    String row = "none," + "x".repeat(70_000) + ",2015-01-01,\n";
    byte[] bytes =
        ("id_scheme,code,valid_from,valid_until\n" + row).getBytes(StandardCharsets.UTF_8);
    for (FileBytes csv : List.of(FileBytes.of(bytes), SmallSegments.of(bytes))) {
      assertThatThrownBy(() -> new CsvCursor(ListFile.SUBJECTS, csv).next())
          .isInstanceOf(ListException.class);
    }
  }
}
