package credit.approval;

import static credit.approval.AttackedFolder.QUERY;
import static credit.approval.AttackedFolder.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.Layout;
import credit.approval.format.ListFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are not those that were signed: changed, cut off, mixed, half copied. */
@ExtendWith(AttackCount.class)
class BytesAttackTest {
  @TempDir Path temp;
  private AttackedFolder folder;

  @BeforeEach
  void publish() {
    folder = new AttackedFolder(temp);
  }

  @Test
  void theFolderAsPublishedIsAccepted() {
    ListClient client = folder.open();
    assertThat(client.lastRefresh().state()).isEqualTo(RefreshResult.State.UPDATED);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @Test
  void aFlippedBitInAnyRegionOfAnyFileIsRefused() throws IOException {
    flip(64);
  }

  @Test
  @Tag("slow")
  void aFlippedBitInAnyByteOfAnyFileIsRefused() throws IOException {
    flip(Integer.MAX_VALUE);
  }

  private void flip(int regions) throws IOException {
    for (Path file : folder.trustedFiles()) {
      byte[] good = Files.readAllBytes(file);
      int step = Math.max(1, good.length / regions);
      for (int i = 0; i < good.length; i += step) {
        String what = folder.lists.relativize(file) + " byte " + i;
        folder.assertRefusedWith(file, flipped(good, i), what);
      }
    }
  }

  private static byte[] flipped(byte[] good, int at) {
    byte[] bad = good.clone();
    bad[at] ^= (byte) (1 << (at % 8));
    return bad;
  }

  /** It may go on by deltas where a full file is bad, but then it knows of the bar. */
  @Test
  void aClientThatHeldTheVersionBeforeIsNotTalkedIntoClear() throws IOException {
    int files = folder.trustedFiles().size();
    for (int f = 0; f < files; f++) {
      for (int region = 0; region < 4; region++) {
        AttackedFolder attacked = new AttackedFolder(temp.resolve(f + "-" + region));
        Path file = attacked.trustedFiles().get(f);
        byte[] good = Files.readAllBytes(file);
        Files.write(file, flipped(good, good.length * region / 4));
        RefreshResult.State state = attacked.holdsTheFirst.refresh().state();
        Outcome expected =
            state == RefreshResult.State.UPDATED ? Outcome.RESTRICTED : Outcome.STALE;
        assertThat(attacked.holdsTheFirst.check(QUERY).outcome())
            .as(file.getFileName() + " region " + region + " " + state)
            .isEqualTo(expected);
        AttackCount.one();
      }
    }
  }

  @Test
  void aFileCutOffAnywhereIsRefused() throws IOException {
    for (Path file : folder.trustedFiles()) {
      byte[] good = Files.readAllBytes(file);
      String name = folder.lists.relativize(file).toString();
      int step = Math.max(1, good.length / 24);
      for (int length = 0; length < good.length; length += step) {
        folder.assertRefusedWith(file, Arrays.copyOf(good, length), name + " cut to " + length);
      }
      folder.assertRefusedWith(file, Arrays.copyOf(good, good.length - 1), name + " less one");
      folder.assertRefusedWith(file, Arrays.copyOf(good, good.length + 1), name + " plus one");
      byte[] zeroes = new byte[good.length];
      folder.assertRefusedWith(file, zeroes, name + " of zeroes, as after a crash");
    }
  }

  @Test
  void filesOfTwoVersionsAreRefused() throws IOException {
    for (ListFile file : ListFile.values()) {
      byte[] old = Files.readAllBytes(folder.lists.resolve("1").resolve(file.fileName()));
      Path target = folder.lists.resolve("2").resolve(file.fileName());
      if (!Arrays.equals(old, Files.readAllBytes(target))) {
        folder.assertRefusedWith(target, old, "old " + file);
      }
    }
    byte[] manifest = Files.readAllBytes(folder.lists.resolve("1").resolve(Layout.MANIFEST));
    Path target = folder.lists.resolve("2").resolve(Layout.MANIFEST);
    folder.assertRefusedWith(target, manifest, "old manifest");
  }

  /** Whatever the order in which a folder is copied, it answers when the last file is whole. */
  @Test
  void aCopyThatIsNotFinishedIsRefused() throws IOException {
    var files = folder.trustedFiles();
    for (int missing = 0; missing < files.size(); missing++) {
      Path copy = temp.resolve("copy-" + missing);
      ClientOptions options =
          ClientOptions.of(copy, folder.published.rootKey().getPublic())
              .withClock(folder.clock, folder.clock::nanos);
      for (int i = 0; i <= files.size(); i++) {
        Path file = files.get((missing + i) % files.size());
        Path target = copy.resolve(folder.lists.relativize(file));
        Files.createDirectories(target.getParent());
        byte[] good = Files.readAllBytes(file);
        if (i < files.size()) {
          Files.write(target, Arrays.copyOf(good, good.length / 2));
          assertRefused(ListClient.open(options), "half of file " + i);
          Files.write(target, good);
        }
        if (i < files.size() - 1) {
          assertRefused(ListClient.open(options), "without the files after " + i);
        }
      }
      assertThat(ListClient.open(options).check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    }
  }
}
