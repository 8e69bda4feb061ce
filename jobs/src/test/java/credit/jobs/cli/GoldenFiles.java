package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the committed city must come to, in {@code sample-data/expected}. After an intended change
 * of rules, contracts or data, write the files anew and read their difference before committing it:
 *
 * <pre>./mvnw -pl jobs -am test -Dtest=GoldenRunTest -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dgolden.write=true</pre>
 */
final class GoldenFiles {
  private static final Path FOLDER = Path.of("..", "sample-data", "expected");
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  private GoldenFiles() {}

  /** Compares byte for byte with the committed file, or writes it where that was asked for. */
  static void check(String name, String content) throws IOException {
    Path golden = FOLDER.resolve(name);
    if (WRITE) {
      Files.createDirectories(FOLDER);
      Files.writeString(golden, content);
      return;
    }
    assertThat(golden)
        .as("golden file; -Dgolden.write=true writes those that are missing")
        .isRegularFile();
    assertThat(content)
        .as("%s; after an intended change write it anew with -Dgolden.write=true", golden)
        .isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
  }
}
