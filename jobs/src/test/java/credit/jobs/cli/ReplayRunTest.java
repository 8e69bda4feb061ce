package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.schemas.Schemas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A past day of the committed city, of which few sources suffice, in real processes. */
@Tag("slow")
class ReplayRunTest {
  private static final Path DELIVERIES = Path.of("..", "sample-data", "tiny", "deliveries");
  private static final List<String> SOURCES =
      List.of("firm_register", "penalties", "link_judgements");

  /** As somebody types it. */
  private static final String FIRM = "92440402 y8hdk2119h";

  private static final String DAY = "2026-03-31";

  @TempDir Path folder;

  private String credit(String warehouse, String... arguments) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> all = new ArrayList<>(List.of(arguments));
    for (String named : List.of("schemas", "deliveries", "keys")) {
      all.addAll(List.of("--" + named, in(named)));
    }
    all.addAll(List.of("--warehouse", in(warehouse)));
    Process process = CreditProcess.start(output, all.toArray(String[]::new));
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String printed = Files.readString(output);
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  private void fewSources() throws Exception {
    for (Map.Entry<String, byte[]> file : Schemas.bundled().files().entrySet()) {
      String source = file.getKey().replaceAll("sources/(.*)\\.yaml", "$1");
      if (source.equals(file.getKey()) || SOURCES.contains(source)) {
        Path to = folder.resolve("schemas").resolve(file.getKey());
        Files.createDirectories(to.getParent());
        Files.write(to, file.getValue());
      }
    }
    for (String source : SOURCES) {
      FileUtils.copyDirectory(
          DELIVERIES.resolve(source).toFile(),
          folder.resolve("deliveries").resolve(source).toFile());
    }
  }

  /** The figures that a replay prints, without what it says of its run and of what it compared. */
  private static List<String> figures(String printed) {
    return printed.lines().filter(l -> l.matches("(link|firm|tier|list) .*\\d")).toList();
  }

  @Test
  void aReplayedDayCanBeReplayedAgainAndComesToTheSame() throws Exception {
    fewSources();
    credit("city", "ingest");
    Files.createDirectory(folder.resolve("then"));
    String replayed = credit("city", "replay", "--as-of", DAY, "--into", in("then"));
    String again = credit("then", "replay", "--as-of", DAY, "--into", in("again"));
    assertThat(figures(again)).isEqualTo(figures(replayed)).hasSizeGreaterThan(4);
    String count = "SELECT count(*) > 0 AS has_firms FROM firm_file";
    assertThat(credit("again", "sql", count)).contains("true");
  }

  @Test
  void aDayIsComputedOnceAndAgainAfterADeliveryThatCountsAsKnownThen() throws Exception {
    fewSources();
    Path late = folder.resolve("deliveries/penalties/2024-12-31");
    FileUtils.moveDirectory(late.toFile(), folder.resolve("late").toFile());
    credit("city", "ingest");
    String[] then = {"firm", FIRM, "--as-of", "2024-12-31", "--known-at", "2024-12-31"};
    assertThat(credit("city", then)).contains("computing the whole city", "kept in");
    FileUtils.moveDirectory(folder.resolve("late").toFile(), late.toFile());
    credit("city", "ingest");
    assertThat(credit("city", then)).contains("computing the whole city", "kept in");
    assertThat(credit("city", then)).doesNotContain("computing the whole city").contains("kept in");
    try (Stream<Path> kept = Files.list(folder.resolve("city/replays"))) {
      assertThat(kept).hasSize(2).noneMatch(p -> p.getFileName().toString().startsWith("."));
    }
  }
}
