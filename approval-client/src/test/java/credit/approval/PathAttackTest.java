package credit.approval;

import static credit.approval.AttackedFolder.assertRefused;

import credit.approval.format.ListFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and links that lead elsewhere. A name is one of a fixed set, and no link is followed. */
@ExtendWith(AttackCount.class)
class PathAttackTest {
  @TempDir Path temp;
  private AttackedFolder folder;

  @BeforeEach
  void publish() {
    folder = new AttackedFolder(temp);
  }

  @Test
  void aFileThatIsMissingOrALinkOrAFolderIsRefused() throws IOException {
    for (Path file : folder.trustedFiles()) {
      byte[] good = Files.readAllBytes(file);
      Path elsewhere = temp.resolve("elsewhere");
      Files.write(elsewhere, good);
      Files.delete(file);
      folder.assertRefused("missing " + file);
      Files.createSymbolicLink(file, elsewhere);
      folder.assertRefused("link " + file);
      Files.delete(file);
      Files.createSymbolicLink(file, temp.resolve("nowhere"));
      folder.assertRefused("dangling link " + file);
      Files.delete(file);
      Files.createSymbolicLink(file, file.getFileName());
      folder.assertRefused("link to itself " + file);
      Files.delete(file);
      Files.createDirectory(file);
      folder.assertRefused("folder " + file);
      Files.delete(file);
      Files.write(file, good);
    }
  }

  @Test
  void aVersionThatIsALinkIsRefused() throws IOException {
    Path version = folder.lists.resolve("2");
    Files.move(version, temp.resolve("two"));
    Files.createSymbolicLink(version, temp.resolve("two"));
    folder.assertRefused("linked version");
    Files.delete(version);
    Files.createSymbolicLink(version, folder.lists.resolve("1"));
    folder.assertRefused("version linked to the one before");
    Files.delete(version);
    Files.write(version, new byte[0]);
    folder.assertRefused("version that is a file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../1/restrictions.csv",
        "..\\\\1\\\\restrictions.csv",
        "./restrictions.csv",
        "/etc/passwd",
        "//host/restrictions.csv",
        "file:///etc/passwd",
        "blacklist.csv",
        "RESTRICTIONS.CSV",
        "restrictions.csv ",
        "restrictions.csv.",
        "restrictions.csv\\u0000",
        "restrictions.csv\\u0000.csv",
        "%2e%2e/1/restrictions.csv",
        "r\\u0435strictions.csv",
        "restrictions.csv\\u202e",
        "manifest.jws",
        ""
      })
  void aFileNameThatIsNotOneOfTheFixedSetIsRefusedThoughItIsSigned(String name) {
    folder.resignManifest(text -> text.replace("\"restrictions.csv\"", "\"" + name + "\""));
    folder.assertRefused(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../1/restrictions.csv", "/etc/passwd", "delta.csv", "manifest.jws", ""})
  void aDeltaThatSpeaksOfAnotherFileIsRefusedThoughItIsSigned(String name) throws IOException {
    for (ListFile file : ListFile.values()) {
      Files.deleteIfExists(folder.lists.resolve("2").resolve(file.fileName()));
    }
    String delta = "file,op,row\n" + name + ",add,x\n";
    folder.signHostile(ListFile.DELTA, delta.getBytes(StandardCharsets.UTF_8), 1);
    folder.assertRefused(name);
    folder.holdsTheFirst.refresh();
    AttackedFolder.assertStale(folder.holdsTheFirst, name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "1", "3", "02", "2.0", "2e0", "9223372036854775808", "\"../1\"", "[2]"})
  void aVersionThatIsNoFolderOfTheChainIsRefused(String version) {
    folder.resignTimestamp(text -> text.replace("\"version\":2", "\"version\":" + version));
    folder.assertRefused("timestamp of version " + version);
  }

  @Test
  void listsBelowAFileOrNowhereAreUnavailable() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    for (Path place : new Path[] {file, file.resolve("lists"), temp.resolve("nowhere")}) {
      ClientOptions options =
          ClientOptions.of(place, folder.published.rootKey().getPublic())
              .withClock(folder.clock, folder.clock::nanos);
      assertRefused(ListClient.open(options), place.toString());
    }
  }
}
