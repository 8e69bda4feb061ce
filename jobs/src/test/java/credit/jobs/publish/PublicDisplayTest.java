package credit.jobs.publish;

import static credit.jobs.publish.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.format.ListContent;
import credit.jobs.publish.PublicFace.FirmKey;
import credit.jobs.warehouse.Failure;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicDisplayTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final ListContent CONTENT = Samples.content(List.of());
  private static final Version IN_FORCE =
      new Version(
          Samples.statement(DAY)
              .manifest(
                  3,
                  null,
                  CONTENT.entries(CONTENT.deltaFrom(ListContent.empty())),
                  Instant.parse("2026-07-01T00:00:00Z")),
          "0".repeat(64),
          CONTENT,
          true);

  @TempDir Path published;
  private Path root;
  private PublicDisplay display;

  @BeforeEach
  void anEmptyDisplay() {
    root = published.resolve("public");
    display = new PublicDisplay(new PublicFolder(root), new PublicPage(SCHEMAS));
  }

  private static PublicFace face(LocalDate day, PublicPenalty... penalties) {
    Set<FirmKey> firms =
        Set.of(new FirmKey("uscc", Samples.code(1)), new FirmKey("uscc", Samples.code(2)));
    return PublicFace.of(List.of(), Arrays.asList(penalties), firms, day);
  }

  private String shown(String face) throws IOException {
    Path folder = root.resolve(face);
    return Files.readString(folder.resolve("index.html"))
        + Files.readString(folder.resolve("penalties.csv"))
        + Files.readString(folder.resolve("penalties.jsonl"));
  }

  @Test
  void whereNothingStandsTakingDownPutsUpNothing() {
    display.takeDown(IN_FORCE, face(DAY, Samples.penalty(1)));
    display.takeDownEnded(IN_FORCE, DAY);
    assertThat(root).doesNotExist();
  }

  @Test
  void allThreeFormsLoseAPenaltyOnItsDay() throws IOException {
    PublicPenalty brief = Samples.until(Samples.penalty(1), DAY.plusDays(1));
    display.show(3, Samples.statement(DAY), face(DAY, brief, Samples.penalty(2)));
    display.takeDownEnded(IN_FORCE, DAY);
    assertThat(shown("3")).contains("样例企业1", "样例企业2");

    display.takeDownEnded(IN_FORCE, DAY.plusDays(1));
    assertThat(shown("3.1")).contains("样例企业2").doesNotContain("样例企业1");
  }

  @Test
  void aRowThatSaysSomethingElseNowIsTakenDownRatherThanLeftWrong() throws IOException {
    display.show(3, Samples.statement(DAY), face(DAY, Samples.penalty(1), Samples.penalty(2)));
    display.takeDown(
        IN_FORCE, face(DAY, Samples.named(Samples.penalty(1), "另一家"), Samples.penalty(2)));
    assertThat(shown("3.1")).contains("样例企业2").doesNotContain("样例企业1", "另一家");
  }

  @Test
  void aFaceThatSomebodyWroteOverIsNoGroundForTheNext() throws IOException {
    display.show(3, Samples.statement(DAY), face(DAY, Samples.penalty(1)));
    Path file = root.resolve("3/penalties.jsonl");
    assertThat(file.toFile().setWritable(true)).isTrue();
    Files.writeString(file, "{\"name\": ");
    assertThatThrownBy(() -> display.takeDownEnded(IN_FORCE, DAY))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("publish in full");
  }
}
