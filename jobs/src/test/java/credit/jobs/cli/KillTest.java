package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, killed without warning, then run again. */
@Tag("slow")
class KillTest {
  private static final Path TINY = Path.of("..", "sample-data", "tiny", "deliveries");
  private static final Path EXPECTED = Path.of("..", "sample-data", "expected");
  private static final int KILLS = 3;

  @TempDir Path folder;

  @Test
  void aRunThatIsToldToStopCallsItNoBug() throws Exception {
    Process process = start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isFalse();
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output()).isEqualTo(128 + 15);
    assertThat(output()).doesNotContain("bug").doesNotContain("Exception");
  }

  @Test
  void aRunKilledAtAnyMomentAndRunAgainPublishesTheSameLists() throws Exception {
    Random random = new Random(20260630);
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start();
      boolean ended = process.waitFor(8 + random.nextInt(60), TimeUnit.SECONDS);
      process.destroyForcibly().waitFor();
      if (ended) {
        assertThat(process.exitValue()).as(output()).isZero();
      }
    }
    Process last = start();
    assertThat(last.waitFor(10, TimeUnit.MINUTES)).as("the last run ends").isTrue();
    assertThat(last.exitValue()).as(output()).isZero();
    Path version = newestVersion();
    for (String list : List.of("restrictions.csv", "blacklist.csv", "incentives.csv")) {
      assertThat(version.resolve(list)).hasSameBinaryContentAs(EXPECTED.resolve(list));
    }
  }

  private Process start() throws IOException {
    return CreditProcess.start(
        folder.resolve("output"),
        "run",
        "--allow-pending",
        "--to",
        "publish",
        "--deliveries",
        TINY.toAbsolutePath().normalize().toString(),
        "--warehouse",
        folder.resolve("warehouse").toString());
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }

  private Path newestVersion() throws IOException {
    try (Stream<Path> versions = Files.list(folder.resolve("warehouse/published/lists"))) {
      return versions
          .filter(v -> v.getFileName().toString().matches("\\d+"))
          .max((a, b) -> Long.compare(number(a), number(b)))
          .orElseThrow();
    }
  }

  private static long number(Path version) {
    return Long.parseLong(version.getFileName().toString());
  }
}
