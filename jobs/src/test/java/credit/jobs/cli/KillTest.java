package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private static final int KILLS = 5;

  @TempDir Path folder;

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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("target", "spark.jvmflags"));
    command.addAll(List.of("-Xmx2g", "-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:ReservedCodeCacheSize=256m", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("credit.jobs.cli.Main", "run", "--allow-pending", "--to", "publish"));
    command.addAll(List.of("--deliveries", TINY.toAbsolutePath().normalize().toString()));
    command.addAll(List.of("--warehouse", folder.resolve("warehouse").toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()))
        .start();
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
