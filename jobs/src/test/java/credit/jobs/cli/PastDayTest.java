package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A past day that was computed is kept as a whole, or not at all. */
class PastDayTest {
  @TempDir Path folder;
  private Path kept;

  @BeforeEach
  void nothingWasKeptYet() {
    kept = folder.resolve("replays").resolve("2025-12-31");
  }

  private static void write(Path warehouse, String tiers) {
    try {
      Files.writeString(
          Files.createDirectories(warehouse.resolve("tables")).resolve("tiers"), tiers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tiers() throws IOException {
    return Files.readString(kept.resolve("tables").resolve("tiers"));
  }

  private List<String> replays() throws IOException {
    try (Stream<Path> files = Files.list(kept.getParent())) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void aDayThatWasComputedIsKeptUnderItsName() throws IOException {
    PastDay.keep(kept, draft -> write(draft, "computed"));
    assertThat(tiers()).isEqualTo("computed");
    assertThat(replays()).containsExactly("2025-12-31");
  }

  @Test
  void nothingIsLeftOfADayThatCouldNotBeComputed() throws IOException {
    Failure failure = Failure.usage("no rules of then");
    assertThatThrownBy(
            () ->
                PastDay.keep(
                    kept,
                    draft -> {
                      write(draft, "half");
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(replays()).isEmpty();
  }

  @Test
  void ofTwoThatComputeADayAtOnceTheFirstIsKeptAndServesTheOther() throws IOException {
    PastDay.keep(
        kept,
        draft -> {
          write(draft, "second");
          PastDay.keep(kept, other -> write(other, "first"));
        });
    assertThat(tiers()).isEqualTo("first");
    assertThat(replays()).containsExactly("2025-12-31");
  }

  @Test
  void aFolderInWhichNothingCanBeMadeIsTheEnvironmentsFault() throws IOException {
    Files.createFile(kept.getParent());
    assertThatThrownBy(() -> PastDay.keep(kept, draft -> write(draft, "computed")))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.ENVIRONMENT))
        .hasMessageContaining("2025-12-31");
  }
}
