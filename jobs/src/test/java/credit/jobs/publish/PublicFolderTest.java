package credit.jobs.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicFolderTest {
  @TempDir Path published;
  private Path root;
  private PublicFolder folder;

  @BeforeEach
  void anEmptyFolder() {
    root = published.resolve("public");
    folder = new PublicFolder(root);
  }

  private static Map<String, byte[]> page(String text) {
    return Map.of("index.html", text.getBytes(StandardCharsets.UTF_8), "a.csv", new byte[0]);
  }

  private List<String> faces() throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children
          .filter(Files::isDirectory)
          .map(p -> p.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private String shown() {
    return new String(folder.standing().get("index.html"), StandardCharsets.UTF_8);
  }

  @Test
  void theFaceBeforeIsRemovedSinceWhatLiesThereIsStillShown() throws IOException {
    folder.replace(9, page("one"));
    folder.replace(10, page("two"));
    assertThat(faces()).containsExactly("10");
    assertThat(shown()).isEqualTo("two");
    assertThat(Files.getPosixFilePermissions(root.resolve("10/index.html")))
        .allMatch(p -> p.name().endsWith("_READ"));
  }

  @Test
  void aFaceThatChangesUnderTheSameListVersionGetsAFolderOfItsOwn() throws IOException {
    folder.replace(1, page("one"));
    folder.replace(1, page("one"));
    assertThat(faces()).containsExactly("1");
    for (int n = 1; n < 12; n++) {
      folder.replace(1, page("changed " + n));
      assertThat(faces()).containsExactly("1." + n);
      assertThat(shown()).isEqualTo("changed " + n);
    }
  }

  @Test
  void aKillLeavesAWholeFaceAndTheNextRunTidiesUp() throws IOException {
    folder.replace(1, page("one"));
    Path draft = published.resolve(".public.draft");
    Files.createDirectory(draft);
    Files.writeString(draft.resolve("index.html"), "hal");
    assertThat(shown()).isEqualTo("one");

    Files.createDirectory(root.resolve("1.1"));
    Files.write(root.resolve("1.1/index.html"), "two".getBytes(StandardCharsets.UTF_8));
    Files.write(root.resolve("1.1/a.csv"), new byte[0]);
    assertThat(shown()).as("renamed, the old one not yet removed").isEqualTo("two");

    folder.replace(1, page("two"));
    assertThat(faces()).containsExactly("1.1");
    folder.replace(2, page("three"));
    assertThat(faces()).containsExactly("2");
    assertThat(draft).doesNotExist();
  }

  @Test
  void anAddressThatStaysLeadsToTheFaceThatStands() throws IOException {
    folder.replace(7, page("one"));
    folder.replace(7, page("two"));
    assertThat(Files.readString(root.resolve("index.html"))).contains("url=7.1/index.html\"");
  }

  @Test
  void whereNothingStandsThereIsNothing() {
    assertThat(folder.standing()).isEmpty();
  }
}
